"""Bars: things compared with one another, with their intervals where they have any."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from data.glossary import Word
from pages.parts import theme, words
from pages.parts.charts import spec

NAME_PX = 14
SHORTEST_PX, LONGEST_PX = 72, 260


def bars(
    names: Sequence[str],
    values: Sequence[float | None],
    word: Word,
    key: str,
    lows: Sequence[float | None] = (),
    highs: Sequence[float | None] = (),
    bases: Sequence[str] = (),
    chooses: str = "",
    chosen: str = "",
) -> None:
    """Lying bars, the first on top, as they are ordered; whiskers where an interval is given.

    `bases` say what each was counted from, such as 43 / 52. `chooses` names the page's choice that a click
    sets; `chosen` is drawn full, the others pale.
    """
    shown = spec.known(values)
    longest = max((len(name) for name in names), default=4)
    layout = spec.frame(left=min(max(longest * NAME_PX, SHORTEST_PX), LONGEST_PX))
    layout |= {
        "height": 56 + spec.LINE_PX * max(len(names), 2),
        "xaxis": {"tickformat": ".0%" if word.unit == "%" else ",~r", "nticks": 5},
        "yaxis": {"autorange": "reversed", "type": "category", "showgrid": False},
        "bargap": 0.35,
    }
    told = [f"{words.value(value, word.unit)} {base}".strip() for value, base in _with(shown, bases)]
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": shown,
        "y": [spec.plain(name) for name in names],
        "customdata": [list(pair) for pair in zip(names, told, strict=True)],
        "hovertemplate": "%{y} <b>%{customdata[1]}</b><extra></extra>",
        "marker": {
            "color": theme.colour("primaryColor"),
            "opacity": [1.0 if chosen in ("", name) else 0.35 for name in names],
        },
    }
    if len(lows) and len(highs):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": _apart(spec.known(highs), shown),
            "arrayminus": _apart(shown, spec.known(lows)),
            "color": theme.ink("muted"),
            "thickness": 1.5,
            "width": 4,
        }
    ends = [max(each, default=0.0) for each in _pairs(shown, spec.known(highs))]
    layout["xaxis"]["range"] = [0, 1.3 * (max(ends, default=0.0) or 1.0)]
    spec.draw(
        [trace, _written(names, ends, told)],
        layout,
        key,
        f"{word.label}：{spec.pairs(names, values, word)}",
        chooses,
    )


def stacked(
    places: Sequence[date | str],
    parts: Mapping[str, Sequence[float | None]],
    word: Word,
    key: str,
    fills: Mapping[str, str] | None = None,
) -> None:
    """Standing bars made of parts, over days, weeks or bins; a part's name stands in the legend.

    `fills` give parts a colour of their own, whichever others are there.
    """
    is_days = any(isinstance(at, date) for at in places)
    layout = spec.frame() | {
        "barmode": "stack",
        "bargap": 0.25,
        "xaxis": spec.day_axis(places) if is_days else {"type": "category", "showgrid": False},
        "yaxis": {"tickformat": ",~r", "rangemode": "tozero", "nticks": 6},
        "hovermode": "x unified",
    }
    if len(parts) > 1:
        layout |= spec.legend()
    traces = [
        {
            "type": "bar",
            "name": spec.plain(name),
            "x": [spec.place(at) for at in places],
            "y": spec.known(values),
            "hovertemplate": f"%{{y:,}} {word.unit}",
            "marker": {"color": fills[name]} if fills else {},
        }
        for name, values in parts.items()
    ]
    told = [words.day(at) if isinstance(at, date) else at for at in places]
    said = "；".join(f"{name} {spec.pairs(told, values, word)}" for name, values in parts.items())
    spec.draw(traces, layout, key, f"{word.label}：{said}")


def _written(names: Sequence[str], ends: Sequence[float], told: Sequence[str]) -> spec.Spec:
    """Every value in words behind the end of its bar or whisker."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(ends),
        "y": [spec.plain(name) for name in names],
        "text": [f" {text}" for text in told],
        "textposition": "middle right",
        "hoverinfo": "skip",
    }


def _pairs(shown: Sequence[float | None], highs: Sequence[float | None]) -> list[list[float]]:
    padded = highs or [None] * len(shown)
    return [[each for each in pair if each is not None] for pair in zip(shown, padded, strict=True)]


def _with(shown: Sequence[float | None], bases: Sequence[str]) -> list[tuple[float | None, str]]:
    return list(zip(shown, bases or [""] * len(shown), strict=True))


def _apart(highs: Sequence[float | None], lows: Sequence[float | None]) -> list[float]:
    return [
        0.0 if high is None or low is None else max(high - low, 0.0)
        for high, low in zip(highs, lows, strict=True)
    ]
