"""What kind of day every day from 2015 to 2031 is: working or off, which holiday, which lunar day."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.days.arrangements import Arrangement, arrangement
from data.days.holiday import LAST_DAY
from data.days.lunar import lunar_days, new_year_on
from data.settings import EARLIEST_DAY

WEEKDAY_NAMES = np.array(["周一", "周二", "周三", "周四", "周五", "周六", "周日"], dtype=object)
CHUNYUN_DAYS_BEFORE, CHUNYUN_DAYS = 15, 40
NONE_YET = -1


def calendar_days(overrides: Path | None = None) -> pd.DataFrame:
    """One row per day, 2015-01-01 to 2031-12-31, in order. `overrides` is an office's own TOML file.

    A holiday is the run of days its notice names; a weekend that merely touches it is off but no part of it.
    Years nobody has announced follow data/reference/calendar.toml, without make-up workdays.

    Columns:
        day                    midnight of the day
        weekday, weekday_name  1-7, 周一-周日
        iso_year, iso_week     the ISO week, Monday to Sunday
        is_workday, is_day_off one is the opposite of the other
        is_makeup_workday      a Saturday or Sunday worked instead of another day (调休上班)
        holiday                the holiday the day is part of, merged ones as 国庆节、中秋节; else missing
        holiday_year           the year whose holiday it is (元旦 2019 begins on 2018-12-30)
        holiday_day            1 for the holiday's first day, 2 for its second ...
        after_holiday          on a working day: the last holiday before it
        workday_after_holiday  on a working day: 1 for the first working day since that holiday ...
        source                 国务院通知, 预测 or 手工; an ordinary day is 预测 until its year's statutory
                               holidays are all announced
        lunar_year, lunar_month, lunar_day, is_leap_month, lunar_text    正月初八, 闰四月初三
        new_year_on            the 正月初一 nearest to the day (the earlier of two equally near)
        new_year_offset        days since new_year_on, negative before it
        chunyun_day            1-40 from 15 days before 正月初一 to 24 after it, whatever the year brought
        workday_index          working days from 2015-01-01 to the day itself: differences are working days

    Raises Trouble, in words the office can act on, when the overrides cannot be followed.
    """
    days = pd.date_range(EARLIEST_DAY, LAST_DAY, unit="s")
    iso = days.isocalendar()
    answer = pd.DataFrame(
        {
            "day": days,
            "weekday": days.day_of_week + 1,
            "weekday_name": WEEKDAY_NAMES[days.day_of_week],
            "iso_year": iso["year"].to_numpy(dtype=np.int64),
            "iso_week": iso["week"].to_numpy(dtype=np.int64),
        }
    )
    _add_working_days(answer, arrangement(overrides))
    return pd.concat([answer, lunar_days(days), _new_year(days)], axis="columns")


def _add_working_days(answer: pd.DataFrame, arranged: Arrangement) -> None:
    """Add the columns that follow from the holidays: is_workday to workday_index."""
    size = len(answer)
    position = {day.date(): row for row, day in enumerate(answer["day"])}
    is_day_off = (answer["weekday"] > 5).to_numpy(copy=True)
    is_makeup = np.zeros(size, dtype=bool)
    sources = {year: arranged.source_of_year(year) for year in answer["day"].dt.year.unique()}
    source = answer["day"].dt.year.map(sources).to_numpy(dtype=object, copy=True)
    for day, altered_by in arranged.altered.items():
        source[position[day]] = altered_by
    nth_holiday = np.full(size, NONE_YET)
    holiday_day = np.zeros(size, dtype=np.int64)
    for nth, holiday in enumerate(arranged.holidays):
        rows = [position[day] for day in holiday.days]
        nth_holiday[rows], holiday_day[rows] = nth, np.arange(1, len(rows) + 1)
        worked = [position[day] for day in holiday.makeup_workdays]
        is_day_off[rows], is_day_off[worked], is_makeup[worked] = True, False, True
        source[rows + worked] = holiday.source

    names = np.array([holiday.name for holiday in arranged.holidays] + [None], dtype=object)
    years = np.array([holiday.year for holiday in arranged.holidays] + [0])
    workday_index = np.cumsum(~is_day_off)
    latest = np.maximum.accumulate(nth_holiday)
    at_its_end = np.array([workday_index[position[holiday.last_on]] for holiday in arranged.holidays] + [0])
    is_after = ~is_day_off & (latest != NONE_YET)
    answer["is_workday"], answer["is_day_off"], answer["is_makeup_workday"] = (
        ~is_day_off,
        is_day_off,
        is_makeup,
    )
    answer["holiday"] = names[nth_holiday]
    answer["holiday_year"] = _where(nth_holiday != NONE_YET, years[nth_holiday])
    answer["holiday_day"] = _where(nth_holiday != NONE_YET, holiday_day)
    answer["after_holiday"] = names[np.where(is_after, latest, NONE_YET)]
    answer["workday_after_holiday"] = _where(is_after, workday_index - at_its_end[latest])
    answer["source"] = source
    answer["workday_index"] = workday_index


def _new_year(days: pd.DatetimeIndex) -> pd.DataFrame:
    new_years = np.array(
        [new_year_on(year) for year in range(days[0].year, days[-1].year + 2)], "datetime64[D]"
    )
    day = days.to_numpy().astype("datetime64[D]")
    following = np.searchsorted(new_years, day).clip(1, len(new_years) - 1)
    is_nearer = new_years[following] - day < day - new_years[following - 1]
    nearest = np.where(is_nearer, new_years[following], new_years[following - 1])
    offset = (day - nearest).astype(np.int64)
    chunyun_day = offset + CHUNYUN_DAYS_BEFORE + 1
    return pd.DataFrame(
        {
            "new_year_on": nearest.astype("datetime64[s]"),
            "new_year_offset": offset,
            "chunyun_day": _where((chunyun_day >= 1) & (chunyun_day <= CHUNYUN_DAYS), chunyun_day),
        }
    )


def _where(known: npt.NDArray[np.bool_], values: npt.NDArray[np.int64]) -> pd.Series:
    """The values as a column that is null where they are not known."""
    return pd.Series(values, dtype="Int64").where(known)
