"""Finds the heading row of a sheet, or the two rows of a two-level heading."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from data.cleaning.text import unescaped
from data.contract import Ledger
from data.files import HeadRow, Merge, Sheet
from data.intake.header import SEARCHED_ROWS, Header, normalised

REMARK = re.compile("[:：]")


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
    if best is None or not best.hits:
        return None
    return replace(best, above=_words_above(best, rows, sheet.merges))


def _better(best: Header | None, other: Header) -> Header:
    if best is None:
        return other
    return max(best, other, key=lambda header: (not header.missing, header.hits, -header.last_row))


def _words_above(header: Header, rows: Sequence[HeadRow], merges: Sequence[Merge]) -> tuple[str, ...]:
    """The groups' words over a one-level reading; none where one title or remark stands over everything."""
    over = next((row for row in rows if row.row == header.last_row - 1), None)
    if over is None or len(header.levels) > 1 or REMARK.search("".join(over.cells)):
        return ()
    words = _filled_right(over.cells, over.row, merges)
    is_title = len({words[index] for index in header.told if index < len(words)}) < 2
    return () if is_title else tuple("".join(word.split()) for word in words)


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
        headings.append("".join("".join(unescaped(part).split()) for part in parts))
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
