"""Survival curves: the share that is still open so many days on, a step at every closing."""

from collections.abc import Mapping, Sequence

from data.glossary import Word
from pages.parts import words
from pages.parts.charts import spec


def steps(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float | None]]],
    word: Word,
    key: str,
    across: str = "天",
) -> None:
    """One falling curve for each name: its places, in the unit `across`, and the share there."""
    layout = spec.frame() | {
        "xaxis": {"showgrid": False, "rangemode": "tozero", "ticksuffix": f" {across}", "nticks": 8},
        "yaxis": {"tickformat": ".0%", "range": [0, 1.02]},
        "hovermode": "x unified",
    }
    if len(curves) > 1:
        layout |= spec.legend()
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": spec.plain(name),
            "x": list(places),
            "y": spec.known(shares),
            "line": {"shape": "hv", "width": 2},
            "hovertemplate": "%{y:.1%}",
        }
        for name, (places, shares) in curves.items()
    ]
    said = "；".join(f"{name} {_told(places, shares, across)}" for name, (places, shares) in curves.items())
    spec.draw(traces, layout, key, f"{word.label}：{said}")


def _told(places: Sequence[float], shares: Sequence[float | None], across: str) -> str:
    """Where a curve passes three quarters, half and a quarter."""
    found = []
    for mark in (0.75, 0.5, 0.25):
        past = [
            at
            for at, share in zip(places, spec.known(shares), strict=True)
            if share is not None and share <= mark
        ]
        found.append(
            f"{words.percent(mark)} 在第 {past[0]:.0f} {across}" if past else f"未降到 {words.percent(mark)}"
        )
    return "，".join(found)
