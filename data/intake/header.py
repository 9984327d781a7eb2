"""What a sheet's headings say: which column is which field of a ledger, and which required one is missing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from data.cleaning.text import INVISIBLE, unescaped
from data.contract import Field, Ledger

SEARCHED_ROWS = 15
# A heading may name its coordinate system; coordinates.system_named_in reads it from the whole heading.
COORDINATE_SYSTEM = re.compile(
    r"(?:高德|腾讯|火星|百度)(?:(?:地图|坐标系?)(?=经度|纬度))?|GPS|WGS-?84|GCJ-?02|BD-?09|CGCS2000",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
MARKS = re.compile(r"[\s*※★:]+")


@dataclass(frozen=True)
class Header:
    """A sheet's headings read as a ledger's: field name -> the columns (0-based) that tell it.

    `headings` are on one line, both levels joined; `levels` are the heading rows as the file has them.
    `above` are the groups' words over headings that tell their fields without them, if there are any.
    """

    ledger: Ledger
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...] = ()
    above: tuple[str, ...] = ()

    def heading(self, column: int) -> str:
        """The heading of a column as the file writes it, on one line."""
        return self.headings[column] if column < len(self.headings) else ""

    def whole_heading(self, column: int) -> str:
        """Everything that stands over a column: a group's word may name the coordinate system."""
        return (self.above[column] if column < len(self.above) else "") + self.heading(column)

    @property
    def told(self) -> tuple[int, ...]:
        """Every column that tells a field, from left to right."""
        return tuple(sorted({index for indexes in self.columns.values() for index in indexes}))

    @property
    def telling(self) -> tuple[int, ...]:
        """Those of the told columns that are no asides: a row filled nowhere else is no record."""
        asides = {field.name for field in self.ledger.fields if field.is_aside}
        told = (indexes for name, indexes in self.columns.items() if name not in asides)
        return tuple(sorted({index for indexes in told for index in indexes}))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the ledger requires and the sheet lacks, by label; empty for a header that fits."""
        return missing_labels(self.ledger, set(self.columns))

    @property
    def hits(self) -> int:
        """How many fields of the ledger the sheet tells; asides say nothing of what the sheet is."""
        return sum(not self.ledger.field(name).is_aside for name in self.columns)


@lru_cache(maxsize=10_000)
def normalised(heading: str) -> str:
    """A heading as the synonyms are compared: NFKC, no white space, marks, bracketed notes or system name."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", unescaped(heading)))
    plain = MARKS.sub("", plain)
    while (shorter := BRACKETED.sub("", plain)) != plain:
        plain = shorter
    named = COORDINATE_SYSTEM.sub("", plain)
    return (named or plain).strip("-_/、,;。.").casefold()


def missing_labels(ledger: Ledger, told: set[str]) -> tuple[str, ...]:
    """Labels of the required fields (and groups of alternatives) that are not among `told`."""
    missing = []
    for field in ledger.fields:
        stands_for_grid = field.type == "grid" and "grid_name" in told
        if field.required and field.name not in told and not stands_for_grid:
            missing.append(field.label)
    missing += [
        " 或 ".join(ledger.field(name).label for name in group)
        for group in ledger.required_groups
        if not told & set(group)
    ]
    return tuple(missing)


def field_heading(header: Header, field: Field) -> str:
    """The heading under which the sheet tells a field, or the field's own label where it tells none."""
    told = header.columns.get(field.name)
    return header.heading(told[0]) if told else field.label
