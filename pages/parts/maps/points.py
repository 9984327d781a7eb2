"""Subjects with a position, as points a browser fetches once: where, which mark, and what is said of each."""

import hashlib
from functools import lru_cache

import pandas as pd

from pages.parts import labels, theme, words
from pages.parts.maps import colours, shapes, shelf
from pages.parts.maps.ground import PLACES
from pages.parts.maps.layers import Layer

# Marks grow with the zoom between these sizes, the ring included; many begin smaller.
LARGEST_PX, METRES = 34, 42
SMALLEST_PX = ((1_500, 22), (5_000, 17), (float("inf"), 13))
# A machine without a graphics card draws more than these anew too slowly to light up the one pointed at:
# the click that follows comes too late to count as one.
MOST_LIT = 1_500
TOLD = ("enterprise_key", "name", "community", "colour", "is_stale", "lon", "lat")


def layer(placed: pd.DataFrame, name: str) -> Layer:
    """Every subject with a position; the worse colour lies above the better one.

    The layer's name changes with every click, which forgets the click: see `layers.picked`.
    """
    return {
        "@@type": "IconLayer",
        "id": name,
        "data": shelf.lend(sheet(placed)),
        "iconAtlas": shapes.picture(),
        "iconMapping": shapes.places(),
        "getPosition": "@@=p",
        "getIcon": "@@=i",
        "getSize": METRES,
        "sizeUnits": "meters",
        "sizeMinPixels": next(size for most, size in SMALLEST_PX if len(placed) <= most),
        "sizeMaxPixels": LARGEST_PX,
        "pickable": True,
        "autoHighlight": len(placed) <= MOST_LIT,
        "highlightColor": colours.accent(120),
        "alphaCutoff": 0.3,
    }


def sheet(placed: pd.DataFrame) -> shelf.Sheet:
    """The points as a browser fetches them: `p` where, `i` which mark, `t` and `s` what is said, `k` the key.

    Kept by a hash of every cell, so that a page that runs again writes nothing again.
    """
    told = placed[list(TOLD)].reset_index(drop=True)
    hashed = pd.util.hash_pandas_object(told, index=False)
    found = _sheets(hashlib.sha256(hashed.to_numpy().tobytes()).hexdigest())
    if not found:
        found.append(shelf.sheet(_written(told)))
    return found[0]


@lru_cache(maxsize=32)
def _sheets(_hash: str) -> list[shelf.Sheet]:
    """Where the sheet of this hash is kept, once it is written."""
    return []


def _written(told: pd.DataFrame) -> list[dict[str, object]]:
    order = list(shapes.LETTERS)
    shown = [shapes.known(colour) for colour in told["colour"].tolist()]
    columns = [told[name].tolist() for name in TOLD if name != "colour"]
    drawn = sorted(zip(shown, *columns, strict=True), key=lambda each: order.index(each[0]))
    return [
        {
            "p": [round(lon, PLACES), round(lat, PLACES)],
            "i": shapes.LETTERS[colour] + shapes.STALE * bool(is_stale),
            "t": _text(name),
            "s": _said(colour, community, bool(is_stale)),
            "k": str(enterprise_key),
        }
        for colour, enterprise_key, name, community, is_stale, lon, lat in drawn
    ]


def _said(colour: str, community: object, is_stale: bool) -> str:
    old = f"，{labels.label('is_stale')}" if is_stale else ""
    return f"{theme.MARKS[colour]} {theme.WORDS[colour]}{old}\n{_text(community)}".strip()


def _text(cell: object) -> str:
    return "" if words.is_missing(cell) else str(cell)
