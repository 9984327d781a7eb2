"""The stretches of days an office asks for by name, half-open; none reaches beyond the current day."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from data.days.calendar import CHUNYUN_DAYS, CHUNYUN_DAYS_BEFORE
from data.days.lunar import new_year_on

Period = tuple[date, date]

WEEK = timedelta(days=7)
CHOSEN, CHUNYUN, DATA_WEEK = "自选", "春运", "数据周"


def this_week(today: date) -> Period:
    """Monday to today."""
    return today - timedelta(days=today.weekday()), today + timedelta(days=1)


def last_week(today: date) -> Period:
    """The whole week before, Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    return monday - WEEK, monday


def last_days(count: int) -> Callable[[date], Period]:
    """The last so many days, today among them."""
    return lambda today: (today - timedelta(days=count - 1), today + timedelta(days=1))


def this_month(today: date) -> Period:
    """From the first of the month to today."""
    return today.replace(day=1), today + timedelta(days=1)


def chunyun(today: date) -> Period:
    """The 40 days of 春运 under way, else the latest that are over; the future is left out."""
    for year in (today.year, today.year - 1):
        since = new_year_on(year) - timedelta(days=CHUNYUN_DAYS_BEFORE)
        if since <= today:
            return since, min(since + timedelta(days=CHUNYUN_DAYS), today + timedelta(days=1))
    raise AssertionError("last year's 春运 has begun")


PRESETS: Mapping[str, Callable[[date], Period]] = {
    "本周": this_week,
    "上周": last_week,
    "近7天": last_days(7),
    "近30天": last_days(30),
    "本月": this_month,
    CHUNYUN: chunyun,
}


def presets(today: date, reached: date) -> Mapping[str, Period]:
    """Every named period by the calendar, as a leader means it; the first is shown unasked.

    `reached` is the snapshot's day. Where it lies before this week nothing is known of 本周 yet; the first
    screen then opens with 数据周, the week the data ends in, under its own name, so that it is neither empty
    nor takes an old week for the current one.
    """
    named = {name: days(today) for name, days in PRESETS.items()}
    if reached >= named["本周"][0]:
        return named
    return {DATA_WEEK: this_week(reached), **named}
