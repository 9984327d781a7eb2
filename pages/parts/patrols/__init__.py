"""The parts of 巡查, each one view with its rows behind it."""
