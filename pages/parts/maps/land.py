"""The street's own grids under a map: where they lie, and what a click on one does."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from data.warehouse import Snapshot
from pages.parts import filters, freshness, maps, notices, places
from pages.parts.ask import ask, street
from pages.parts.maps import ground
from pages.parts.maps.ground import Ground
from queries import Scope, grids

NO_GROUND = "还没有网格边界，画不出地图。请在“数据状态”页导入网格边界（GeoJSON）；各网格的数见“数据”。"

Drawn = Callable[[Ground, pd.DataFrame], None]


def under(draw: Drawn) -> Callable[[pd.DataFrame], None]:
    """Draw rows on the street's grids, or say what is missing where no polygon was loaded."""

    def drawn(rows: pd.DataFrame) -> None:
        known = here()
        if known is None:
            notices.quiet(NO_GROUND)
        else:
            draw(known, rows)

    return drawn


def here() -> Ground | None:
    """Where the street's grids lie; None where no polygon was loaded."""
    return _ground(street().name, street())


def everywhere(scope: Scope) -> Scope:
    """The scope without its grids: a map colours all of them and outlines those chosen."""
    return replace(scope, grids=())


def clicker(known: Ground, rows: pd.DataFrame) -> maps.OnClick:
    """Choose a grid that is clicked, or let it go; one outside the communities chosen stays outside."""
    inside = set(rows["grid_code"]) & set(known.codes)

    def clicked(code: str) -> None:
        if code in inside:
            filters.toggle_grid(known.names[known.numbers[code]])

    return clicked


@st.cache_resource(max_entries=4, show_spinner=False)
def _ground(snapshot: str, _street: Snapshot) -> Ground | None:
    """`snapshot` alone is the key: a snapshot never changes, and polygons are no secret of any right."""
    shapes = ask(grids.polygons, freshness.whole(_street))
    return ground.of_grids(shapes.merge(places.grids(_street)[["grid_code", "label"]], on="grid_code"))
