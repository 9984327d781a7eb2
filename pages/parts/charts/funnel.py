"""The funnel plot: rates over what they were counted from, and how far chance alone would carry them."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.glossary import Word
from pages.parts import theme, words
from pages.parts.charts import spec


@dataclass(frozen=True)
class Limits:
    """One pair of curves, such as 95 %: for every size the lowest and highest rate chance explains."""

    name: str
    sizes: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]


def funnel(
    names: Sequence[str],
    sizes: Sequence[float],
    rates: Sequence[float | None],
    middle: float | None,
    limits: Sequence[Limits],
    word: Word,
    key: str,
    named: Sequence[str] = (),
    chooses: str = "",
) -> None:
    """A point for each name; those in `named` are written beside it. `middle` is the rate of all together."""
    shown = spec.known(rates)
    edges = [value for each in limits for value in (*each.lows, *each.highs)]
    layout = spec.frame(height=320) | {
        "xaxis": {"rangemode": "tozero", "tickformat": ",d", "title": {"text": "分母（件）"}, "nticks": 8},
        "yaxis": spec.rate_axis([*shown, *edges]),
        "margin": {"l": 48, "r": 12, "t": 12, "b": 52},
    }
    traces = [
        _curve(each.name, each.sizes, edge, "dot" if nth else "dash")
        for nth, each in enumerate(limits)
        for edge in (each.lows, each.highs)
    ]
    if middle is not None and limits:
        ends = [limits[0].sizes[0], limits[0].sizes[-1]]
        traces.append(_curve("整体", ends, [middle, middle], "solid"))
    points = list(zip(names, sizes, shown, strict=True))
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [size for _, size, _ in points],
            "y": [rate for *_, rate in points],
            "text": [spec.plain(name) if name in named else "" for name in names],
            "textposition": "bottom center",
            "customdata": [[name, spec.plain(name), words.percent(rate)] for name, _, rate in points],
            "hovertemplate": "%{customdata[1]} <b>%{customdata[2]}</b>，分母 %{x:,}<extra></extra>",
            "marker": {"size": 9, "color": theme.colour("primaryColor")},
        }
    )
    spec.draw(traces, layout, key, f"{word.label}漏斗图：{spec.pairs(names, rates, word)}", chooses)


def _curve(name: str, sizes: Sequence[float], edge: Sequence[float], dash: str) -> spec.Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(sizes),
        "y": list(edge),
        "line": {"color": theme.ink("muted"), "width": 1, "dash": dash},
        "hoverinfo": "skip",
    }
