"""The layers maps are made of, as deck.gl reads them, in the theme's colours.

Colours stand in `_subLayerProps`: there Streamlit leaves them alone, which otherwise greys out whatever was
not clicked last. A grid's class is one digit of a text that is looked up by the grid's number, so that
another measure, period or frame sends a digit a grid and no polygon.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pages.parts.maps import colours, shelf, tiles
from pages.parts.maps.colours import Colour
from pages.parts.maps.ground import METRES_PER_DEGREE, Bounds, Ground, Shape, features
from pages.parts.maps.orientation import Orientation
from pages.parts.maps.scale import AWAY, MISSING, SMALL, Scale

Layer = dict[str, Any]

FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, Source Han Sans SC, sans-serif"
NOTHING: Colour = (0, 0, 0, 0)
# Enough to be found by the pointer, too little to be seen.
UNSEEN: Colour = (0, 0, 0, 1)
ROUND_M = (1, 2, 5)
# How much of a class covers what lies below it.
OVER_NOTHING, OVER_TILES = 235, 165


def fills(scale: Scale) -> list[Colour]:
    """The colour of every digit: the classes, then not reported, too little to judge, elsewhere."""
    shown: list[Colour] = [NOTHING] * 10
    alpha = OVER_TILES if tiles.address() else OVER_NOTHING
    for nth, (red, green, blue, _) in enumerate(scale.colours):
        shown[nth] = (red, green, blue, alpha)
    shown[MISSING] = colours.missing()
    shown[SMALL] = shown[AWAY] = NOTHING
    return shown


def grids(ground: Ground, digits: str, scale: Scale) -> list[Layer]:
    """The grids in the colours of their classes; those with too little to judge are hatched."""
    colour = _by_digit(fills(scale), digits)
    ink = [colours.ink(150) if nth == SMALL else NOTHING for nth in range(10)]
    hatch = _by_digit(ink, digits, "__source.object.properties.n")
    return [
        _geo(
            "grids", shelf.lend(ground.polygons), {"polygons-fill": _painted("getFillColor", colour, digits)}
        ),
        _geo("hatching", shelf.lend(ground.hatching), {"linestrings": _painted("getColor", hatch, digits)}),
        _geo(
            "borders",
            shelf.lend(ground.polygons),
            {"polygons-stroke": {"getColor": colours.ground(150), "getWidth": 1, "widthUnits": "pixels"}},
            filled=False,
            stroked=True,
        ),
    ]


def picked(ground: Ground, clicks: int) -> Layer:
    """What the pointer finds: the grids, unseen. Its name changes with every click, which forgets the click.

    Streamlit keeps a selection for a layer of the same name and knows no way to set or to clear it.
    """
    return _geo(
        f"pick-{clicks}",
        shelf.lend(ground.polygons),
        {"polygons-fill": {"getFillColor": UNSEEN}},
        pickable=True,
        autoHighlight=True,
        highlightColor=colours.accent(46),
    )


def chosen(ground: Ground, codes: Sequence[str]) -> list[Layer]:
    """A line around the grids the link names."""
    numbers = ground.numbers
    shapes = [ground.shapes[numbers[code]] for code in codes if code in numbers]
    line = {"getColor": colours.accent(), "getWidth": 3, "widthUnits": "pixels", "jointRounded": True}
    halo = {**line, "getColor": colours.ground(), "getWidth": 7}
    told = features(shapes, k=[0] * len(shapes))
    return [
        _geo(name, told, {"polygons-stroke": look}, filled=False, stroked=True)
        for name, look in (("chosen-halo", halo), ("chosen", line))
    ]


def under(orientation: Orientation) -> Layer:
    """The street's outline and its river; a base map below shows through."""
    paint = [NOTHING if tiles.address() else colours.card(), colours.water()]
    return _geo("under", shelf.lend(orientation.under), {"polygons-fill": {"getFillColor": _by_kind(paint)}})


def over(orientation: Orientation) -> list[Layer]:
    """Community borders and roads, thin, and the communities' names."""
    roads = {"getColor": colours.ground(170), "getWidth": 1.5, "widthUnits": "pixels"}
    edges = {"getColor": colours.ink(120), "getWidth": 1.25, "widthUnits": "pixels"}
    return [
        _geo(
            "over",
            shelf.lend(orientation.over),
            {"linestrings": roads, "polygons-stroke": edges},
            filled=False,
            stroked=True,
        ),
    ]


