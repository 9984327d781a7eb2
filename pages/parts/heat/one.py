"""One measure over the grids, on one map; a click on a grid filters every page."""

import pandas as pd

from pages.parts import filters, labels, maps, notices, words
from pages.parts.ask import ask, street
from pages.parts.heat import choices, looks
from pages.parts.maps import scale
from pages.parts.maps.ground import Ground
from queries import Scope, grids

KEY = "grid_heat"
NO_GROUND = "还没有网格边界，地图画不出来。请在“数据状态”导入网格边界 GeoJSON；数字仍在下面的表里。"


def show(measure: str, scope: Scope) -> None:
    """The map, or a sentence where the street has no polygons."""
    ground = choices.ground_of(street())
    covered = choices.everywhere(scope)
    rows = ask(grids.by_grid, covered, measure=measure)
    if ground is None:
        notices.quiet(NO_GROUND)
        return
    term = labels.term(measure)
    look = looks.of_rows(ground, rows, scale.sequential(term, rows["value"]))
    maps.grids(
        ground,
        look,
        KEY,
        alt=said(rows, measure),
        chosen=scope.grids,
        on_click=lambda code: toggle(ground, rows, code),
    )


def toggle(ground: Ground, rows: pd.DataFrame, code: str) -> None:
    """Choose a grid that was clicked, or let it go; one outside the communities chosen stays outside."""
    if code in set(rows["grid_code"]) and code in ground.numbers:
        filters.toggle_grid(ground.names[ground.numbers[code]])


def said(rows: pd.DataFrame, measure: str) -> str:
    """The map in one sentence: the three grids that stand out, and how many say nothing."""
    term = labels.term(measure)
    first = rows[~rows["is_small"].astype(bool)].dropna(subset=["value"]).nlargest(3, "value")
    named = "，".join(f"{row.grid_name} {looks.amount(row.value, term)}" for row in first.itertuples())
    silent = int((~rows["is_reported"].astype(bool)).sum())
    return f"{term.label}网格图：最高的是{named or words.NOTHING}；{silent} 个网格未上报"
