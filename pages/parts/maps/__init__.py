"""Maps: the one place that builds them. They call nobody: no base map but one the office has named itself.

with maps.frame("grid_heat"):
    maps.grids(ground, look, "grid_heat", alt, chosen=codes, on_click=toggle)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import ask
from pages.parts.maps import deck, layers, legend, orientation, tips
from pages.parts.maps.ground import Ground
from pages.parts.maps.scale import Scale

HEIGHT_PX = 620


@dataclass(frozen=True)
class Look:
    """How every grid is drawn, in the ground's order: its class as a digit, and what is said of it."""

    scale: Scale
    digits: str
    said: tuple[str, ...]


def grids(
    ground: Ground,
    look: Look,
    key: str,
    alt: str,
    chosen: Sequence[str] = (),
    on_click: Callable[[str], None] | None = None,
    height: int = HEIGHT_PX,
) -> None:
    """Draw the grids. `on_click` is given the code of a grid that was clicked; `chosen` ones are outlined."""
    clicks = f"{key}_clicks"
    here = orientation.of_store(ask.warehouse().folder)
    drawn = [
        *([layers.under(here)] if here else []),
        *layers.grids(ground, look.digits, look.scale),
        *(layers.over(here) if here else []),
        *layers.chosen(ground, chosen),
        *([layers.names(here.names)] if here else []),
        *layers.compass(ground.bounds, ground.width_m),
        layers.picked(ground, st.session_state.get(clicks, 0)),
    ]
    with st.container(key=f"map_{key}", gap=None):
        tips.give(key, look.said)
        made = deck.Deck(drawn, ground.bounds, tips.GRID)
        if on_click:
            told = on_click
            st.pydeck_chart(made, height=height, key=key, alt=alt, on_select=lambda: _clicked(key, told))
        else:
            st.pydeck_chart(made, height=height, key=key, alt=alt)
        legend.show(look.scale, {int(digit) for digit in look.digits})
        legend.stamp()


def _clicked(key: str, on_click: Callable[[str], None]) -> None:
    """Hand on what was clicked. Whatever a browser sends, only the code of a grid is looked at."""
    found = st.session_state[key]["selection"]["objects"]
    for each in (each for objects in found.values() for each in objects):
        st.session_state[f"{key}_clicks"] = st.session_state.get(f"{key}_clicks", 0) + 1
        on_click(str(each.get("properties", {}).get("code", "")))
