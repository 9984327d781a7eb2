"""Reads a day or a moment from the many ways offices write one; all results are naive Shanghai time."""

import re
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from data.cleaning.clock import read_clock
from data.cleaning.fault import Fault, cell_fault
from data.cleaning.text import DASHES, is_blank, tidy
from data.cleaning.vague_dates import is_vague

AMBIGUOUS = Fault("date_ambiguous")
INVALID = Fault("date_invalid")
OUT_OF_RANGE = Fault("date_out_of_range")

DateOrder = Literal["ymd", "mdy", "dmy"]

SHANGHAI_OFFSET = timedelta(hours=8)  # fixed since 1992, and no ledger reaches further back
EXCEL_DAY_ZERO = datetime(1899, 12, 30)
DAYS_1904_SYSTEM = 1462
PLAUSIBLE_SERIALS = (20_000, 80_000)  # 1954 to 2119: a plain number outside is no date
LAST_SECOND = timedelta(hours=23, minutes=59, seconds=59)

# Nearly every date cell looks like this; the patterns after it read the rest.
_PLAIN = re.compile(
    r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?: ([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?", re.ASCII
)
_SERIAL = re.compile(r"(\d{5})(\.\d+)?", re.ASCII)
_WEEKDAY = r"(?:\ ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_YEAR_FIRST = re.compile(
    rf"""(\d{{4}})(?: ([-/.])(\d\d?)\2(\d\d?) | 年(\d\d?)月(\d\d?)[日号]? | (\d\d)(\d\d) ){_WEEKDAY}""",
    re.ASCII | re.VERBOSE,
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_SPACED_MARK = re.compile(r" ?([-/.年月日号:]) ?")
_LONGEST = 64


class Written(NamedTuple):
    """What a cell says: the moment, the day it names, and whether a time of day was given."""

    at: datetime
    on: date
    has_time: bool


def moment(
    text: str,
    earliest: date | None,
    latest: date | None,
    date1904: bool = False,
    end_of_day: bool = False,
    order: DateOrder = "ymd",
) -> datetime | Fault | None:
    """The moment a cell names, None where it is left open.

    earliest, latest: inclusive days, compared with the day as written (24:00 belongs to the day it ends).
    end_of_day: a day without a time means its last second, as a due date does.
    order: "mdy" or "dmy" only for a source whose template says that its year stands last.
    """
    written = _read(text, date1904, order)
    if written is None or isinstance(written, Fault):
        return written
    if (earliest and written.on < earliest) or (latest and written.on > latest):
        return OUT_OF_RANGE
    return written.at + LAST_SECOND if end_of_day and not written.has_time else written.at


def day(
    text: str,
    earliest: date | None,
    latest: date | None,
    date1904: bool = False,
    order: DateOrder = "ymd",
) -> date | Fault | None:
    """The day a cell names, with or without a time; 24:00 belongs to the day it ends."""
    written = _read(text, date1904, order)
    if written is None or isinstance(written, Fault):
        return written
    if (earliest and written.on < earliest) or (latest and written.on > latest):
        return OUT_OF_RANGE
    return written.on


def _read(text: str, date1904: bool, order: DateOrder) -> Written | Fault | None:
    plain = _PLAIN.fullmatch(text)
    if plain:
        year, _, month, on_day, hour, minute, second = plain.groups()
        try:
            at = datetime(
                int(year), int(month), int(on_day), int(hour or 0), int(minute or 0), int(second or 0)
            )
        except ValueError:
            return INVALID
        return Written(at, at.date(), hour is not None)
    cleaned = tidy(text).translate(DASHES)
    if is_blank(cleaned):
        return None
    serial = _SERIAL.fullmatch(cleaned)
    if serial:
        return _of_serial(int(serial[1]), float(serial[2] or 0), date1904)
    if " " in cleaned:
        cleaned = _SPACED_MARK.sub(r"\1", cleaned)
    if len(cleaned) > _LONGEST:
        return INVALID
    return _of_words(cleaned, order) or cell_fault(cleaned) or (AMBIGUOUS if is_vague(cleaned) else INVALID)


def _of_serial(days: int, fraction: float, date1904: bool) -> Written | Fault:
    if not PLAUSIBLE_SERIALS[0] <= days <= PLAUSIBLE_SERIALS[1]:
        return INVALID
    days += DAYS_1904_SYSTEM if date1904 else 0
    at = EXCEL_DAY_ZERO + timedelta(days=days, seconds=round(fraction * 86_400))
    return Written(at, at.date(), fraction > 0)


def _of_words(text: str, order: DateOrder) -> Written | Fault | None:
    """What the tidied text says in words or figures; None where it has not the form of a certain day."""
    found = _YEAR_FIRST.match(text)
    if found:
        year, _, *pairs = found.groups()
        month, on_day = (part for part in pairs if part)
    else:
        found = _YEAR_LAST.match(text) if order != "ymd" else None
        if not found:
            return None
        first, _, second, year = found.groups()
        month, on_day = (first, second) if order == "mdy" else (second, first)
    try:
        clock = read_clock(text, found.end())
        if clock is None:
            return None
        on = date(int(year), int(month), int(on_day))
        at = datetime.combine(on, time()) + clock.since_midnight
        if clock.offset not in (None, SHANGHAI_OFFSET):
            at += SHANGHAI_OFFSET - clock.offset
            on = at.date()
    except (ValueError, OverflowError):
        return INVALID
    return Written(at, on, clock.is_given)
