"""Reads counts and measures as people type them: 1,200人, ３, 5.0, －2, 12.5分."""

import math
import re

from data.cleaning.fault import Fault, cell_fault
from data.cleaning.text import DASHES, is_blank, tidy

NOT_A_NUMBER = Fault("not_a_number")
NEGATIVE = Fault("negative_count")

_DIGITS = r"(\d{1,3}(?:,\d{3})+|\d+)"
_WHOLE = re.compile(rf"([+-]?) ?{_DIGITS}(?:\.0+)? ?(?:人次|[人户个条起处])?", re.ASCII)
_MEASURE = re.compile(
    rf"([+-]?) ?{_DIGITS}?(\.\d+)?(e[+-]?\d{{1,3}})? ?(?:分|元|米|平方米|m2?)?", re.ASCII | re.IGNORECASE
)
# Excel keeps 15 digits; a longer "count" is a number of something else in the wrong column.
_MOST_DIGITS = 15


def count(text: str) -> int | Fault | None:
    """A whole number from 0 up; None where the office left it open."""
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    cleaned = tidy(text).translate(DASHES)
    if cleaned.startswith("+"):
        return NOT_A_NUMBER  # "5 more" is a change, not a count
    whole = signed_count(cleaned)
    return NEGATIVE if isinstance(whole, int) and whole < 0 else whole


def signed_count(text: str) -> int | Fault | None:
    """A whole number of either sign, such as points given and taken."""
    cleaned = tidy(text).translate(DASHES)
    found = _WHOLE.fullmatch(cleaned)
    if found is None:
        return None if is_blank(cleaned) else cell_fault(cleaned) or NOT_A_NUMBER
    sign, digits = found.groups()
    digits = digits.replace(",", "")
    return int(sign + digits) if len(digits) <= _MOST_DIGITS else NOT_A_NUMBER


def number(text: str) -> float | Fault | None:
    """A measure such as an area or a score. Percentages, 万 and 亩 are refused: their unit would be lost."""
    cleaned = tidy(text).translate(DASHES)
    found = _MEASURE.fullmatch(cleaned)
    if found is None or not (found[2] or found[3]):
        return None if is_blank(cleaned) else cell_fault(cleaned) or NOT_A_NUMBER
    sign, whole, fraction, exponent = (part or "" for part in found.groups())
    value = float(f"{sign}{whole.replace(',', '')}{fraction}{exponent}")
    return value if math.isfinite(value) else NOT_A_NUMBER
