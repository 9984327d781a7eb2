"""What the reader chooses on 网格热力; every choice stands in the link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts import labels, page
from pages.parts.series import SAID
from queries import grids
from queries.scope import COMPARISONS

VIEWS = {"grid": "网格", "hex": "六边形", "glow": "热力", "spots": "冷热点"}
TIMES = {"one": "本期", "play": "播放", "periods": "两期并排", "change": "两期之差", "measures": "两项并排"}
POINTS = {"hazard": "隐患", "patrol": "巡查", "report": "上报"}
MEASURES_OF_POINTS = {"hazard": "filed", "patrol": "visit_count", "report": "report_count"}
SIZES = {"9": "中格", "8": "大格", "10": "小格"}
# A week's points tell more than chance only over large cells.
SIZES_OF_SPOTS = {"8": "大格", "9": "中格", "10": "小格"}
STEPS = {"week": "逐周", "day": "逐日", "lunar_day": "春运农历逐日"}
AGAINST = {name: SAID[name] for name in COMPARISONS}


@dataclass(frozen=True)
class Chosen:
    """What is to be drawn; a choice the view does not need is empty.

    `time` is one of TIMES; `step` how frames follow each other, `versus` what the period is set against,
    `second` the measure beside the first, `size` an H3 resolution.
    """

    view: str
    measure: str
    time: str = "one"
    step: str = ""
    versus: str = ""
    second: str = ""
    points: str = ""
    size: int = 0


def bar() -> Chosen:
    """The choices side by side, only those the view needs."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="heat_choices"):
        view = _one_of("view", VIEWS)
        if view != "grid":
            points = _one_of("points", POINTS)
            sizes = SIZES_OF_SPOTS if view == "spots" else SIZES
            size = 0 if view == "glow" else int(_one_of("size", sizes))
            return Chosen(view, MEASURES_OF_POINTS[points], points=points, size=size)
        measure, time = _measure("measure", "visit_count"), _one_of("time", TIMES)
        return Chosen(
            view,
            measure,
            time,
            step=_one_of("step", STEPS) if time == "play" else "",
            versus=_one_of("against", AGAINST) if time in ("periods", "change") else "",
            second=_measure("measure2", "overdue_stock") if time == "measures" else "",
        )


def _measure(key: str, first: str) -> str:
    """One measure of the glossary that can be mapped."""
    chosen = st.selectbox(
        "指标",
        grids.MEASURES,
        index=grids.MEASURES.index(first),
        format_func=labels.label,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
        width=240,
    )
    return str(chosen)


def _one_of(key: str, said: dict[str, str]) -> str:
    options: Sequence[str] = list(said)
    worded: Callable[[str], str] = said.__getitem__
    return page.one_of(key, options, worded)
