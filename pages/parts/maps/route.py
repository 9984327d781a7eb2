"""A way on the map: stops in their order, joined, the last one reached standing out."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import ask
from pages.parts.maps import colours, deck, layers, legend, orientation, shelf, tips
from pages.parts.maps.ground import Bounds, Ground
from pages.parts.maps.layers import Layer

ROOM: deck.Room = (deck.WIDTH_PX, 460)
# Stops nearer together than this would be shown too large: some 600 m.
NARROWEST_DEGREES = 0.006


@dataclass(frozen=True)
class Stop:
    """One stop: its number as drawn, where it is, and what is said of it under the pointer."""

    number: str
    lon: float
    lat: float
    title: str
    said: str


def way(ground: Ground | None, stops: Sequence[Stop], reached: int, key: str, alt: str) -> None:
    """Draw the first `reached` stops joined in their order, the others pale; grids and roads lie below."""
    here = orientation.of_store(ask.warehouse().folder)
    drawn = [
        *([layers.under(here)] if here else []),
        *([_borders(ground)] if ground else []),
        *(layers.over(here) if here else []),
        *([layers.names(here.names)] if here else []),
        _path(stops[:reached]),
        _dots(stops, reached),
        _numbers(stops),
    ]
    with st.container(key=f"map_{key}", gap=None):
        made = deck.Deck(drawn, around(stops), tips.CELL, ROOM)
        st.pydeck_chart(made, height=ROOM[1], key=key, alt=alt)
        walked, ahead = legend.filled(colours.accent()), legend.filled(colours.ink(130))
        legend.show("路线", [(walked, "走到"), (ahead, "还没到")], "")


def around(stops: Sequence[Stop]) -> Bounds:
    """The bounds that hold every stop with some air, never narrower than a few streets."""
    west, east = min(stop.lon for stop in stops), max(stop.lon for stop in stops)
    south, north = min(stop.lat for stop in stops), max(stop.lat for stop in stops)
    more = max(NARROWEST_DEGREES - max(east - west, north - south), 0) / 2 + NARROWEST_DEGREES / 6
    return west - more, south - more, east + more, north + more


def _borders(ground: Ground) -> Layer:
    return {
        "@@type": "GeoJsonLayer",
        "id": "borders",
        "data": shelf.lend(ground.polygons),
        "filled": False,
        "stroked": True,
        "getLineColor": colours.ink(90),
        "getLineWidth": 1,
        "lineWidthUnits": "pixels",
    }


def _path(stops: Sequence[Stop]) -> Layer:
    return {
        "@@type": "PathLayer",
        "id": "way",
        "data": [{"w": [[stop.lon, stop.lat] for stop in stops]}],
        "getPath": "@@=w",
        "getColor": colours.accent(170),
        "getWidth": 3,
        "widthUnits": "pixels",
        "jointRounded": True,
        "capRounded": True,
    }


def _dots(stops: Sequence[Stop], reached: int) -> Layer:
    told = [
        {
            "p": [stop.lon, stop.lat],
            "t": stop.title,
            "s": stop.said,
            "r": 15 if nth == reached else 11,
            "c": colours.accent() if nth <= reached else colours.ink(130),
        }
        for nth, stop in enumerate(stops, start=1)
    ]
    return {
        "@@type": "ScatterplotLayer",
        "id": "stops",
        "data": told,
        "getPosition": "@@=p",
        "getRadius": "@@=r",
        "radiusUnits": "pixels",
        "getFillColor": "@@=c",
        "stroked": True,
        "getLineColor": colours.card(),
        "getLineWidth": 2,
        "lineWidthUnits": "pixels",
        "pickable": True,
    }


def _numbers(stops: Sequence[Stop]) -> Layer:
    return {
        "@@type": "TextLayer",
        "id": "stop-numbers",
        "data": [{"t": stop.number, "p": [stop.lon, stop.lat]} for stop in stops],
        "getText": "@@=t",
        "getPosition": "@@=p",
        "getSize": 12,
        "fontFamily": layers.FONT,
        "getColor": colours.card(),
    }
