"""Finds the heading row of a sheet and tells which column is which field of a ledger."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.contract import Field, Ledger
from data.files import Merge, Sheet

SEARCHED_ROWS = 15
# A heading may name its coordinate system; coordinates.system_named_in reads it from the whole heading.
COORDINATE_SYSTEM = re.compile(r"高德|腾讯|火星|百度|GPS|WGS-?84|GCJ-?02|BD-?09|CGCS2000", re.IGNORECASE)
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
MARKS = re.compile(r"[\s*※:\u200b-\u200f\u2060\ufeff\u202a-\u202e]+")
DATA_LIKE = re.compile(r"^[\d\s./:\-年月日时分,%+]+$")


@dataclass(frozen=True)
class Header:
    """A sheet's headings read as a ledger's: field name -> the columns (0-based) that tell it."""

    ledger: Ledger
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]

    def heading(self, column: int) -> str:
        """The heading of a column as the file writes it, on one line."""
        return self.headings[column] if column < len(self.headings) else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What the ledger requires and the sheet lacks, by label; empty for a header that fits."""
        return missing_labels(self.ledger, set(self.columns))

    @property
    def hits(self) -> int:
        """How many fields of the ledger the sheet tells."""
        return len(self.columns)


def normalised(heading: str) -> str:
    """A heading as the synonyms are compared: NFKC, no white space, marks, bracketed notes or system name."""
    plain = unicodedata.normalize("NFKC", heading)
    plain = MARKS.sub("", plain)
    while (shorter := BRACKETED.sub("", plain)) != plain:
        plain = shorter
    named = COORDINATE_SYSTEM.sub("", plain)
    return (named or plain).strip("-_/、,;。.").casefold()


def missing_labels(ledger: Ledger, told: set[str]) -> tuple[str, ...]:
    """Labels of the required fields (and groups of alternatives) that are not among `told`."""
    missing = []
    for field in ledger.fields:
        stands_for_grid = field.type == "grid" and told & {"grid_name", "point"} and "grid_name" in told
        if field.required and field.name not in told and not stands_for_grid:
            missing.append(field.label)
    missing += [
        " 或 ".join(ledger.field(name).label for name in group)
        for group in ledger.required_groups
        if not told & set(group)
    ]
    return tuple(missing)


@cache
def _synonyms(ledger: Ledger) -> dict[str, str]:
    return {normalised(heading): field.name for field in ledger.fields for heading in field.headings}


def read_as(sheet: Sheet, ledger: Ledger) -> Header | None:
    """The best reading of the sheet's first rows as this ledger's headings, or None where nothing matches."""
    best: Header | None = None
    rows = [row for row in sheet.head if row.row <= SEARCHED_ROWS]
    for position, row in enumerate(rows):
        single = _matched(ledger, row.row, [[cell] for cell in row.cells])
        best = _better(best, single)
        following = rows[position + 1] if position + 1 < len(rows) else None
        if following is not None and following.row == row.row + 1:
            top = _filled_right(row.cells, row.row, sheet.merges)
            levels = [[a, b] for a, b in _pairs(top, following.cells)]
            double = _matched(ledger, following.row, levels)
            alone = _matched(ledger, following.row, [[cell] for cell in following.cells])
            if double.hits > max(single.hits, alone.hits):
                best = _better(best, double)
    return best if best is not None and best.hits else None


def _better(best: Header | None, other: Header) -> Header:
    if best is None:
        return other
    return max(best, other, key=lambda header: (not header.missing, header.hits, -header.last_row))


def _matched(ledger: Ledger, last_row: int, levels: Sequence[Sequence[str]]) -> Header:
    columns: dict[str, tuple[int, ...]] = {}
    headings = []
    known = _synonyms(ledger)
    for index, texts in enumerate(levels):
        parts = [text for position, text in enumerate(texts) if text.strip() and text not in texts[:position]]
        headings.append("".join("".join(part.split()) for part in parts))
        for spelling in _spellings(parts):
            if (name := known.get(normalised(spelling))) is not None:
                columns[name] = (*columns.get(name, ()), index)
                break
    return Header(ledger, last_row, columns, tuple(headings))


def _spellings(parts: Sequence[str]) -> list[str]:
    """Both levels joined first, then the lower level alone; the upper one only where nothing stands below."""
    return ["".join(parts), parts[-1]] if len(parts) > 1 else list(parts)


def _pairs(top: Sequence[str], bottom: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(top), len(bottom))
    return [(top[i] if i < len(top) else "", bottom[i] if i < len(bottom) else "") for i in range(width)]


def _filled_right(cells: Sequence[str], row: int, merges: Sequence[Merge]) -> list[str]:
    filled = list(cells)
    wide = [merge for merge in merges if merge.first_row <= row <= merge.last_row]
    for merge in wide:
        last = min(merge.last_column, len(filled))
        filled[merge.first_column - 1 : last] = [filled[merge.first_column - 1]] * (
            last - merge.first_column + 1
        )
    if not merges:
        for index in range(1, len(filled)):
            filled[index] = filled[index] or filled[index - 1]
    return filled


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Whether a row could be headings: two or more short, different words, none a number or date."""
    words = [cell.strip() for cell in cells if cell.strip()]
    return (
        len(words) >= 2
        and len(set(words)) == len(words)
        and all(
            len(word) <= 30 and not DATA_LIKE.match(unicodedata.normalize("NFKC", word)) for word in words
        )
    )


def field_heading(header: Header, field: Field) -> str:
    """The heading under which the sheet tells a field, or the field's own label where it tells none."""
    told = header.columns.get(field.name)
    return header.heading(told[0]) if told else field.label
