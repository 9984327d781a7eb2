"""A sheet of an opened file: text cells, kept in Arrow files so that a million rows need little memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from data.cleaning.fault import ERROR_MARK, NO_RESULT

__all__ = ["ERROR_MARK", "NO_RESULT", "HeadRow", "Merge", "Sheet"]

BLOCK_ROWS = 50_000
HEAD_ROWS = 40


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns are 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class HeadRow:
    """One row near the top: its number in the file and its cells."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Rows that are not blank, as text. `name` is "" for csv; `parts` are Arrow files in the scratch."""

    name: str
    merges: tuple[Merge, ...]
    head: tuple[HeadRow, ...]
    width: int
    row_count: int
    parts: tuple[Path, ...]

    def blocks(self) -> Iterator[pa.Table]:
        """Tables of at most 50,000 rows, in the file's order.

        Columns: row (int64, the 1-based row of the sheet, or the csv line on which the record starts),
        c0..cN (string, never null; a blank cell is "").
        """
        for part in self.parts:
            # Read, not memory-mapped: Windows would not let the scratch folder go while a table lives.
            with pa.OSFile(str(part), "rb") as file:
                table = pa.ipc.open_file(file).read_all()
            blank = pa.repeat("", table.num_rows) if table.num_columns <= self.width else None
            for position in range(table.num_columns - 1, self.width):
                table = table.append_column(f"c{position}", blank)
            yield table
