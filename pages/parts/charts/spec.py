"""What all charts share: their frame, their axes, and how a click on one becomes a choice of the page."""

import html
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.glossary import Word
from pages.parts import theme, words

HEIGHT_PX, LINE_PX = 260, 28
DAY_FORMAT = "%-m月%-d日"
QUIET = {"displayModeBar": False, "locale": "zh-CN"}
Spec = dict[str, Any]


def draw(traces: list[Spec], layout: Spec, key: str, said: str, chooses: str = "") -> None:
    """Show a chart. With `chooses`, a click on a mark writes its name into that choice of the page.

    A mark keeps its name first in its `customdata`; a double click beside the marks takes the choice back.
    """
    spec = {"data": traces, "layout": layout}
    if not chooses:
        st.plotly_chart(spec, key=key, config=QUIET, alt=said)
        return
    layout |= {"clickmode": "event+select", "dragmode": False}
    st.plotly_chart(
        spec,
        key=key,
        config=QUIET,
        alt=said,
        on_select=lambda: _choose(key, chooses),
        selection_mode="points",
    )


def frame(height: int = HEIGHT_PX, left: int = 48) -> Spec:
    """The layout without its axes."""
    return {
        "height": height,
        "margin": {"l": left, "r": 12, "t": 12, "b": 36},
        "showlegend": False,
        "hoverlabel": {"align": "left"},
        "colorway": theme.palette(),
    }


def legend() -> Spec:
    """A legend in one line above the chart."""
    return {
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "margin": {"l": 48, "r": 12, "t": 36, "b": 36},
    }


def value_axis(word: Word, values: Sequence[float | None]) -> Spec:
    """The axis a measure stands on: rates in per cent around what there is, counts from zero."""
    return (
        rate_axis(values) if word.unit == "%" else {"tickformat": ",~r", "rangemode": "tozero", "nticks": 6}
    )


def rate_axis(values: Sequence[float | None]) -> Spec:
    """An axis of at least ten points, so that a ripple does not look like a wave."""
    known = [value for value in values if value is not None] or [0.0]
    middle, reach = (min(known) + max(known)) / 2, max((max(known) - min(known)) * 0.6, 0.05)
    return {"tickformat": ".0%", "range": [max(middle - reach, -0.005), min(middle + reach, 1.005)]}


def day_axis(places: Sequence[Any]) -> Spec:
    """Days written as in Chinese, under at most six of the places themselves."""
    step = -(-len(places) // 6) or 1
    ticks = [place(at) for at in places[::step]]
    return {"type": "date", "tickvals": ticks, "tickformat": DAY_FORMAT, "showgrid": False, "tickangle": 0}


def place(at: date | str | float) -> str | float:
    """A place on an axis: a day as plotly reads it, everything else as it is."""
    return at.isoformat() if isinstance(at, date) else at


def plain(name: str) -> str:
    """A name out of a file as a chart writes it: plotly would take what looks like a tag in it for one."""
    return html.escape(name, quote=False)


def known(values: Sequence[Any]) -> list[float | None]:
    """The values with None where there is none: a gap, never a zero."""
    return [None if words.is_missing(value) else float(value) for value in values]


def pairs(names: Sequence[str], values: Sequence[float | None], word: Word) -> str:
    """名称 值，名称 值, for a screen reader."""
    told = (
        f"{name} {words.value(value, word.unit)}" for name, value in zip(names, known(values), strict=True)
    )
    return "，".join(told)


def _choose(key: str, choice: str) -> None:
    marks = st.session_state[key]["selection"]["points"]
    st.session_state[choice] = marks[0]["customdata"][0] if marks else None
