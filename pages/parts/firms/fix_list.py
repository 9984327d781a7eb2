"""三色推演: the smallest set of fixes for a better colour, and the one thing more that costs a level."""

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from pages.parts import charts, exhibit, labels, theme, words
from pages.parts.ask import ask
from pages.parts.firms import choice
from queries import Scope, subject_card

FIXES = ["scheme", "wanted_colour", "move_no", "fact_label", "move_count", "is_wait", "lapses_on", "mend",
         "score_after", "earliest_on"]  # fmt: skip
WORSE_SHOWN = 8


def show(enterprise_key: str, scope: Scope) -> None:
    """What turns it yellow and green, as a list to act on; then what must not happen."""
    values = {"enterprise_key": enterprise_key}
    fixes, worse = ask(subject_card.fixes, scope, **values), ask(subject_card.worsenings, scope, **values)
    exhibit.show(
        "三色推演：怎么转绿",
        fixes,
        FIXES,
        "fixes",
        lambda told: st.html(ways(told)),
        subject_card.fixes,
        values,
        empty="已经是绿的，或颜色不按规则算。",
        note="最小的整改集：少一处都不够。日期按明天改好、别的不再发生推算，每月评定一次。",
    )
    exhibit.show(
        "再多一处就降级",
        worse,
        ["scheme", "colour", "fact_label", "worse_colour"],
        "worsenings",
        lambda told: st.html(_edges(told)),
        subject_card.worsenings,
        values,
        empty="已经是红的，或颜色不按规则算。",
    )


def dimensions(enterprise_key: str, scope: Scope) -> None:
    """The points each dimension leaves it, scheme by scheme."""
    values = {"enterprise_key": enterprise_key}
    rows = ask(subject_card.dimensions, scope, **values)
    for scheme in rows["scheme"].unique().tolist():
        _dimensions(rows[rows["scheme"] == scheme], scheme, values)


def _dimensions(rows: pd.DataFrame, scheme: str, values: Mapping[str, Any]) -> None:
    exhibit.show(
        f"各维度得分（{choice.narrowed(scheme)}）",
        rows,
        ["dimension_title", "points_left", "full_points", "lost_points"],
        f"dimensions_{scheme}",
        lambda told: charts.bars(
            told["dimension_title"].tolist(),
            told["points_left"].tolist(),
            labels.term("points_left"),
            f"chart_dimensions_{scheme}",
            bases=[f"/ {words.number(full)} 分" for full in told["full_points"]],
        ),
        subject_card.dimensions,
        values,
    )


def ways(fixes: pd.DataFrame) -> str:
    """One block for each better colour: what to put right, the points after, the earliest day."""
    blocks = [
        _way(str(scheme), str(colour), moves.to_dict("records"))
        for (scheme, colour), moves in fixes.groupby(["scheme", "wanted_colour"], sort=False)
    ]
    return f'<div class="ways">{"".join(blocks)}</div>'


def _way(scheme: str, colour: str, moves: list[dict[Any, Any]]) -> str:
    first = moves[0]
    due = first["earliest_on"]
    when = "两年内到不了" if words.is_missing(due) else f"最早 {words.day(due.date(), settings.today())}"
    after = f"改后 {words.number(first['score_after'])} 分，{html.escape(when)}"
    head = f"<h5>转{theme.chip(colour)}<span>{after}</span></h5>"
    made = [move for move in moves if move["move_no"] > 0]
    if not made:
        return f"<section>{head}<p>不用再整改，只等连续合格和停留期满。</p></section>"
    items = "".join(f"<li>{_move(move)}</li>" for move in made)
    return f"<section>{head}<ol>{items}</ol></section>"


def _move(move: Mapping[Any, Any]) -> str:
    told = f"<b>{html.escape(str(move['fact_label']))}</b> {words.number(move['move_count'])} 处："
    if move["is_wait"]:
        day = move["lapses_on"]
        until = "" if words.is_missing(day) else f"，到 {words.day(day.date(), settings.today())}"
        return f"{told}只能等{html.escape(str(move['mend']))}{html.escape(until)}"
    return told + html.escape(str(move["mend"]))


def _edges(worse: pd.DataFrame) -> str:
    shown = worse.head(WORSE_SHOWN)
    items = "".join(
        f"<li>{html.escape(str(row['fact_label']))} → {theme.chip(str(row['worse_colour']))}</li>"
        for row in shown.to_dict("records")
    )
    rest = f'<p class="quiet">共 {len(worse)} 项，其余在“数据”里。</p>' if len(worse) > WORSE_SHOWN else ""
    return f'<ul class="edges">{items}</ul>{rest}'
