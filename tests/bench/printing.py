"""Prints results as aligned tables, and reads sizes such as 60k, 1M."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

UNITS = {"k": 1_000, "M": 1_000_000}


@dataclass
class Table:
    """A table of results: texts to the left, figures to the right, a dash where nothing was measured."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[object, ...]] = field(default_factory=list)
    remark: str = ""

    def __str__(self) -> str:
        cells = [self.headings, *(tuple(map(_said, row)) for row in self.rows)]
        widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
        is_text = [all(isinstance(row[at], str) for row in self.rows) for at in range(len(widths))]
        lines = [_line(row, widths, is_text) for row in cells]
        ruled = [lines[0], "-" * len(lines[0]), *lines[1:]]
        return "\n".join([f"\n{self.title}", *([self.remark] if self.remark else []), *ruled])


def _line(row: Sequence[str], widths: Sequence[int], is_text: Sequence[bool]) -> str:
    padded = (
        cell + blank if left else blank + cell
        for cell, width, left in zip(row, widths, is_text, strict=True)
        for blank in (" " * (width - _width(cell)),)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """The columns of a terminal that a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _said(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return (
            f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
        )
    return f"{value:,}" if isinstance(value, int) else str(value)


def size(rows: int) -> str:
    """60k, 1M: as it is asked for."""
    for unit, worth in reversed(UNITS.items()):
        if rows >= worth and rows % worth == 0:
            return f"{rows // worth}{unit}"
    return f"{rows:,}"


def row_counts(text: str) -> tuple[int, ...]:
    """The sizes in "60k,1M". Raises ValueError where one is no number."""
    return tuple(sorted({_row_count(part.strip()) for part in text.split(",")}))


def _row_count(text: str) -> int:
    worth = UNITS.get(text[-1:], 1)
    return round(float(text.rstrip("kM")) * worth)
