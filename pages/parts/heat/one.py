"""One measure over the grids, on one map; a click on a grid filters every page."""

import pandas as pd

from pages.parts import exhibit, labels, maps
from pages.parts.ask import ask
from pages.parts.maps import land, looks, scale
from pages.parts.maps.ground import Ground
from queries import Scope, grids

KEY = "grid_heat"
COLUMNS = (
    "community",
    "grid_name",
    "value",
    "numerator",
    "denominator",
    "is_reported",
    "is_small",
    "value_low",
    "value_high",
    "place_no",
    "place_low",
    "place_high",
)
EMPTY = "所选范围里没有网格。"


def show(measure: str, scope: Scope) -> None:
    """The map, or a sentence where the street has no polygons."""
    covered = land.everywhere(scope)
    term = labels.term(measure)
    told = ask(grids.by_grid, covered, measure=measure)
    # a count has no denominator, interval or place: no columns of dashes in its drawer
    filled = [name for name in COLUMNS if told[name].notna().any()]

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        look = looks.of_rows(ground, rows, scale.sequential(term, looks.clear(rows)))
        maps.grids(ground, look, KEY, looks.said(rows, measure), scope.grids, land.clicker(ground, rows))

    exhibit.show(
        term.label,
        told,
        (measure, *filled),
        KEY,
        land.under(draw),
        grids.by_grid,
        {"measure": measure},
        empty=EMPTY,
        scope=covered,
    )
