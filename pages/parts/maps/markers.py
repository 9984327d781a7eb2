"""Enterprises and shops on the map, each a point told by colour and by shape; a click says which one."""

import pandas as pd
import streamlit as st

from pages.parts import ask, notices, words
from pages.parts.maps import colours, deck, land, layers, legend, orientation, points, shelf, tally, tips
from pages.parts.maps.ground import Bounds, Ground
from pages.parts.maps.layers import Layer

ROOM: deck.Room = (deck.WIDTH_PX, 640)
# The names' cards lie above the marks and let them show.
THIN = 140
# Beside a single point as much is shown as beside a few: some 600 m.
NARROWEST_DEGREES = 0.006
NOBODY = "这里没有可画的对象。"
NOWHERE = "一家也没有坐标，也没有网格边界，画不出地图；名单照常。"


def show(rows: pd.DataFrame, key: str) -> str | None:
    """Draw them and hand on the `enterprise_key` of the one just clicked, once.

    `rows` hold enterprise_key, name, community, grid_code, colour, is_stale, lon and lat (may be missing).
    Those without a position are counted in their grid.
    """
    if rows.empty:
        notices.quiet(NOBODY)
        return None
    known = land.here()
    has_place = rows["lon"].notna() & rows["lat"].notna()
    placed, others = rows[has_place], rows[~has_place]
    if placed.empty and known is None:
        notices.quiet(NOWHERE)
        return None
    here = orientation.of_store(ask.warehouse().folder)
    names = here.names if here else ()
    marks = tally.summaries(known, others, is_named=not names) if known else []
    bounds = known.bounds if known else around(placed)
    clicks = st.session_state.get(_clicks(key), 0)
    stack = [
        *([layers.under(here)] if here else []),
        *([_ground(known)] if known else []),
        *(layers.over(here) if here else []),
        *(layers.compass(known.bounds, known.width_m) if known else []),
        points.layer(placed, f"subjects-{clicks}"),
        *([{**layers.names(names), "getBackgroundColor": colours.card(THIN)}] if names else []),
        tally.in_grids(marks),
    ]
    with st.container(key=f"map_{key}", gap=None):
        made = deck.Deck(stack, bounds, tips.CELL, ROOM)
        st.pydeck_chart(made, height=ROOM[1], key=key, alt=tally.said(rows), on_select=lambda: _remember(key))
        legend.show(*tally.explained(rows))
    if not others.empty:
        notices.quiet(tally.without_place(others, sum(count for *_, count in marks)))
    if away := tally.outside(placed, bounds):
        notices.quiet(f"{words.number(away)} 家的坐标在网格范围以外，把地图缩小才看得见。")
    picked = st.session_state.pop(_picked(key), None)
    return str(picked) if picked and placed["enterprise_key"].astype(str).eq(picked).any() else None


def around(placed: pd.DataFrame) -> Bounds:
    """The bounds that hold every point with some air."""
    (west, east), (south, north) = (
        (float(placed[name].min()), float(placed[name].max())) for name in ("lon", "lat")
    )
    more = max(NARROWEST_DEGREES - max(east - west, north - south), 0) / 2 + NARROWEST_DEGREES / 6
    return west - more, south - more, east + more, north + more


def _ground(known: Ground) -> Layer:
    """The street's own grids, quietly."""
    return {
        "@@type": "GeoJsonLayer",
        "id": "borders",
        "data": shelf.lend(known.polygons),
        "filled": True,
        "getFillColor": colours.card(150),
        "stroked": True,
        "getLineColor": colours.ink(70),
        "getLineWidth": 1,
        "lineWidthUnits": "pixels",
    }


def _clicks(key: str) -> str:
    return f"{key}_clicks"


def _picked(key: str) -> str:
    return f"{key}_picked"


def _remember(key: str) -> None:
    """Keep what was clicked for the run that follows. Whatever a browser sends, only a key is looked at."""
    found = st.session_state[key]["selection"]["objects"]
    for each in (each for objects in found.values() for each in objects):
        st.session_state[_clicks(key)] = st.session_state.get(_clicks(key), 0) + 1
        st.session_state[_picked(key)] = str(each.get("k", ""))
