"""Looking at an opened sheet in tests: rows as plain tuples."""

from data.files import Sheet


def rows_of(sheet: Sheet) -> list[tuple[object, ...]]:
    """Every row as (row number, cell, cell, ...)."""
    rows: list[tuple[object, ...]] = []
    for block in sheet.blocks():
        rows += zip(*(column.to_pylist() for column in block.columns), strict=True)
    return rows
