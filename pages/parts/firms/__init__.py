"""The parts of 三色管理: who is green, yellow and red, why, since when, and what turns it green."""
