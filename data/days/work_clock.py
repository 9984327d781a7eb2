"""Working time as a clock: what of it has passed at a moment, and at which moment so much of it will have."""

from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from data.days.calendar import calendar_days
from data.days.calendar_file import read_calendar_file
from data.settings import EARLIEST_DAY

Whole = npt.NDArray[np.int64]
HOUR, DAY = 3_600_000_000, 86_400_000_000
SECOND = 1_000_000
UNKNOWN = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, eq=False)
class WorkClock:
    """The calendar as arrays, in microseconds since 1970; UNKNOWN (NaT) is a moment outside the calendar.

    `before[i]` counts the working days before the i-th day, `workdays` numbers the working days' own days.
    """

    first_day: int
    is_workday: npt.NDArray[np.bool_]
    before: Whole
    workdays: Whole
    opens: Whole
    closes: Whole

    @property
    def office_day(self) -> int:
        """Working time in one working day."""
        return int((self.closes - self.opens).sum())

    @property
    def worked_by_close(self) -> Whole:
        """Working time of the day gone by at the close of each span."""
        return cast(Whole, np.cumsum(self.closes - self.opens))

    def nth_workday(self, moment: Whole, nth: Whole) -> Whole:
        """Midnight of the n-th working day after the moment's day; before it if negative.

        For 0 the day itself, or the next working day when it is off.
        """
        day, is_inside = self.day(moment)
        target = np.where(nth > 0, self.before[day + 1] + nth - 1, self.before[day] + nth)
        is_inside &= (target >= 0) & (target < len(self.workdays))
        found = self.workdays[target.clip(0, len(self.workdays) - 1)]
        return np.where(is_inside, self.first_day + found * DAY, UNKNOWN)

    def worked(self, moment: Whole) -> Whole:
        """Working time from the calendar's first midnight to the moment."""
        day, is_inside = self.day(moment)
        since_midnight = (moment - self.first_day - day * DAY)[..., None]
        today = (since_midnight - self.opens).clip(0, self.closes - self.opens).sum(axis=-1)
        worked = self.before[day] * self.office_day + np.where(self.is_workday[day], today, 0)
        return np.where(is_inside, worked, UNKNOWN)

    def after_working(self, moment: Whole, worktime: Whole) -> Whole:
        """When so much working time has passed; for none, the moment itself or the next opening."""
        start = self.worked(moment)
        target = np.where(start == UNKNOWN, 0, start + worktime)
        closing = self._reached(target, -1)
        return np.where(start == UNKNOWN, UNKNOWN, np.where(worktime > 0, closing, self._reached(target, 0)))

    def _reached(self, target: Whole, at_boundary: int) -> Whole:
        """When the working time since the start is `target`: at a closing (-1) or an opening (0)."""
        nth = (target + at_boundary) // self.office_day
        rest = target - nth * self.office_day
        span = np.searchsorted(self.worked_by_close, rest + at_boundary, side="right").clip(
            0, len(self.opens) - 1
        )
        is_inside = (nth >= 0) & (nth < len(self.workdays))
        day = self.workdays[nth.clip(0, len(self.workdays) - 1)]
        in_day = self.closes[span] - self.worked_by_close[span] + rest
        return np.where(is_inside, self.first_day + day * DAY + in_day, UNKNOWN)

    def day(self, moment: Whole) -> tuple[Whole, npt.NDArray[np.bool_]]:
        """Which day of the calendar the moment is on, and whether on any (0 when not)."""
        size = len(self.is_workday)
        is_inside = (moment >= self.first_day) & (moment < self.first_day + size * DAY)
        return (np.where(is_inside, moment - self.first_day, 0) // DAY), is_inside


def work_clock(overrides: Path | None = None) -> WorkClock:
    """The clock of the reference calendar, an office's own file, if any, over it. Raises Trouble."""
    return _reference_clock() if overrides is None else _clock(overrides)


@lru_cache(maxsize=1)
def _reference_clock() -> WorkClock:
    return _clock(None)


def _clock(overrides: Path | None) -> WorkClock:
    spans = read_calendar_file(overrides).office_hours if overrides else ()
    spans = spans or read_calendar_file().office_hours
    is_workday = calendar_days(overrides)["is_workday"].to_numpy(dtype=bool)
    return WorkClock(
        first_day=int(np.datetime64(EARLIEST_DAY, "us").astype(np.int64)),
        is_workday=is_workday,
        before=np.concatenate([[0], np.cumsum(is_workday)]).astype(np.int64),
        workdays=np.flatnonzero(is_workday).astype(np.int64),
        opens=np.array([_since_midnight(opens) for opens, _ in spans], dtype=np.int64),
        closes=np.array([_since_midnight(closes) for _, closes in spans], dtype=np.int64),
    )


def _since_midnight(clock_time: time) -> int:
    return (clock_time.hour * 60 + clock_time.minute) * 60 * SECOND
