"""One measure over the grids, on one map; a click on a grid filters every page."""

from typing import Any

import pandas as pd

from pages.parts import exhibit, filters, labels, maps, notices, words
from pages.parts.ask import ask, street
from pages.parts.heat import choices, looks
from pages.parts.maps import scale
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
NO_GROUND = "还没有网格边界，画不出地图。请在“数据状态”页导入网格边界（GeoJSON）；各网格的数见“数据”。"
EMPTY = "所选范围里没有网格。"


def show(measure: str, scope: Scope) -> None:
    """The map, or a sentence where the street has no polygons."""
    covered = choices.everywhere(scope)
    term = labels.term(measure)

    def draw(rows: pd.DataFrame) -> None:
        ground = choices.ground_of(street())
        if ground is None:
            notices.quiet(NO_GROUND)
            return
        look = looks.of_rows(ground, rows, scale.sequential(term, clear(rows)))
        maps.grids(ground, look, KEY, said(rows, measure), scope.grids, clicker(ground, rows))

    exhibit.show(
        term.label,
        ask(grids.by_grid, covered, measure=measure),
        (measure, *COLUMNS),
        KEY,
        draw,
        grids.by_grid,
        {"measure": measure},
        empty=EMPTY,
        scope=covered,
    )


def clicker(ground: Ground, rows: pd.DataFrame) -> maps.OnClick:
    """Choose a grid that is clicked, or let it go; one outside the communities chosen stays outside."""
    inside = set(rows["grid_code"]) & set(ground.codes)

    def clicked(code: str) -> None:
        if code in inside:
            filters.toggle_grid(ground.names[ground.numbers[code]])

    return clicked


def clear(rows: pd.DataFrame) -> list[Any]:
    """The values that get a colour: those counted from enough."""
    return rows.loc[~rows["is_small"].astype(bool), "value"].tolist()


def said(rows: pd.DataFrame, measure: str) -> str:
    """The map in one sentence: the three grids that stand out, and how many say nothing."""
    term = labels.term(measure)
    first = rows[~rows["is_small"].astype(bool)].dropna(subset=["value"]).nlargest(3, "value")
    named = "，".join(
        f"{row['community']} {row['grid_name']} {looks.amount(row['value'], term)}"
        for row in first.to_dict("records")
    )
    silent = int((~rows["is_reported"].astype(bool)).sum())
    return f"{term.label}网格图：最高的是{named or words.NOTHING}；{silent} 个网格未上报"
