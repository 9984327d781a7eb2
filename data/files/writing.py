"""Writing a sheet's rows to Arrow files while they are read, blank rows left out."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from data.files.limits import Limits
from data.files.sheets import BLOCK_ROWS, HEAD_ROWS, HeadRow, Merge, Sheet


class SheetWriter:
    """Takes rows of text with their numbers and ends as a `Sheet`; refuses too many rows or columns."""

    def __init__(self, folder: Path, stem: str, limits: Limits, where: str) -> None:
        self._folder, self._stem, self._limits, self._where = folder, stem, limits, where
        self._head: list[HeadRow] = []
        self._parts: list[Path] = []
        self._width = 0
        self._row_count = 0

    def write(self, numbers: Sequence[int], rows: list[list[str]]) -> None:
        """Add rows; ragged ones are padded with "" on the right. Raises FileRefused("too_large")."""
        kept = [position for position, row in enumerate(rows) if any(map(str.strip, row))]
        if not kept:
            return
        if len(kept) < len(rows):
            numbers = [numbers[position] for position in kept]
            rows = [rows[position] for position in kept]
        self._limits.check_rows(self._where, self._row_count + len(rows))
        rows = self._even(rows)
        for number, row in zip(numbers[: HEAD_ROWS - len(self._head)], rows, strict=False):
            self._head.append(HeadRow(number, tuple(row)))
        for start in range(0, len(rows), BLOCK_ROWS):
            self._save(numbers[start : start + BLOCK_ROWS], rows[start : start + BLOCK_ROWS])
        self._row_count += len(rows)

    def finish(self, name: str, merges: tuple[Merge, ...] = ()) -> Sheet:
        """The sheet as written; head rows are padded to the sheet's width."""
        head = (HeadRow(h.row, h.cells + ("",) * (self._width - len(h.cells))) for h in self._head)
        return Sheet(name, merges, tuple(head), self._width, self._row_count, tuple(self._parts))

    def _even(self, rows: list[list[str]]) -> list[list[str]]:
        """Rows of one length, refused when they reach beyond the last allowed column."""
        lengths = set(map(len, rows))
        width = max(lengths)
        if width > self._limits.max_columns:
            rows = [_without_blank_end(row) for row in rows]
            lengths = set(map(len, rows))
            width = max(lengths)
            self._limits.check_columns(self._where, width)
        self._width = max(self._width, width)
        if len(lengths) == 1:
            return rows
        return [row + [""] * (width - len(row)) for row in rows]

    def _save(self, numbers: Sequence[int], rows: list[list[str]]) -> None:
        arrays = [pa.array(numbers, pa.int64())]
        arrays += [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        names = ["row", *(f"c{position}" for position in range(len(arrays) - 1))]
        table = pa.table(arrays, names=names)
        part = self._folder / f"{self._stem}-{len(self._parts):04}.arrow"
        with pa.OSFile(str(part), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
            out.write_table(table)
        self._parts.append(part)


def _without_blank_end(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """Stop the cycle collector while millions of rows are made: they hold no cycles, and it costs a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
