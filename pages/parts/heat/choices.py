"""What the reader chooses on 网格热力; every choice stands in the link."""

from dataclasses import replace

import streamlit as st

from data.warehouse import Snapshot
from pages.parts import freshness, labels, places
from pages.parts.ask import ask
from pages.parts.maps import ground
from pages.parts.maps.ground import Ground
from queries import Scope, grids


def measure(key: str = "measure", label: str = "指标", first: int = 0) -> str:
    """One measure of the glossary that can be mapped."""
    chosen = st.selectbox(
        label,
        grids.MEASURES,
        index=first,
        format_func=labels.label,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=280,
    )
    return str(chosen)


def everywhere(scope: Scope) -> Scope:
    """The scope without its grids: a map colours all of them and outlines those chosen."""
    return replace(scope, grids=())


@st.cache_resource(max_entries=4, show_spinner=False)
def _ground(snapshot: str, _street: Snapshot) -> Ground | None:
    """`snapshot` is the key: a snapshot never changes."""
    shapes = ask(grids.polygons, freshness.whole(_street))
    return ground.of_grids(shapes.merge(places.grids(_street)[["grid_code", "label"]], on="grid_code"))


def ground_of(street: Snapshot) -> Ground | None:
    """Where the street's grids lie; None where no polygon was loaded."""
    return _ground(street.name, street)
