"""The map the reader chose, and beside it the grid they clicked."""

import streamlit as st

from pages.parts.heat import compared, first, grid_card, hexagons, one, outside, playback, played
from pages.parts.heat.choices import Chosen
from queries import Scope

SIDE_BY_SIDE = ("periods", "measures")


def show(chosen: Chosen, scope: Scope) -> None:
    """Two maps get the whole width and the card the room below; one map has the card at its side."""
    if chosen.time != "play":
        playback.leave()
    if chosen.time in SIDE_BY_SIDE:
        _map(chosen, scope)
    left, right = st.columns([1, 1] if chosen.time in SIDE_BY_SIDE else [7, 3], gap="medium")
    with left:
        if chosen.time in SIDE_BY_SIDE:
            first.show(chosen.measure, scope)
        else:
            _map(chosen, scope)
    with right:
        grid_card.show(scope, chosen.measure, is_clickable=chosen.view == "grid")
        if chosen.time not in SIDE_BY_SIDE:
            first.show(chosen.measure, scope)
        outside.show(scope)


def _map(chosen: Chosen, scope: Scope) -> None:
    match chosen.view, chosen.time:
        case "hex", _:
            hexagons.counted(chosen.points, chosen.size, scope)
        case "glow", _:
            hexagons.glow(chosen.points, scope)
        case "spots", _:
            hexagons.spots(chosen.points, chosen.size, scope)
        case _, "play":
            played.show(chosen.measure, chosen.step, scope)
        case _, "periods":
            compared.periods(chosen.measure, chosen.versus, scope)
        case _, "change":
            compared.difference(chosen.measure, chosen.versus, scope)
        case _, "measures":
            compared.measures(chosen.measure, chosen.second, scope)
        case _:
            one.show(chosen.measure, scope)
