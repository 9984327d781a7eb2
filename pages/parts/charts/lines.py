"""Lines over days, weeks or any other order: one measure, now and as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.glossary import Word
from pages.parts import theme, words
from pages.parts.charts import spec


@dataclass(frozen=True)
class Series:
    """One line: its name, its places and values; `said` are the places in words, for the pointer.

    A line that `is_before` is what the others are compared with: thin, grey and dotted.
    """

    name: str
    places: Sequence[date | str | float]
    values: Sequence[float | None]
    said: Sequence[str] = ()
    is_before: bool = False


def lines(series: Sequence[Series], word: Word, key: str) -> None:
    """Lines of one measure over the same places; a place without a value leaves a gap."""
    shown = [value for each in series for value in spec.known(each.values)]
    is_days = any(isinstance(at, date) for each in series for at in each.places)
    layout = spec.frame() | {
        "xaxis": spec.day_axis(series[0].places) if is_days else {"showgrid": False},
        "yaxis": spec.value_axis(word, shown),
        "hovermode": "x unified",
    }
    if len(series) > 1:
        layout |= spec.legend()
    said = "；".join(f"{each.name} {_told(each, word)}" for each in series)
    spec.draw([_line(each, word) for each in series], layout, key, f"{word.label}：{said}")


def days_line(days: Sequence[date], values: Sequence[float | None], word: Word, key: str) -> None:
    """One measure day by day."""
    lines([Series(word.label, days, values)], word, key)


def _line(series: Series, word: Word) -> dict[str, Any]:
    quiet = {"color": theme.ink("muted"), "width": 1.5, "dash": "dot"}
    drawn = [words.value(value, word.unit) for value in spec.known(series.values)]
    return {
        "type": "scatter",
        "mode": "lines" if series.is_before else "lines+markers",
        "x": [spec.place(at) for at in series.places],
        "y": spec.known(series.values),
        "name": spec.plain(series.name),
        "connectgaps": False,
        "line": quiet if series.is_before else {"width": 2},
        "marker": {"size": 6},
        "customdata": list(zip(series.said or [""] * len(drawn), drawn, strict=True)),
        "hovertemplate": "%{customdata[0]} <b>%{customdata[1]}</b>",
    }


def _told(series: Series, word: Word) -> str:
    places = series.said or [words.day(at) if isinstance(at, date) else str(at) for at in series.places]
    return spec.pairs(list(places), series.values, word)
