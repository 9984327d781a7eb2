"""How numbers, days and changes are written, so that every page says the same thing the same way."""

import math
from datetime import date, datetime, time, timedelta

import pandas as pd

NOTHING = "—"
MINUS = "−"
FEW = 10
MARKDOWN = frozenset("\\`*_{}[]<>()#+-.!|~$:")


def is_missing(value: object) -> bool:
    """Whether there is no value to write: None, NaN, NaT or NA."""
    return value is None or value is pd.NA or value != value


def number(value: float | None) -> str:
    """A count, as an office writes it: 1,284; from a hundred thousand on in 万, with one place."""
    if value is None or is_missing(value):
        return NOTHING
    if abs(value) >= 100_000:
        return f"{value / 10_000:,.1f} 万".replace("-", MINUS)
    text = f"{value:,.0f}" if math.isclose(value, round(value), abs_tol=1e-9) else f"{value:,.1f}"
    return text.replace("-", MINUS)


def percent(rate: float | None) -> str:
    """A rate between 0 and 1 as per cent with one place; 0.0% and 100.0% only where they are true."""
    if rate is None or is_missing(rate):
        return NOTHING
    if 0 < rate < 0.0005:
        return "<0.1%"
    return ">99.9%" if 0.9995 <= rate < 1 else f"{rate * 100:.1f}%"


def value(amount: float | None, unit: str) -> str:
    """An amount in the glossary's unit: a rate as per cent, everything else as a number."""
    return percent(amount) if unit == "%" else number(amount)


def part_of(numerator: float | None, denominator: float | None) -> str:
    """What a rate was counted from: 43 / 52; a small area keeps two places."""
    return f"{_counted(numerator)} / {_counted(denominator)}"


def _counted(amount: float | None) -> str:
    is_small = amount is not None and not is_missing(amount) and abs(amount) < FEW and amount % 1
    return f"{amount:.2f}" if is_small else number(amount)


def change(now: float | None, before: float | None, unit: str) -> str:
    """The move from one period to the next: rates in 百分点, counts with per cent, small ones as 1→3."""
    if now is None or before is None or is_missing(now) or is_missing(before):
        return "无可比数"
    if unit == "%":
        points = round((now - before) * 100, 1)
        return "持平" if points == 0 else f"{signed(points, 1)} 百分点"
    if now == before:
        return "持平"
    if min(now, before) < FEW:
        return f"{number(before)}→{number(now)}"
    return f"{signed(now - before)} ({signed((now - before) / before * 100)}%)"


def moved(by: float, unit: str) -> str:
    """A move by itself: +1.2 百分点, −3 件."""
    return f"{signed(by * 100, 1)} 百分点" if unit == "%" else f"{signed(by)} {unit}"


def signed(amount: float, places: int = 0) -> str:
    """A number with its sign, the minus as wide as the plus."""
    return f"{amount:+,.{places}f}".replace("-", MINUS)


def day(on: date, today: date | None = None) -> str:
    """11月22日, with the year in front where it is not the current one."""
    year = "" if today is None or on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"


def moment(at: datetime | None, today: date | None = None) -> str:
    """11月22日 18:00; midnight is what a ledger without hours says, so only the day is written."""
    if at is None or is_missing(at):
        return NOTHING
    return day(at.date(), today) if at.time() == time() else f"{day(at.date(), today)} {at:%H:%M}"


def days(since: date, until: date, today: date | None = None) -> str:
    """A half-open period by its first and last day: 11月16日—11月22日."""
    last = until - timedelta(days=1)
    if last <= since:
        return day(since, today)
    return f"{day(since, today)}—{day(last, today if since.year == last.year else since)}"


def age(passed: timedelta) -> str:
    """How long ago, in the largest unit that says enough: 不到 1 小时, 5 小时, 3 天."""
    if passed < timedelta(hours=1):
        return "不到 1 小时"
    if passed < timedelta(days=2):
        return f"{passed // timedelta(hours=1)} 小时"
    return f"{passed.days} 天"


def lasting(days: float | None) -> str:
    """A length of time in the largest unit that says enough: 25 分钟, 36.5 小时, 2.2 天."""
    if days is None or is_missing(days):
        return NOTHING
    if days < 1 / 24:
        return f"{days * 1440:.0f} 分钟"
    return f"{number(round(days * 24, 1))} 小时" if days < 2 else f"{number(round(days, 1))} 天"


def literal(text: str) -> str:
    """Text from a file or a ledger with nothing left in it that markdown would read as a command."""
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in text)
