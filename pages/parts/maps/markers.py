"""Enterprises and shops on the map, each a point told by colour and by shape; a click says which one."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache

import pandas as pd
import streamlit as st

from pages.parts import ask, labels, notices, theme, words
from pages.parts.maps import colours, deck, land, layers, legend, orientation, shapes, shelf, tips
from pages.parts.maps.ground import PLACES, Bounds, Ground
from pages.parts.maps.layers import Layer

ROOM: deck.Room = (deck.WIDTH_PX, 640)
# Marks grow with the zoom between these sizes, the ring included; many begin smaller.
LARGEST_PX, METRES = 34, 42
SMALLEST_PX = ((1_500, 22), (5_000, 17), (float("inf"), 13))
# A machine without a graphics card draws more than these anew too slowly to light up the one pointed at:
# the click that follows comes too late to count as one.
MOST_LIT = 1_500
# The names' cards lie above the marks and let them show.
THIN = 140
# Beside a single point as much is shown as beside a few: some 600 m.
NARROWEST_DEGREES = 0.006
NOBODY = "这里没有可画的对象。"
NOWHERE = "一家也没有坐标，也没有网格边界，画不出地图；名单照常。"
TOLD = ("enterprise_key", "name", "community", "colour", "is_stale", "lon", "lat")


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
    marks = summaries(known, others, is_named=not names) if known else []
    bounds = known.bounds if known else around(placed)
    clicks = st.session_state.get(_clicks(key), 0)
    stack = [
        *([layers.under(here)] if here else []),
        *([_ground(known)] if known else []),
        *(layers.over(here) if here else []),
        *(layers.compass(known.bounds, known.width_m) if known else []),
        points(placed, f"subjects-{clicks}"),
        *([{**layers.names(names), "getBackgroundColor": colours.card(THIN)}] if names else []),
        _summed(marks),
    ]
    with st.container(key=f"map_{key}", gap=None):
        made = deck.Deck(stack, bounds, tips.CELL, ROOM)
        st.pydeck_chart(made, height=ROOM[1], key=key, alt=said(rows), on_select=lambda: _remember(key))
        legend.show(*_legend(rows))
    if not others.empty:
        notices.quiet(without_place(others, sum(count for *_, count in marks)))
    if away := outside(placed, bounds):
        notices.quiet(f"{words.number(away)} 家的坐标在网格范围以外，把地图缩小才看得见。")
    picked = st.session_state.pop(_picked(key), None)
    return str(picked) if picked and placed["enterprise_key"].astype(str).eq(picked).any() else None


def points(placed: pd.DataFrame, name: str) -> Layer:
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
    shown = [_colour(colour) for colour in told["colour"].tolist()]
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


def _colour(cell: object) -> str:
    """A colour of the house; whatever else is told is unrated."""
    return str(cell) if cell in theme.MARKS else "unrated"


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many wear each colour, the worst first; colours nobody wears are left out."""
    found = dict.fromkeys(theme.MARKS, 0)
    for cell, count in rows["colour"].value_counts(dropna=False).items():
        found[_colour(cell)] += int(count)
    return {name: count for name, count in found.items() if count}


def marked(counted: Mapping[str, int]) -> str:
    """■3 ▲5 ●40."""
    return " ".join(f"{theme.MARKS[name]}{words.number(n)}" for name, n in counted.items() if n)


def summaries(
    known: Ground, others: pd.DataFrame, is_named: bool = False
) -> list[tuple[str, float, float, int]]:
    """For every grid that has a polygon and subjects without a position: ■3 ▲5 ●40, where, and how many.

    With `is_named` the grid's name stands above, where no community's name is on the map.
    """
    numbers = known.numbers
    found: dict[str, dict[str, int]] = {}
    told = others[["grid_code", "colour"]].value_counts(sort=False, dropna=False)
    for (code, cell), count in zip(told.index, told.tolist(), strict=True):
        own = found.setdefault(str(code), dict.fromkeys(theme.MARKS, 0))
        own[_colour(cell)] += count
    return [
        (f"{name}\n{marked(own)}" if is_named else marked(own), lon, lat, sum(own.values()))
        for code, own in sorted(found.items())
        if code in numbers
        for name, lon, lat in [known.middles[numbers[code]]]
    ]


def without_place(others: pd.DataFrame, drawn: int) -> str:
    """How many have no position, and whether they are counted on the map."""
    count = words.number(len(others))
    if not drawn:
        return f"另有 {count} 家没有坐标，图上没有画（{marked(counts(others))}）。"
    rest = f"；其中 {words.number(len(others) - drawn)} 家的网格没有边界，图上没有" * (drawn < len(others))
    return f"另有 {count} 家没有坐标，在所在网格里合计为一个记号{rest}（{marked(counts(others))}）。"


def outside(placed: pd.DataFrame, bounds: Bounds) -> int:
    """How many lie where the map does not look at first: most often a coordinate that is wrong."""
    west, south, east, north = bounds
    is_inside = placed["lon"].between(west, east) & placed["lat"].between(south, north)
    return int((~is_inside).sum())


def around(placed: pd.DataFrame) -> Bounds:
    """The bounds that hold every point with some air."""
    (west, east), (south, north) = (
        (float(placed[name].min()), float(placed[name].max())) for name in ("lon", "lat")
    )
    more = max(NARROWEST_DEGREES - max(east - west, north - south), 0) / 2 + NARROWEST_DEGREES / 6
    return west - more, south - more, east + more, north + more


def said(rows: pd.DataFrame) -> str:
    """The map in one sentence."""
    told = "，".join(f"{theme.WORDS[name]} {words.number(count)} 家" for name, count in counts(rows).items())
    return f"全景图：{told}"


def _legend(rows: pd.DataFrame) -> tuple[str, list[legend.Entry], str]:
    """Every shape with its word and count, all of them, and the ring."""
    drawn = dict.fromkeys(theme.MARKS, 0) | counts(rows)
    entries = [(_swatch(name), f"{theme.WORDS[name]} {words.number(count)}") for name, count in drawn.items()]
    if stale := int(rows["is_stale"].fillna(False).astype(bool).sum()):
        ring = "width:.75rem;border-radius:50%;background:none;box-shadow:0 0 0 1.5px var(--text) inset"
        entries.append((ring, f"{labels.label('is_stale')} {words.number(stale)}"))
    return f"{words.number(len(rows))} 家", entries, ""


def _swatch(name: str) -> str:
    shape = {
        "red": "border-radius:0;scale:.9",
        "yellow": "border-radius:0;clip-path:polygon(50% 4%,100% 96%,0 96%)",
        "green": "border-radius:50%",
        "unrated": "border-radius:0;background:none;rotate:45deg;scale:.75;"
        "box-shadow:0 0 0 2px var(--unrated-fill) inset",
    }
    return f"width:.75rem;background:var(--{name}-fill);{shape[name]}"


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


def _summed(marks: Sequence[tuple[str, float, float, int]]) -> Layer:
    """What is counted in grids, on small cards; where two would cover each other, one waits for the zoom."""
    return {
        **layers.names([mark[:3] for mark in marks]),
        "id": "summed",
        "getBorderColor": colours.ink(150),
        "getBorderWidth": 1,
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
