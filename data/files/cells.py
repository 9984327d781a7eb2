"""One cell of a workbook as text: numbers in shortest form, dates and times in ISO form."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from data.files.sheets import ERROR_MARK

_FIRST_UNSAFE = 2**53


def text_of(value: object) -> str:
    """The text of one value as python-calamine gives it. A date-time at midnight loses its time."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, timedelta):
        return _span_text(value)
    if isinstance(value, time):
        return _moment_text(datetime.combine(date(2000, 1, 1), value)).partition(" ")[2] or "00:00:00"
    return str(value)


def number_text(value: float) -> str:
    """1200.0 -> "1200", 12.5 -> "12.5"; from 2**53 on "4.403011990010113e+17", so that loss shows."""
    if not math.isfinite(value):
        return f"{ERROR_MARK}#NUM!"
    if abs(value) >= _FIRST_UNSAFE:
        return format(Decimal(repr(float(value))).normalize(), "e")
    if value == int(value):
        return str(int(value))
    # Fifteen digits are what Excel shows; the sixteenth is noise such as 114.30000000000001.
    return format(value, ".15g")


def _moment_text(moment: datetime) -> str:
    # Excel keeps moments as fractions of a day: 09:30 may come as 09:29:59.999.
    rounded = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return rounded.isoformat(" ").removesuffix(" 00:00:00")


def _span_text(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
