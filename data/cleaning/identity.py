"""Reads identity numbers and telephone numbers, and knows which digits can be one."""

import re
from datetime import date

from data.cleaning.fault import Fault, cell_fault
from data.cleaning.text import DASHES, is_blank, tidy

BAD_ID_NUMBER = Fault("bad_id_number")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_ID_18 = re.compile(r"\d{17}[\dX]", re.ASCII)
_ID_15 = re.compile(r"\d{15}", re.ASCII)
_BORN_FROM, _BORN_UNTIL = 1900, 2100

_BETWEEN_PHONES = re.compile(r"[/、,;]|\b或\b")
_MOBILE = re.compile(r"(?:(?:\+|00)?86|0)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(
    r"(?:(?:\+|00)?86[ -]?\(?0?|\(?0)(10|2\d|[3-9]\d\d)\)?[ -]?([1-9]\d{2,3})[ -]?(\d{4})"
    r"(?: ?(?:-|转|分机|ext\.?|#) ?(\d{1,6}))?",
    re.ASCII | re.IGNORECASE,
)


def id_number(text: str) -> str | Fault | None:
    """The 18 places of an identity number (GB 11643), without spaces, hyphens or a small x.

    The old 15-digit form comes back as the 18 places it stands for, so that one person stays one person.
    It has no check digit, so its birthday must be a day; of 18 places the check digit alone decides.
    """
    cleaned = tidy(text).translate(DASHES)
    if is_blank(cleaned):
        return None
    places = cleaned.replace(" ", "").replace("-", "").upper()
    if _ID_15.fullmatch(places) and is_birthday("19" + places[6:12]):
        body = places[:6] + "19" + places[6:]
        return body + check_digit(body)
    if _ID_18.fullmatch(places) and check_digit(places) == places[17]:
        return places
    return cell_fault(cleaned) or BAD_ID_NUMBER


def phone(text: str) -> str | None:
    """A mobile number (11 digits) or a landline (0573-87012345, 0573-87012345-801); None for anything else.

    Of several numbers in one cell the first good one counts.
    """
    for part in _BETWEEN_PHONES.split(tidy(text).translate(DASHES)):
        written = part.strip()
        mobile = _MOBILE.fullmatch(written.replace(" ", "").replace("-", ""))
        if mobile:
            return mobile[1]
        landline = _LANDLINE.fullmatch(written)
        if landline:
            area, first, last, extension = landline.groups()
            # Beijing and the 02x cities have eight digits, everywhere else seven or eight.
            if len(area) == 3 or len(first) == 4:
                return f"0{area}-{first}{last}" + (f"-{extension}" if extension else "")
    return None


def check_digit(places: str) -> str:
    """The 18th place that belongs to the first 17."""
    return _CHECK_DIGITS[
        sum(int(place) * weight for place, weight in zip(places, _WEIGHTS, strict=False)) % 11
    ]


def is_birthday(digits: str) -> bool:
    """Whether eight digits are a day on which the holder of an identity number may have been born."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        return _BORN_FROM <= date(year, month, day).year < _BORN_UNTIL
    except ValueError:
        return False
