"""Working days and working hours between moments, and when a matter filed today is due.

How limits are counted (common practice, and the Civil Code's articles 200-203 on periods):
- working days: the day of filing does not count; due at 23:59:59 of the n-th working day after it.
- natural days: the day of filing does not count; due at 23:59:59 of the n-th day after it, holiday or not.
- working hours: run from the filing, only inside office hours; filed outside them, from the next opening.
- natural hours: run from the filing, round the clock.
Make-up Saturdays and Sundays are working days. Office hours are half-open, but a limit used up exactly at
closing time is due then, not at the next opening.
"""

from datetime import datetime
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.days.holiday import LAST_DAY
from data.days.work_clock import DAY, HOUR, SECOND, UNKNOWN, Whole, WorkClock, work_clock
from data.settings import EARLIEST_DAY
from data.trouble import Trouble

LimitUnit = Literal["work_hour", "work_day", "natural_hour", "natural_day"]


def add_workdays(moment: datetime, n: int, clock: WorkClock | None = None) -> datetime:
    """The same time of the n-th working day after (negative: before) the moment's day; 0 rolls off a day off.

    Raises Trouble outside the calendar's years, as all functions here that give one moment do.
    """
    at = _microseconds(moment)
    return _one(_plus((clock or work_clock()).nth_workday(at, np.array([n])), at % DAY))


def add_work_hours(moment: datetime, hours: float, clock: WorkClock | None = None) -> datetime:
    """The moment when so many working hours (>= 0) have passed since `moment`."""
    if not hours >= 0:
        raise ValueError(f"working hours cannot be {hours}")
    return _one((clock or work_clock()).after_working(_microseconds(moment), np.array([round(hours * HOUR)])))


def workdays_between(since: datetime, until: datetime, clock: WorkClock | None = None) -> int:
    """Working days d, since's day <= d < until's day, hours ignored; negative when until is earlier."""
    clock = clock or work_clock()
    first, last = (clock.day(_microseconds(moment)) for moment in (since, until))
    _refuse_outside(first[1] & last[1])
    return int(clock.before[last[0]][0] - clock.before[first[0]][0])


def work_hours_between(since: datetime, until: datetime, clock: WorkClock | None = None) -> float:
    """Office hours from `since` to `until`, negative when until is earlier."""
    clock = clock or work_clock()
    first, last = (clock.worked(_microseconds(moment)) for moment in (since, until))
    _refuse_outside((first != UNKNOWN) & (last != UNKNOWN))
    return float(last[0] - first[0]) / HOUR


def due_at(filed_at: datetime, value: float, unit: LimitUnit, clock: WorkClock | None = None) -> datetime:
    """When a matter filed at `filed_at` under a limit of `value` units is due; the rules stand above.

    Days must be whole and nothing negative, else ValueError.
    """
    if unit not in get_args(LimitUnit) or not value >= 0 or (unit.endswith("_day") and value % 1 != 0):
        raise ValueError(f"no such limit: {value} {unit}")
    due = due_at_each(pd.Series([filed_at]), pd.Series([value]), pd.Series([unit]), clock)
    _refuse_outside(due.notna().to_numpy())
    return cast(pd.Timestamp, due.iloc[0]).to_pydatetime()


def due_at_each(
    filed_at: pd.Series, value: pd.Series, unit: pd.Series, clock: WorkClock | None = None
) -> pd.Series:
    """`due_at` for every row of three columns of one index; a column of moments.

    NaT where a part is missing, the limit is none (see `due_at`) or the due day lies outside the calendar.
    """
    clock = clock or work_clock()
    moment = filed_at.astype("datetime64[us]").to_numpy().astype(np.int64)
    limit = pd.to_numeric(value, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    is_limit = (moment != UNKNOWN) & (limit >= 0) & (limit < 1e6)
    amount = np.where(is_limit, limit, 0.0)
    days, duration = amount.astype(np.int64), np.round(amount * HOUR).astype(np.int64)
    moment = np.where(is_limit, moment, 0)
    last_second = DAY - SECOND
    due = {
        "work_hour": clock.after_working(moment, duration),
        "work_day": _plus(clock.nth_workday(moment, days), last_second),
        "natural_hour": moment + duration,
        "natural_day": moment // DAY * DAY + days * DAY + last_second,
    }
    answer = np.full(len(moment), UNKNOWN)
    for name, moments in due.items():
        is_whole = np.array(True) if name.endswith("_hour") else days == amount
        chosen = (unit == name).to_numpy(dtype=bool, na_value=False) & is_limit & is_whole
        answer = np.where(chosen, moments, answer)
    return pd.Series(answer.astype("datetime64[us]"), index=filed_at.index)


def _plus(moment: Whole, more: Whole | int) -> Whole:
    return np.where(moment == UNKNOWN, UNKNOWN, moment + more)


def _microseconds(moment: datetime) -> Whole:
    return np.array([np.datetime64(moment, "us").astype(np.int64)])


def _one(moment: Whole) -> datetime:
    _refuse_outside(moment != UNKNOWN)
    return cast(datetime, moment.astype("datetime64[us]")[0].astype(datetime))


def _refuse_outside(is_inside: npt.NDArray[np.bool_]) -> None:
    if not is_inside.all():
        raise Trouble(f"工作日历只有 {EARLIEST_DAY} 至 {LAST_DAY}，算不出这之外的工作日，请检查日期。")
