"""Maps: the one place that builds them. They call nobody: no base map but one the office has named itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import ask
from pages.parts.maps import colours, deck, layers, legend, orientation, shelf, tips
from pages.parts.maps.ground import Ground
from pages.parts.maps.layers import Layer
from pages.parts.maps.legend import Entry
from pages.parts.maps.scale import Scale

# How much room a map has at least: its width, which grows with the screen, and its height.
ROOM = (deck.WIDTH_PX, 640)
MOST_NAMES = 40

OnClick = Callable[[str], None]


@dataclass(frozen=True)
class Look:
    """How every grid is drawn, in the ground's order: its class as a digit, and what is said of it."""

    scale: Scale
    digits: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """Hexagons as a browser gets them: `h` the cell, `c` its colour's place, `t` and `s` its words."""

    sheet: shelf.Sheet
    fills: tuple[colours.Colour, ...]


def grids(
    ground: Ground,
    look: Look,
    key: str,
    alt: str,
    chosen: Sequence[str] = (),
    on_click: OnClick | None = None,
    room: deck.Room = ROOM,
) -> None:
    """Draw the grids. `on_click` is given the code of a grid that was clicked; `chosen` ones are outlined."""
    drawn = layers.grids(ground, look.digits, look.scale)
    told = legend.of_scale(look.scale, {int(digit) for digit in look.digits})
    clicks = st.session_state.get(_clicks(key), 0)
    _show(
        ground,
        drawn,
        [layers.picked(ground, clicks)],
        key,
        alt,
        told,
        tips.GRID,
        look,
        chosen,
        on_click,
        room,
    )


def cells(ground: Ground, drawn: Cells, key: str, alt: str, told: tuple[str, list[Entry], str]) -> None:
    """Draw hexagons over the street's lines; `told` is the legend."""
    shown = layers.cells(shelf.lend(drawn.sheet), drawn.fills)
    _show(ground, [shown], [], key, alt, told, tips.CELL)


def glow(ground: Ground, points: shelf.Sheet, key: str, alt: str, title: str, note: str) -> None:
    """Draw points, `x`, `y` and their weight `w`, melted into one surface."""
    ramp = colours.ramp(6)
    told = title, [(legend.flowing(ramp), "疏 → 密")], note
    _show(ground, [layers.glow(shelf.lend(points), ramp)], [], key, alt, told, tips.CELL)


def _show(
    ground: Ground,
    drawn: Sequence[Layer],
    above: Sequence[Layer],
    key: str,
    alt: str,
    told: tuple[str, list[Entry], str],
    tip: str,
    look: Look | None = None,
    chosen: Sequence[str] = (),
    on_click: OnClick | None = None,
    room: deck.Room = ROOM,
) -> None:
    here = orientation.of_store(ask.warehouse().folder)
    stack = [
        *([layers.under(here)] if here else []),
        *drawn,
        *(layers.over(here) if here else []),
        *layers.chosen(ground, chosen),
        layers.names(_names(ground, here)),
        *layers.compass(ground.bounds, ground.width_m),
        *above,
    ]
    with st.container(key=f"map_{key}", gap=None):
        if look:
            tips.give(key, look.said)
        made = deck.Deck(stack, ground.bounds, tip, room)
        if on_click:
            clicked = on_click
            st.pydeck_chart(made, height=room[1], key=key, alt=alt, on_select=lambda: _hand_on(key, clicked))
        else:
            st.pydeck_chart(made, height=room[1], key=key, alt=alt)
        legend.show(*told)


def _names(ground: Ground, here: orientation.Orientation | None) -> Sequence[tuple[str, float, float]]:
    """The communities' names; those of the grids where none are known and there is room."""
    if here and here.names:
        return here.names
    return ground.middles if len(ground.middles) <= MOST_NAMES else ()


def _clicks(key: str) -> str:
    return f"{key}_clicks"


def _hand_on(key: str, on_click: OnClick) -> None:
    """Hand on what was clicked. Whatever a browser sends, only the code of a grid is looked at."""
    found = st.session_state[key]["selection"]["objects"]
    for each in (each for objects in found.values() for each in objects):
        st.session_state[_clicks(key)] = st.session_state.get(_clicks(key), 0) + 1
        on_click(str(each.get("properties", {}).get("code", "")))
