"""Knows what means a day to a person but not one certain day: no year, a short year, year last, a range."""

import re
from datetime import date

_M = r"(?:0?[1-9]|1[0-2])"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH_DAY = rf"(?:{_M}\ ?月\ ?{_D}\ ?[日号]?|{_M}[-/.]{_D}|{_D}[/.]{_M})"
_YEAR = r"(?:\d{4}(?:[-/.]|\ ?年\ ?))"
_TIME = r"(?:[\ t]?[^\d\ ]{0,2}\ ?\d{1,2}[:时点][^月]*)"
_DAY = rf"(?:{_YEAR}?{_MONTH_DAY}|\d{{4}}{_M}{_D})"
_TO = r"\ ?(?:至|到|~|〜|-|/|、|,|;|和|与|及|to)+\ ?"

_NO_YEAR = re.compile(rf"{_MONTH_DAY}{_TIME}?|{_M}\ ?月\ ?{_D}\ ?[日号].*", re.ASCII | re.VERBOSE)
_RANGE = re.compile(
    rf"{_DAY}{_TIME}?{_TO}(?:{_DAY}{_TIME}?|{_D}\ ?[日号]?|\d{{4}})"
    rf"|{_DAY}[\ t]\d{{1,2}}:\d\d(?::\d\d)?{_TO}\d{{1,2}}:\d\d(?::\d\d)?",
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)
_SHORT_YEAR_OR_LAST = re.compile(
    rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{1,2}}){_TIME}?"
    rf"|(\d\d)年(\d{{1,2}})月(\d{{1,2}})[日号]?{_TIME}?"
    rf"|(\d\d)(\d\d)(\d\d)",
    re.ASCII | re.VERBOSE | re.IGNORECASE,
)


def is_vague(text: str) -> bool:
    """Whether the tidied text could be several days: 1/5, 1月5日, 26-1-5, 5/1/2026, 1月5日-8日."""
    if _NO_YEAR.fullmatch(text) or _RANGE.fullmatch(text):
        return True
    found = _SHORT_YEAR_OR_LAST.fullmatch(text)
    if found is None:
        return False
    first, second, third = (part for i, part in enumerate(found.groups()) if part and i != 1)
    year_first = len(first) == 2 and _is_day(first, second, third)
    year_last = len(third) in (2, 4) and (_is_day(third, second, first) or _is_day(third, first, second))
    return year_first or year_last


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return False
    return True
