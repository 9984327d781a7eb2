"""The parts of 隐患销号: are hazards closed, closed in time, and for good?"""
