"""Charts as plain plotly specs: built in no time, in the theme's colours, their days written in Chinese."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.glossary import Word
from pages.parts import theme, words

HEIGHT_PX = 260
DAY_FORMAT = "%-m月%-d日"
QUIET = {"displayModeBar": False, "locale": "zh-CN"}


def days_line(days: Sequence[date], values: Sequence[float | None], word: Word, key: str) -> None:
    """One measure day by day; a day without a value leaves a gap."""
    spec = {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [day.isoformat() for day in days],
                "y": list(values),
                "name": word.label,
                "line": {"width": 2, "color": theme.colour("primaryColor")},
                "marker": {"size": 6},
                "hovertemplate": f"%{{x|{DAY_FORMAT}}}　%{{y}}<extra></extra>",
            }
        ],
        "layout": _layout(word, values),
    }
    st.plotly_chart(spec, key=key, config=QUIET, alt=_said(days, values, word))


def _layout(word: Word, values: Sequence[float | None]) -> dict[str, Any]:
    return {
        "height": HEIGHT_PX,
        "margin": {"l": 48, "r": 12, "t": 12, "b": 32},
        "showlegend": False,
        "xaxis": {"type": "date", "tickformat": DAY_FORMAT, "showgrid": False, "tickangle": 0, "nticks": 5},
        "yaxis": _rates(values) if word.unit == "%" else {"tickformat": ",d", "rangemode": "tozero"},
        "hovermode": "x",
    }


def _rates(values: Sequence[float | None]) -> dict[str, Any]:
    """An axis of at least ten points, so that a ripple does not look like a wave."""
    known = [value for value in values if value is not None] or [0.0]
    middle, reach = (min(known) + max(known)) / 2, max((max(known) - min(known)) * 0.6, 0.05)
    return {"tickformat": ".0%", "range": [max(middle - reach, -0.005), min(middle + reach, 1.005)]}


def _said(days: Sequence[date], values: Sequence[float | None], word: Word) -> str:
    pairs = zip(days, values, strict=True)
    told = [f"{words.day(day)} {words.value(value, word.unit)}" for day, value in pairs]
    return f"{word.label}逐日：{'，'.join(told)}"
