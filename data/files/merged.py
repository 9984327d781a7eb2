"""Merged cells: a value merged over several rows holds for each of them."""

from collections import defaultdict

from data.files.sheets import Merge


class FillDown:
    """Gives each row, in order, the values that vertical merges carry down in the merge's first column."""

    def __init__(self, merges: tuple[Merge, ...]) -> None:
        self._starting: dict[int, list[Merge]] = defaultdict(list)
        for merge in merges:
            if merge.last_row > merge.first_row:
                self._starting[merge.first_row].append(merge)
        self._first_rows = sorted(self._starting, reverse=True)
        self._active: dict[int, tuple[int, str]] = {}

    def fill(self, row: int, cells: list[str]) -> None:
        """Fill the blank cells of the 1-based `row` in place. Rows come in order, blank ones are left out."""
        for column, (last_row, value) in list(self._active.items()):
            if row > last_row:
                del self._active[column]
            elif not cells[column]:
                cells[column] = value
        while self._first_rows and self._first_rows[-1] <= row:
            first_row = self._first_rows.pop()
            for merge in self._starting[first_row]:
                column = merge.first_column - 1
                # A merge whose first row is blank throughout carries nothing.
                if first_row == row and column < len(cells) and cells[column]:
                    self._active[column] = (merge.last_row, cells[column])
