"""The farmers' calendar: what day of which lunar month a day is, and when the year's lunar feasts fall."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from borax.calendars.lunardate import LunarDate, TermUtils

MONTH_NAMES = [f"{name}月" for name in "正二三四五六七八九十冬腊"]
DAY_NAMES = [
    *(f"初{name}" for name in "一二三四五六七八九十"),
    *(f"十{name}" for name in "一二三四五六七八九"),
    "二十",
    *(f"廿{name}" for name in "一二三四五六七八九"),
    "三十",
]
ONE_DAY = timedelta(days=1)


def new_year_on(year: int) -> date:
    """正月初一 of a lunar year."""
    return _solar(year, 1, 1)


def feast_on(year: int, feast: str) -> date:
    """The day of a feast in a (solar) year: `10-01`, `除夕`, `清明`, or a lunar day such as `八月十五`.

    Raises ValueError when the feast is written in no such way.
    """
    if feast == "除夕":
        return new_year_on(year) - ONE_DAY
    if feast == "清明":
        term = TermUtils.nth_term_day(year, term_name="清明")
        return date(term.year, term.month, term.day)
    if feast[:2] in MONTH_NAMES:
        return _solar(year, MONTH_NAMES.index(feast[:2]) + 1, DAY_NAMES.index(feast[2:]) + 1)
    return date.fromisoformat(f"{year}-{feast}")


def lunar_days(days: pd.DatetimeIndex) -> pd.DataFrame:
    """One row per day of an unbroken run of days, in the same order.

    Columns: lunar_year, lunar_month (1-12), lunar_day (1-30), is_leap_month, lunar_text (闰四月初三).
    """
    first, last = days[0].date(), days[-1].date()
    start = first - timedelta(days=LunarDate.from_solar(first).day - 1)
    months = []
    while start <= last:
        lunar = LunarDate.from_solar(start)
        months.append((np.datetime64(start), lunar.year, lunar.month, bool(lunar.leap)))
        thirtieth = start + timedelta(days=29)
        start = thirtieth if LunarDate.from_solar(thirtieth).day == 1 else thirtieth + ONE_DAY
    month = pd.DataFrame(months, columns=["start", "lunar_year", "lunar_month", "is_leap_month"])
    nth = np.searchsorted(month["start"].to_numpy(), days.to_numpy(), side="right") - 1
    answer = month.iloc[nth].reset_index(drop=True)
    answer.insert(2, "lunar_day", (days - pd.DatetimeIndex(answer.pop("start"))).days + 1)
    answer["lunar_text"] = [
        f"{'闰' if leap else ''}{MONTH_NAMES[number - 1]}{DAY_NAMES[day - 1]}"
        for number, leap, day in zip(
            answer["lunar_month"], answer["is_leap_month"], answer["lunar_day"], strict=True
        )
    ]
    return answer


def _solar(year: int, month: int, day: int) -> date:
    solar = LunarDate(year, month, day).to_solar_date()
    return date(solar.year, solar.month, solar.day)
