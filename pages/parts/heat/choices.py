"""What the reader chooses on 网格热力; every choice stands in the link."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from data.warehouse import Snapshot
from pages.parts import freshness, labels, page, places
from pages.parts.ask import ask
from pages.parts.maps import ground
from pages.parts.maps.ground import Ground
from queries import Scope, grids

VIEWS = {"grid": "网格", "hex": "六边形", "glow": "热力", "spots": "冷热点"}
TIMES = {"one": "本期", "play": "播放", "periods": "两期并排", "change": "两期之差", "measures": "两项并排"}
POINTS = {"hazard": "隐患", "patrol": "巡查", "report": "上报"}
SIZES = {"9": "中格", "8": "大格", "10": "小格"}


def measure(key: str = "measure", first: str = "visit_count") -> str:
    """One measure of the glossary that can be mapped."""
    chosen = st.selectbox(
        "指标",
        grids.MEASURES,
        index=grids.MEASURES.index(first),
        format_func=labels.label,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=240,
    )
    return str(chosen)


def view() -> str:
    """Grids, hexagons, a smooth surface, or hot and cold spots."""
    return _one_of("view", VIEWS)


def time() -> str:
    """One map of the period, or how grids are played or compared."""
    return _one_of("time", TIMES)


def points() -> str:
    """Whose points are drawn."""
    return _one_of("points", POINTS)


def size() -> int:
    """How large the hexagons are: an H3 resolution."""
    return int(_one_of("size", SIZES))


def bar() -> st.delta_generator.DeltaGenerator:
    """Where the choices stand, side by side."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key="heat_choices")


def everywhere(scope: Scope) -> Scope:
    """The scope without its grids: a map colours all of them and outlines those chosen."""
    return replace(scope, grids=())


def ground_of(street: Snapshot) -> Ground | None:
    """Where the street's grids lie; None where no polygon was loaded."""
    return _ground(street.name, street)


@st.cache_resource(max_entries=4, show_spinner=False)
def _ground(snapshot: str, _street: Snapshot) -> Ground | None:
    """`snapshot` alone is the key: a snapshot never changes, and polygons are no secret of any right."""
    shapes = ask(grids.polygons, freshness.whole(_street))
    return ground.of_grids(shapes.merge(places.grids(_street)[["grid_code", "label"]], on="grid_code"))


def _one_of(key: str, said: dict[str, str]) -> str:
    options: Sequence[str] = list(said)
    worded: Callable[[str], str] = said.__getitem__
    return page.one_of(key, options, worded)
