"""How many subjects wear each colour: in the legend, in a sentence, by grid where positions are missing."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pages.parts import labels, theme, words
from pages.parts.maps import colours, layers, legend, shapes
from pages.parts.maps.ground import Bounds, Ground
from pages.parts.maps.layers import Layer


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many wear each colour, the worst first; colours nobody wears are left out."""
    found = dict.fromkeys(theme.MARKS, 0)
    for cell, count in rows["colour"].value_counts(dropna=False).items():
        found[shapes.known(cell)] += int(count)
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
        own[shapes.known(cell)] += count
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


def said(rows: pd.DataFrame) -> str:
    """The map in one sentence."""
    told = "，".join(f"{theme.WORDS[name]} {words.number(count)} 家" for name, count in counts(rows).items())
    return f"全景图：{told}"


def explained(rows: pd.DataFrame) -> tuple[str, list[legend.Entry], str]:
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


def in_grids(marks: Sequence[tuple[str, float, float, int]]) -> Layer:
    """What is counted in grids, on small cards; where two would cover each other, one waits for the zoom."""
    return {
        **layers.names([mark[:3] for mark in marks]),
        "id": "summed",
        "getBorderColor": colours.ink(150),
        "getBorderWidth": 1,
    }
