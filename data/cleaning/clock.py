"""Reads the time of day that follows a date: 9:30, 09:30:15, 上午9时30分, 下午3点半, T09:30Z."""

import re
from datetime import timedelta
from typing import NamedTuple

_MORNING = frozenset(("上午", "凌晨", "早上", "am"))
_AFTERNOON = frozenset(("下午", "晚上", "pm"))
_HALF = "上午|下午|凌晨|早上|中午|晚上"
_ZONE = r"z|\ ?(?:utc|gmt)(?:[+-]\d\d?(?::?\d\d)?)?|\ ?[+-]\d\d(?::?\d\d)?"

# What may stand after a day. Digits follow digits directly only in the closed form 202601050930.
_CLOCK = re.compile(
    rf"""(?: \ ?t\ ? | \  | (?<!\d) | (?={_HALF}) )  (?P<half>{_HALF})?\ ?
         (?: (?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{{1,9}}))?)?\ ?分?
           | (?P<hour_said>\d\d?)\ ?[时点]\ ?(?:(?P<minute_said>\d\d?)\ ?分?\ ?|(?P<thirty>半)|整)?
             (?:(?P<second_said>\d\d?)\ ?秒)? )
         (?:\ ?(?P<am_pm>[ap]m))?  (?P<zone>{_ZONE})?
       | (?<=\d{{8}})[\ t]?(?P<hour_closed>\d\d)(?P<minute_closed>\d\d)(?P<second_closed>\d\d)?
         (?P<zone_closed>{_ZONE})?
       | \ ?(?:{_HALF})""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_OFFSET = re.compile(r"([+-])(\d\d??)(?::?(\d\d))?$", re.ASCII)
_WIDEST_OFFSET = timedelta(hours=14)


class Clock(NamedTuple):
    """How long after midnight, how far ahead of Greenwich if the text says so, whether a time was given."""

    since_midnight: timedelta
    offset: timedelta | None
    is_given: bool


_NO_TIME = Clock(timedelta(), None, False)


def read_clock(text: str, start: int) -> Clock | None:
    """The time of day that text[start:] says, or None where it is not the form of one.

    Raises: ValueError for the form of a time that no clock shows, such as 25:61.
    """
    if start == len(text):
        return _NO_TIME
    found = _CLOCK.fullmatch(text, start)
    if found is None:
        return None
    part = found.groupdict()
    hour_text = part["hour"] or part["hour_said"] or part["hour_closed"]
    if hour_text is None:
        return _NO_TIME  # a bare 上午 names the day only
    second_text = part["second"] or part["second_said"] or part["second_closed"]
    zone = part["zone"] or part["zone_closed"]
    if zone and "-" in zone and not second_text and "t" not in text[start:].lower():
        return None  # 09:30-11:00 is how a clerk writes "from, to"; no zone is meant
    hour = _of_24(int(hour_text), part["half"] or (part["am_pm"] or "").lower())
    minute_text = part["minute"] or part["minute_said"] or part["minute_closed"]
    minute = 30 if part["thirty"] else int(minute_text or 0)
    second = int(second_text or 0)
    micro = int((part["fraction"] or "0")[:6].ljust(6, "0"))
    is_end_of_day = hour == 24 and not (minute or second or micro)
    if minute > 59 or second > 59 or (hour > 23 and not is_end_of_day):
        raise ValueError(text)
    since_midnight = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    return Clock(since_midnight, _offset(zone) if zone else None, True)


def _of_24(hour: int, half: str) -> int:
    """The hour of 24 for an hour that may carry 上午 or PM. Raises ValueError where they disagree."""
    if half in _MORNING:
        if hour > 12:
            raise ValueError(half)
        return hour % 12
    if half == "晚上" and hour == 12:
        return 24
    if hour < 12 and (half in _AFTERNOON or (half == "中午" and hour < 10)):
        return hour + 12
    return hour


def _offset(zone: str) -> timedelta:
    found = _OFFSET.search(zone)
    if found is None:
        return timedelta()
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset > _WIDEST_OFFSET or int(found[3] or 0) > 59:
        raise ValueError(zone)
    return -offset if found[1] == "-" else offset