def names(told: Sequence[tuple[str, float, float]]) -> Layer:
    """Names on the map, on small cards; where two would cover each other, one waits for the zoom."""
    drawn = _text("names", told, 12, colours.text(), is_on_card=True)
    return {
        **drawn,
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collisionTestProps": {"sizeScale": 1.4},
    }


def compass(bounds: Bounds, width_m: float) -> list[Layer]:
    """A scale bar and north, lying on the map: right at every zoom and turned with it."""
    _, south, east, north = bounds
    length_m = _round_length(width_m / 6)
    at_lat = south - (north - south) * 0.04
    across = length_m / (METRES_PER_DEGREE * math.cos(math.radians(south)))
    tick = (north - south) * 0.008
    bar = [[east - across, at_lat + tick], [east - across, at_lat], [east, at_lat], [east, at_lat + tick]]
    line: Shape = {"type": "LineString", "coordinates": bar}
    said = f"{length_m:,.0f} 米" if length_m < 1000 else f"{length_m / 1000:,.0f} 公里"
    look = {"getColor": colours.ink(), "getWidth": 1.5, "widthUnits": "pixels"}
    arrow = [("北", east, north), ("▲", east, north + (north - south) * 0.035)]
    return [
        _geo("scale-bar", features([line], k=[0]), {"linestrings": look}),
        _text("scale-said", [(said, east - across / 2, at_lat - tick * 3)], 12, colours.ink()),
        _text("north", arrow, 13, colours.ink()),
    ]


def cells(address: str, shown: Sequence[Colour]) -> Layer:
    """Hexagons, each in the colour its `c` counts to."""
    return {
        "@@type": "H3HexagonLayer",
        "id": "cells",
        "data": address,
        "getHexagon": "@@=h",
        "extruded": False,
        "stroked": False,
        "pickable": True,
        "autoHighlight": True,
        "highlightColor": colours.accent(60),
        "getFillColor": f"@@={_list(shown)}[c]",
        "updateTriggers": {"getFillColor": _list(shown)},
    }


def glow(address: str, ramp: Sequence[Colour]) -> Layer:
    """Points melted into one surface; what one point weighs is its `w`."""
    return {
        "@@type": "HeatmapLayer",
        "id": "glow",
        "data": address,
        "getPosition": "@@=[x,y]",
        "getWeight": "@@=w",
        "radiusPixels": 44,
        "intensity": 1,
        "threshold": 0.04,
        "colorRange": [list(each[:3]) for each in ramp],
    }


def _geo(name: str, data: Any, look: Mapping[str, Any], **more: Any) -> Layer:
    return {
        "@@type": "GeoJsonLayer",
        "id": name,
        "data": data,
        "stroked": False,
        **more,
        "_subLayerProps": dict(look),
    }


def _text(
    name: str, told: Sequence[tuple[str, float, float]], size: int, ink: Colour, is_on_card: bool = False
) -> Layer:
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": [{"t": said, "p": [lon, lat]} for said, lon, lat in told],
        "getText": "@@=t",
        "getPosition": "@@=p",
        "getSize": size,
        "characterSet": "auto",
        "fontFamily": FONT,
        "background": is_on_card,
        "getBackgroundColor": colours.card(205),
        "backgroundPadding": [5, 2, 5, 2],
        "_subLayerProps": {"characters": {"getColor": ink}},
    }


def _painted(accessor: str, colour: str, digits: str) -> dict[str, Any]:
    return {accessor: colour, "updateTriggers": {accessor: digits}}


def _by_digit(shown: Sequence[Colour], digits: str, number: str = "properties.n") -> str:
    return f"@@={_list(shown)}[('{digits}')[{number}]]"


def _by_kind(shown: Sequence[Colour]) -> str:
    return f"@@={_list(shown)}[properties.k]"


def _list(shown: Sequence[Colour]) -> str:
    """In brackets: deck.gl's expressions look nothing up in a bare list."""
    return "([" + ",".join(f"[{','.join(map(str, each))}]" for each in shown) + "])"


def _round_length(about_m: float) -> float:
    """The longest of 1, 2, 5 times a power of ten that is not longer."""
    size = 10.0 ** math.floor(math.log10(max(about_m, 1)))
    return max(each * size for each in ROUND_M if each * size <= max(about_m, 1))
