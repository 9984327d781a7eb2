"""Tomorrow's round: where each community should go first and why, and whether it would have helped before."""

import html
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import exhibit, labels, notices, page, proof, tables, words
from pages.parts.ask import ask
from pages.parts.patrols import aftermath, replayed
from queries import Scope, rounds

CHOICE, BACK_TEST, AFTER_EFFECT = "round", "back_test", "after_effect"
CHOICES = {"go": "一天走得到的", "all": "全部网格"}
LISTED = [
    "grid_name",
    "round_no",
    "gap_days",
    "usual_gap",
    "hazards_per_day",
    "unseen_hazards",
    "red_yellow_due",
    "red_yellow_count",
    "overdue_stock",
    "weighted_wait",
]
PROVEN = [
    "community",
    "round_no",
    "grid_name",
    "is_in_round",
    "usual_grid_count",
    "last_visit_at",
    "gap_days",
    "usual_gap",
    "hazards_lately",
    "watched_days",
    "hazards_per_day",
    "unseen_hazards",
    "unseen_wait",
    "red_yellow_count",
    "red_yellow_due",
    "colour_weight",
    "weighted_wait",
    "open_stock",
    "overdue_stock",
]
DUE = ["name", "scheme", "colour", "interval_days", "last_visit_at", "visit_due_on"]


def show(scope: Scope) -> None:
    """The whole section: the order with its reasons, and, when asked, its back-test and the after-effect."""
    _suggestion(scope)
    left, right = st.columns(2, gap="medium")
    with left:
        if st.toggle("检验：过去 13 周按这个次序走会怎样", key=BACK_TEST, bind="query-params"):
            replayed.show(scope)
    with right:
        if st.toggle("余效：停留多久管用", key=AFTER_EFFECT, bind="query-params"):
            aftermath.show(scope)


def _suggestion(scope: Scope) -> None:
    rows = proof.placed(ask(rounds.suggestion, scope))
    picked = exhibit.show(
        "明天先去哪里",
        rows[rows["gap_days"].notna()],
        PROVEN,
        "suggestion",
        _listed,
        rounds.suggestion,
        scope=scope,
        empty="还没有巡查记录，排不出次序。",
        note="每个社区先去估计隐患等得最久的网格：日均隐患 × 未去天数 × 平均已等的一半天数，"
        "红黄对象到期未走访的最多加倍。只排走访先后，不给网格打分；选一行看理由。"
        "是不是真比先去最久未去的更好，打开下面的检验看。",
    )
    if picked:
        _reasons(scope, picked)


def _listed(rows: pd.DataFrame) -> dict[Hashable, Any] | None:
    """The grids that a community usually reaches in a day, or all of them; the one picked."""
    chosen = page.one_of(CHOICE, tuple(CHOICES), CHOICES.__getitem__)
    shown = rows[rows["is_in_round"]] if chosen == "go" else rows
    if shown.empty:
        notices.quiet("近 91 天没有巡查，说不出一天走得到几个网格；可看全部网格。")
        return None
    return tables.long(shown, LISTED, "suggestion", "明天先去哪里", selects=True)


def _reasons(scope: Scope, row: Mapping[Hashable, Any]) -> None:
    """Why this grid stands where it does, and who in it is owed a visit."""
    st.html(f'<p class="said">{html.escape(sentence(row))}</p>')
    if words.is_missing(row["red_yellow_due"]):
        return
    due = ask(rounds.due_subjects, scope)
    exhibit.show(
        f"{row['grid_name']}到期未走访的红黄对象",
        due[due["grid_code"] == row["grid_code"]],
        DUE,
        "due_subjects",
        lambda found: tables.short(found, DUE, "", "到期未走访的红黄对象"),
        rounds.due_subjects,
        scope=scope,
        empty="这个网格没有到期未走访的红黄对象。",
    )


def sentence(row: Mapping[Hashable, Any]) -> str:
    """The reasons of one grid in words."""
    gap, usual = words.number(row["gap_days"]), words.number(row["usual_gap"])
    if words.is_missing(row["last_visit_at"]):
        waited = f"从巡查台账开始 {gap} 天，没有有效到访过"
    else:
        often = "" if words.is_missing(row["usual_gap"]) else f"（平时隔 {usual} 天）"
        waited = f"明天就有 {gap} 天没去{often}"
    if words.is_missing(row["red_yellow_due"]):
        colours = "巡查记录没有写到企业或商户，颜色不计"
    elif row["red_yellow_count"] == 0:
        colours = "没有红黄对象"
    else:
        due = words.part_of(row["red_yellow_due"], row["red_yellow_count"])
        colours = f"红黄对象 {due} 家到期未走访，× {row['colour_weight']:.2f}"
    if words.is_missing(row["hazards_per_day"]):
        pace = "近 91 天台账里没有隐患，只按未去天数排"
    else:
        pace = (
            f"日均约 {row['hazards_per_day']:.2f} 件，估计 {row['unseen_hazards']:.1f} 件还没人看到，"
            f"共等了 {row['unseen_wait']:.1f} 件·天"
        )
    return (
        f"{row['grid_name']}排第 {row['round_no']}：{waited}；{pace}；{colours}。"
        f"{labels.label('open_stock')} {words.number(row['open_stock'])} 件，"
        f"其中超期 {words.number(row['overdue_stock'])} 件。"
    )
