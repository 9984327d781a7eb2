"""The street's days: which are worked, how busy each is, how far each lies from 正月初一.

Days are whole numbers since 1970-01-01, moments whole seconds since then, as the street's clocks show them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np

from data.days.calendar import calendar_days
from data.days.lunar import new_year_on
from data.demo.columns import DAY, HOUR, NEVER, Flags, Floats, Integers
from data.demo.seed import dice
from data.settings import EARLIEST_DAY

OPENS, CLOSES = 8.5, 17.5
HOURS_A_DAY = CLOSES - OPENS
# The ledgers are handed in before noon of the last day.
LAST_HOUR = 11.5
EPOCH = date(1970, 1, 1).toordinal()


def number(day: date) -> int:
    """The day as days since 1970."""
    return day.toordinal() - EPOCH


def as_date(number_of_day: int) -> date:
    """The date of a day given as days since 1970."""
    return date.fromordinal(number_of_day + EPOCH)


@cache
def _calendar() -> tuple[Flags, Integers, Integers]:
    """Of every day the product's calendar knows: is it worked, its weekday (0 Monday), days from 正月初一."""
    known = calendar_days()
    offset = known["new_year_offset"].to_numpy(np.int64)
    return known["is_workday"].to_numpy(np.bool_), known["weekday"].to_numpy(np.int64) - 1, offset


@dataclass(frozen=True)
class Rhythm:
    """The days from `first` to `last`, both included; arrays by day cover the whole calendar."""

    first: date
    last: date

    @cached_property
    def days(self) -> Integers:
        """Every day of the period."""
        return np.arange(number(self.first), number(self.last) + 1)

    @property
    def cut(self) -> int:
        """The moment after which nothing has happened yet."""
        return int(number(self.last) * DAY + LAST_HOUR * HOUR)

    @property
    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every month the period touches."""
        spans, day = [], self.first.replace(day=1)
        while day <= self.last:
            spans.append((day.year, day.month))
            day = (day + timedelta(days=32)).replace(day=1)
        return spans

    def days_of(self, year: int, month: int) -> Integers:
        """The days of one month that lie in the period."""
        start = number(date(year, month, 1))
        stop = number((date(year, month, 1) + timedelta(days=32)).replace(day=1))
        return self.days[(self.days >= start) & (self.days < stop)]

    @property
    def festivals(self) -> list[date]:
        """正月初一 of every season that has begun and is covered from forty days before it."""
        years = range(self.first.year, self.last.year + 2)
        early, late = self.first + timedelta(days=40), self.last + timedelta(days=40)
        return [day for day in map(new_year_on, years) if early <= day <= late]

    def at(self, days: Integers) -> Integers:
        """Positions of days in the arrays of this rhythm, which begin with the calendar in 2015."""
        return days - number(EARLIEST_DAY)

    @property
    def worked(self) -> Flags:
        """Whether each day is worked."""
        return _calendar()[0]

    @property
    def weekday(self) -> Integers:
        """0 is Monday."""
        return _calendar()[1]

    @property
    def lunar_offset(self) -> Integers:
        """Days from the nearest 正月初一, negative before it."""
        return _calendar()[2]

    @cached_property
    def busyness(self) -> Floats:
        """How many visits a day sees against an ordinary one: weekdays, holidays, the pre-festival rush."""
        roll = dice("busyness")
        usual = np.array([1.06, 1.12, 1.06, 1.0, 0.94, 0.34, 0.24])[self.weekday]
        free = ~self.worked & (self.weekday < 5)
        made_up = self.worked & (self.weekday >= 5)
        level = np.where(free, 0.26, np.where(made_up, 0.85, usual))
        k = self.lunar_offset
        level = (
            level * np.where((k >= -20) & (k <= -2), 1.45, 1.0) * np.where((k >= -1) & (k <= 6), 0.55, 1.0)
        )
        level = level * np.where((k >= 7) & (k <= 13), 0.8, 1.0)
        # Patrolling has grown with the years: more is seen, not more is wrong.
        years = (np.arange(level.size) - self.at(self.days)[-1]) / 365.25
        growth = np.maximum(1 + 0.06 * (years + 1.5), 0.5)
        return np.asarray(level * growth * roll.lognormal(0, 0.1, level.size))

    @cached_property
    def _worked_before(self) -> Integers:
        return np.concatenate([[0], np.cumsum(self.worked)]).astype(np.int64)

    @cached_property
    def _worked_days(self) -> Integers:
        return np.flatnonzero(self.worked) + number(EARLIEST_DAY)

    def working_hours(self, moments: Integers) -> Floats:
        """Moments on the office's own clock, which runs from 8:30 to 17:30 on workdays."""
        day = moments // DAY
        position = self.at(day)
        hour = np.clip(moments % DAY / HOUR - OPENS, 0, HOURS_A_DAY) * self.worked[position]
        return np.asarray(self._worked_before[position] * HOURS_A_DAY + hour)

    def moment(self, hours: Floats) -> Integers:
        """The moment when the office's clock shows so many hours; far ones fall on the last day known."""
        last = self._worked_days.size - 1
        index = np.minimum(np.floor(hours / HOURS_A_DAY).astype(np.int64), last)
        rest = (hours % HOURS_A_DAY + OPENS) * HOUR
        return self._worked_days[index] * DAY + rest.astype(np.int64)

    def workday(self, hours: Floats, ahead: Integers) -> Integers:
        """The workday `ahead` workdays after the one on which the office's clock shows so many hours."""
        last = self._worked_days.size - 1
        at = np.floor(hours / HOURS_A_DAY).astype(np.int64) + ahead
        return np.asarray(self._worked_days[np.minimum(at, last)], np.int64)

    def happened(self, moments: Integers) -> Integers:
        """Moments up to the cut; those after it have not happened yet."""
        return np.where((moments == NEVER) | (moments > self.cut), NEVER, moments)
