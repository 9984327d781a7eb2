"""What lies outside every grid: counted and listed, because it is on no map of grids."""

import pandas as pd

from pages.parts import exhibit, tables, words
from pages.parts.ask import ask
from pages.parts.maps import land
from queries import Scope, grids

SHOWN = 5
COLUMNS = (
    "ledger",
    "record_no",
    "community",
    "distance_m",
    "lon",
    "lat",
    "crs",
    "source_sheet",
    "source_row",
)
EMPTY = "这段时间没有带坐标的记录落在网格外。"


def show(scope: Scope) -> None:
    """The farthest few; all of them in the drawer."""
    covered = land.everywhere(scope)
    rows = ask(grids.outside, covered)
    exhibit.show(
        "落在网格外的点",
        rows,
        COLUMNS,
        "outside",
        _short,
        grids.outside,
        empty=EMPTY,
        note=""
        if rows.empty
        else f"{words.number(len(rows))} 个点不在任何网格里，没有画进网格图；最远的先列。",
        scope=covered,
    )


def _short(rows: pd.DataFrame) -> None:
    columns = (("record_no", "ledger"), "community", "distance_m")
    tables.short(rows.head(SHOWN), columns, EMPTY, "落在网格外的点")
