"""沉默网格: where people keep quiet about what they see, so that quiet is not taken for safe."""

import html

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, filters, labels, maps, notices, page, proof, tables, words
from pages.parts.ask import ask
from pages.parts.maps import land, looks, scale
from pages.parts.maps.ground import Ground
from queries import Scope, reports

MEASURE = "detection_days"
EXPECTED = "灰色是无人上报的，画线的是可见不足 20 天、样本不足的；点一个网格，各页只看它。"
SPANS = ("90", "180", "365")
SHOWN = 12
ROOM = (600, 520)
DRAWN = "半数可能在这么多天内有人报，线段是 95% 区间；样本少的网格向全街道靠拢。"
SHORT: list[str | tuple[str, ...]] = [
    ("grid_name", "voice"),
    ("report_count", "incident_count"),
    ("repeat_count", "exposed_days"),
    ("detection_days", "detection_days_low", "detection_days_high"),
    ("unseen_count", "unseen_count_low", "unseen_count_high"),
    "found_otherwise_count",
]
LONG = [
    "grid_name",
    "voice",
    "report_count",
    "incident_count",
    "repeat_count",
    "exposed_days",
    "repeats_per_day",
    "reports_per_day",
    "reports_per_day_low",
    "reports_per_day_high",
    "detection_days",
    "detection_days_low",
    "detection_days_high",
    "unseen_count",
    "unseen_count_low",
    "unseen_count_high",
    "found_otherwise_count",
]


def show(scope: Scope) -> None:
    """How keen each grid is to report, the quiet ones and the unknown ones named."""
    st.subheader("沉默网格", anchor=False)
    notices.quiet(
        "一件事报上来以后、处置之前，同一个网格里又有几个人报它，说明那里的人看见了肯不肯说。"
        "报得少不等于问题少：没有人报的网格是未知，不是平安。"
    )
    days = int(page.one_of("listen", SPANS, lambda span: f"近 {span} 天"))
    rows = proof.placed(ask(reports.silent_grids, scope, days=days))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        # a chosen grid is outlined among the others, so that the next one can be clicked
        everywhere = proof.placed(ask(reports.silent_grids, land.everywhere(scope), days=days))
        _exhibit("同样一件事，多久才有人报", everywhere, "silence_map", days, land.under(_map), EXPECTED)
    with right:
        known = rows[rows["detection_days"].notna()]
        _exhibit("最慢的和最快的", known, "detection", days, _bars, DRAWN)
    _exhibit("哪些网格没有声音", rows, "silent_grids", days, _listed, _told(rows))


def _exhibit(title: str, rows: pd.DataFrame, key: str, days: int, draw: exhibit.Draw, note: str) -> None:
    empty = "台账里没有重复上报的记录，或样本都不足，估不出来。"
    exhibit.show(title, rows, LONG, key, draw, reports.silent_grids, {"days": days}, empty, note)


def _told(rows: pd.DataFrame) -> str:
    counts = rows["voice"].value_counts()
    parts = [
        f"{labels.said('voice', voice)} {counts[voice]} 个"
        for voice in ("unknown", "quiet", "usual", "keen", "too_few", "not_told")
        if voice in counts
    ]
    return f"{'，'.join(parts)}。“预计未见”假定没人报的事 14 天后自行消失，只供参考。"


def _map(ground: Ground, rows: pd.DataFrame) -> None:
    shown = rows.assign(
        value=rows["detection_days"],
        value_low=rows["detection_days_low"],
        value_high=rows["detection_days_high"],
        numerator=rows["repeat_count"],
        denominator=rows["exposed_days"],
        is_reported=rows["voice"] != "unknown",
        is_small=rows["detection_days"].isna(),
    )
    look = looks.of_rows(ground, shown, scale.sequential(labels.term(MEASURE), looks.clear(shown)))
    chosen = filters.current().grids
    maps.grids(ground, look, "silence", looks.said(shown, MEASURE), chosen, land.clicker(ground, shown), ROOM)


def _listed(rows: pd.DataFrame) -> None:
    silent = rows[rows["voice"].isin(["unknown", "quiet"])]
    tables.short(silent.head(SHOWN), SHORT, "没有明显比全街道沉默的网格。", "沉默的网格")
    few = rows[rows["voice"] == "too_few"]["grid_name"]
    if len(few):
        st.html(f'<p class="quiet">样本不足：{html.escape("、".join(few))}。</p>')


def _bars(rows: pd.DataFrame) -> None:
    slowest = rows.sort_values("detection_days", ascending=False)
    shown = pd.concat([slowest.head(SHOWN - 4), slowest.tail(4)]).drop_duplicates("grid_code")
    ends = zip(shown["detection_days_low"], shown["detection_days_high"], strict=True)
    charts.bars(
        shown["grid_name"].tolist(),
        shown["detection_days"].tolist(),
        labels.term("detection_days"),
        "chart_detection",
        lows=shown["detection_days_low"].tolist(),
        highs=shown["detection_days_high"].tolist(),
        bases=[f"天（{words.number(round(low))}—{words.number(round(high))}）" for low, high in ends],
    )
