"""Which cleaning function belongs to which field of a contract."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.cleaning import identity, values
from data.cleaning.personal import scrub, token
from data.cleaning.text import LONGEST_TEXT
from data.cleaning.time_limit import time_limit
from data.cleaning.values import Fault
from data.contract import Field
from data.intake.block import Cleaner

AHEAD = timedelta(days=60)
MONTH = re.compile(r"^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?(?:份)?$")
PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)


@dataclass(frozen=True)
class Days:
    """The days a file may speak of: the earliest, and today."""

    earliest: date
    today: date
    date1904: bool = False

    def span(self, field: Field) -> tuple[date | None, date | None]:
        """The first and last day allowed in a field; None where that end is open."""
        if field.range == "any":
            return None, None
        return self.earliest, self.today + AHEAD if field.range == "ahead60" else self.today


def cleaner(field: Field, days: Days, key: bytes) -> Cleaner:
    """The function from a cell's text to the field's value, to None for unknown, or to a Fault.

    `key` hides a code that is somebody's identity or telephone number. In an aside no cell is at fault.
    """
    read = _by_type(field, days, key)
    if field.none_words:
        read = _unless_none(read, frozenset(field.none_words))
    if not field.is_aside:
        return read
    return lambda text: None if isinstance(value := read(text), Fault) else value


def _unless_none(read: Cleaner, words: frozenset[str]) -> Cleaner:
    return lambda text: None if values.tidy(text).replace(" ", "") in words else read(text)


def _by_type(field: Field, days: Days, key: bytes) -> Cleaner:
    first, last = days.span(field)
    match field.type:
        case "moment":
            return lambda text: (
                # 3个工作日 becomes a moment once the row's start is known: time_limits.settle.
                None
                if field.counts_from and time_limit(text)
                else values.moment(text, first, last, days.date1904, field.end_of_day)
            )
        case "day":
            return lambda text: values.day(_month_start(field, text), first, last, days.date1904)
        case "count":
            return values.count
        case "signed_count":
            return values.signed_count
        case "number":
            return values.number
        case "flag":
            return lambda text: _flag(field, text)
        case "choice":
            return lambda text: _choice(field, text)
        case "text":
            needed = field.required
            return lambda text: _scrubbed((needed and _broken(text)) or values.free_text(text))
        case "province":
            return lambda text: _scrubbed(_province(values.label(text)))
        case "code" | "subject_no" | "subject_uscc":
            return lambda text: _hidden(_broken(text) or _short(values.code(text)), key)
        case "id_number":
            return identity.id_number
        case "phone":
            return identity.phone
        case "person_name" | "door":
            return values.label
        case "label" if not field.required:
            return lambda text: _scrubbed(values.label(text))
        case _:
            return lambda text: _scrubbed(_broken(text) or values.label(text))


def _broken(text: str) -> Fault | None:
    """In free text a broken formula is empty; where the record must be found by the cell, it is a fault."""
    return values.cell_fault(values.tidy(text))


def _scrubbed(value: Any) -> Any:
    return scrub(value) if isinstance(value, str) else value


def _hidden(code: str | Fault | None, key: bytes) -> str | Fault | None:
    """A code that is a person's number becomes a mark and a token: two of them must not become one."""
    if not isinstance(code, str) or (plain := scrub(code)) == code:
        return code
    return plain + token(key, code)[:12]


def _short(value: str | None) -> str | Fault | None:
    return Fault("text_too_long") if value is not None and len(value) > LONGEST_TEXT else value


def _month_start(field: Field, text: str) -> str:
    if field.month_is_first_day and (month := MONTH.match(values.tidy(text))):
        return f"{month[1]}-{int(month[2]):02}-01"
    return text


def _choice(field: Field, text: str) -> str | Fault | None:
    found = values.choice(text, field.accepted, field.reason or "unknown_choice")
    if isinstance(found, Fault) and found.reason == "unknown_choice":
        return field.otherwise or None
    return found


def _flag(field: Field, text: str) -> bool | Fault | None:
    """Yes or no, also as offices write it (已断水, 未整改, the heading's own word); else unknown.

    Where the record is nothing without it, what is neither is a fault.
    """
    found = values.flag(text)
    if not isinstance(found, Fault) or found.reason != "not_a_flag":
        return found
    plain = values.tidy(text)
    own_words = {heading.removeprefix("是否") for heading in field.headings}
    if plain in own_words or plain.startswith(("已", "是", "有")):
        return True
    if plain.startswith(("未", "否", "无", "没", "不")):
        return False
    return found if field.required else None


def _province(text: str | Fault | None) -> str | Fault | None:
    if not isinstance(text, str):
        return text
    named = PROVINCE.match(text)
    return named[0] if named else text[:20]
