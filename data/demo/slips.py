"""Honest mistakes: what tired clerks leave in a ledger, a handful a file, for the importer to find."""

from collections.abc import Sequence

import pyarrow as pa

from data.demo.seed import dice

ENOUGH_ROWS = 60


def slip(
    table: pa.Table,
    name: str,
    faults: Sequence[tuple[str, str]],
    *,
    repeats: int = 0,
    clash: tuple[str, str] | None = None,
) -> tuple[pa.Table, dict[tuple[int, str], str]]:
    """The table with some rows repeated at its end, and what was mistyped where: (row, heading) -> text.

    Each fault lands in a row of its own; a short table gets none. A repeated row is the same: it merges. With
    `clash` one more row comes twice under its number, the second time with another text in that column.
    """
    if table.num_rows < ENOUGH_ROWS:
        return table, {}
    roll = dice("slips", name)
    rows = [
        int(row) for row in roll.choice(table.num_rows, len(faults) + repeats + bool(clash), replace=False)
    ]
    slips = {(row, heading): text for row, (heading, text) in zip(rows, faults, strict=False)}
    again = [table.slice(row, 1) for row in rows[len(faults) :]]
    if clash:
        slips[table.num_rows + len(again) - 1, clash[0]] = clash[1]
    return pa.concat_tables([table, *again]), slips
