"""假销号雷达: closings worth a second look, with their reasons, beside 结案率 and 实销率. No verdict."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import case_card, charts, exhibit, labels, page, proof, tables, words
from pages.parts.ask import ask
from pages.parts.hazards import strip
from queries import Scope, closures

ALL, RULE = "all", "sign"
SIGNS = ("self_verified", "too_fast", "without_photo", "photo_repeated", "last_minute", "recurred", "burst")
REVIEW = (
    "hazard_no", "grid_name", "place", "kind", "unit", "filed_at", "due_eff_at", "closed_at",
    "closing_hours", "sign_count", "signs", "recurred_no",
)  # fmt: skip
JUDGED = ("hazard_no", "grid_name", "place", "kind", "unit", "closed_at", "is_really_closed", "signs")
PAIRS = (
    "first_hazard_no", "hazard_no", "grid_name", "kind", "first_place", "place", "first_source", "source",
    "first_reported_at", "reported_at", "apart_hours", "apart_m",
)  # fmt: skip


def show(scope: Scope, kind: str = "") -> None:
    """The whole section: the rates side by side, what each rule saw, the list for review, the pairs."""
    rates(scope, kind)
    left, right = st.columns(2, gap="medium")
    with left:
        rule = rules(scope, kind)
    with right:
        really(scope, kind)
    review(scope, kind, rule)
    duplicates(scope, kind)


def rates(scope: Scope, kind: str) -> None:
    """结案率 beside 实销率 and how much is to be looked at again."""
    exhibit.show(
        "假销号雷达",
        ask(closures.figures, scope, kind=kind),
        ["figure", "value", "numerator", "denominator", "value_before"],
        "radar",
        lambda rows: strip.show(rows, page.compared_with(scope)),
        closures.figures,
        {"kind": kind},
        note="下面是值得再看一眼的销号，不是结论，不作扣分，也不对人。实销率只数观察 30 天在本期满期、"
        "照片和复查人都看得出的销号。",
    )


def rules(scope: Scope, kind: str) -> str:
    """What each rule saw; the rule chosen for the list below, or an empty string."""
    rows = ask(closures.rules, scope, kind=kind)
    exhibit.show(
        "每条规则看出多少",
        rows,
        ["sign", "spoken_against", "could_judge", "could_not_judge", "spoken_against_rate"],
        "radar_rules",
        _bars,
        closures.rules,
        {"kind": kind},
        empty="这段时间没有写明时间的销号。",
        note="“无法判断”是台账缺栏目、历史不足或观察未满 30 天，不等于没有问题。",
    )
    return _chosen()


def really(scope: Scope, kind: str) -> None:
    """The closings 实销率 is counted of, each with whether it is really gone."""
    rows = proof.placed(ask(closures.closings, scope, count="judged_for_real", kind=kind))
    exhibit.show(
        "实销率数的是哪些",
        _worded(rows),
        JUDGED,
        "radar_really",
        lambda told: case_card.picked(
            tables.long(told, JUDGED, "radar_really", "可判断实销的销号", selects=True), "radar_really"
        ),
        closures.closings,
        {"count": "judged_for_real", "kind": kind},
        empty="没有观察满 30 天、又看得出照片和复查人的销号，所以没有实销率。",
        note="观察 30 天在本期满期的销号。",
    )


def review(scope: Scope, kind: str, rule: str) -> None:
    """复核清单: one row a closing, its reasons in words; a row opens its case."""
    rows = ask(closures.review_list, scope, kind=kind)
    if rule:
        rows = rows[[rule in signs.split() for signs in rows["signs"]]]
    title = f"复核清单：{labels.said(RULE, rule)}" if rule else "复核清单"
    exhibit.show(
        title,
        _worded(proof.placed(rows)),
        REVIEW,
        "radar_review",
        lambda told: case_card.picked(
            tables.long(told, REVIEW, "radar_review", title, selects=True), "radar_review"
        ),
        closures.review_list,
        {"kind": kind},
        empty="这段时间没有要复核的销号。",
        note=f"共 {words.number(len(rows))} 件，线索多的在前。点一行看这一件。",
    )


def duplicates(scope: Scope, kind: str) -> None:
    """Pairs that may be one hazard reported twice, for a person to confirm."""
    rows = proof.placed(ask(closures.duplicates, scope, kind=kind))
    exhibit.show(
        "可能重复上报",
        rows,
        PAIRS,
        "radar_pairs",
        lambda told: case_card.picked(
            tables.long(told, PAIRS, "radar_pairs", "可能重复上报", selects=True), "radar_pairs"
        ),
        closures.duplicates,
        {"kind": kind},
        empty="没有 50 米、72 小时以内的同类隐患。",
        note="50 米、72 小时以内的同类隐患，还没有关联，由人确认。没有坐标的看不出。",
    )


def _bars(rows: pd.DataFrame) -> None:
    names = [labels.said(RULE, sign) for sign in rows["sign"]]
    charts.bars(
        names,
        rows["spoken_against"].tolist(),
        labels.term("spoken_against"),
        "chart_radar_rules",
        bases=[_base(row) for row in rows.to_dict("records")],
    )


def _base(row: dict[Any, Any]) -> str:
    judged = f"/ {words.number(row['could_judge'])} 件" if row["could_judge"] else "无法判断"
    unknown = f"，{words.number(row['could_not_judge'])} 件无法判断" if row["could_not_judge"] else ""
    return judged + (unknown if row["could_judge"] else "")


def _chosen() -> str:
    """The rule the list below is about, kept in the link."""
    picked = page.one_of(RULE, (ALL, *SIGNS), lambda sign: "全部" if sign == ALL else labels.said(RULE, sign))
    return "" if picked == ALL else picked


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their signs in words."""
    told = ["、".join(labels.said(RULE, sign) for sign in signs.split()) for signs in rows["signs"]]
    return rows.assign(signs=told)
