"""The calendar: every day from 2015 to 2031, and working time."""
