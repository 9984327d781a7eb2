"""Finds the heading row of a sheet, or the two rows of a two-level heading."""

from collections.abc import Sequence
from functools import cache

from data.contract import Ledger
from data.files import Merge, Sheet
from data.intake.header import SEARCHED_ROWS, Header, normalised


def read_as(sheet: Sheet, ledger: Ledger) -> Header | None:
    """The best reading of the sheet's first rows as this ledger's headings, or None where nothing matches."""
    best: Header | None = None
    rows = [row for row in sheet.head if row.row <= SEARCHED_ROWS]
    for position, row in enumerate(rows):
        single = _matched(ledger, row.row, [row.cells])
        best = _better(best, single)
        following = rows[position + 1] if position + 1 < len(rows) else None
        if following is not None and following.row == row.row + 1:
            top = _filled_right(row.cells, row.row, sheet.merges)
            double = _matched(ledger, following.row, [top, following.cells])
            alone = _matched(ledger, following.row, [following.cells])
            if double.hits > max(single.hits, alone.hits):
                best = _better(best, double)
    return best if best is not None and best.hits else None


def _better(best: Header | None, other: Header) -> Header:
    if best is None:
        return other
    return max(best, other, key=lambda header: (not header.missing, header.hits, -header.last_row))


@cache
def _synonyms(ledger: Ledger) -> dict[str, str]:
    return {normalised(heading): field.name for field in ledger.fields for heading in field.headings}


def _matched(ledger: Ledger, last_row: int, levels: Sequence[Sequence[str]]) -> Header:
    columns: dict[str, tuple[int, ...]] = {}
    headings = []
    known = _synonyms(ledger)
    for index in range(max(map(len, levels))):
        texts = [cells[index] if index < len(cells) else "" for cells in levels]
        parts = [text for position, text in enumerate(texts) if text.strip() and text not in texts[:position]]
        headings.append("".join("".join(part.split()) for part in parts))
        for spelling in _spellings(parts):
            if (name := known.get(normalised(spelling))) is not None:
                columns[name] = (*columns.get(name, ()), index)
                break
    return Header(ledger, last_row, columns, tuple(headings), tuple(tuple(cells) for cells in levels))


def _spellings(parts: Sequence[str]) -> list[str]:
    """Both levels joined first, then the lower level alone; the upper one only where nothing stands below."""
    return ["".join(parts), parts[-1]] if len(parts) > 1 else list(parts)


def _filled_right(cells: Sequence[str], row: int, merges: Sequence[Merge]) -> list[str]:
    """The upper level, each group's word over all of its columns, merged or only left blank by the clerk."""
    filled = list(cells)
    inside = {
        column
        for merge in merges
        if merge.first_row <= row <= merge.last_row
        for column in range(merge.first_column, merge.last_column)
    }
    own_end = {
        merge.last_column - 1
        for merge in merges
        if merge.first_row <= row <= merge.last_row and merge.last_column > merge.first_column
    }
    for index in range(1, len(filled)):
        follows_merge = index - 1 in own_end and index not in inside
        if not filled[index].strip() and not follows_merge:
            filled[index] = filled[index - 1]
    return filled
