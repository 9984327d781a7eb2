"""What the patrols found and what came of it, whom they met, and where nothing is ever found."""

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, proof, tables, words
from pages.parts.ask import ask
from pages.parts.patrols import shares
from queries import Scope, patrols

STEPS = (
    ("spot_handled_rate", "spot_handled", "found_hazards"),
    ("assigned_in_time_rate", "assigned_in_time", "to_assign"),
    ("loop_closed_rate", "loop_answered", "loop_due"),
)
CASE = ["hazard_no", "grid_name", "place", "kind", "level", "unit", "stage", "due_eff_at", "handled_at"]
SILENT = ["grid_name", "silent_visits", "silent_since_at", "others_finding_rate", "silent_chance"]
SILENT_PART = "zero_findings"
CLOSED = "发现的问题闭环了吗"
NO_KIND = "未写方式"


def closed(scope: Scope) -> None:
    """The loop 出门一把抓、回来再分工 in three rates."""
    rows = ask(patrols.findings, scope)
    [told] = rows.to_dict("records")
    exhibit.show(
        CLOSED,
        rows if told["found_hazards"] or told["loop_due"] else rows.head(0),
        [*shares.columns(STEPS), "findings_per_hour", "finding_count", "stay_hours"],
        "findings",
        lambda _: shares.bars(told, STEPS, CLOSED, "chart_findings"),
        patrols.findings,
        empty="这段时间没有巡查发现的隐患，也没有到期的。",
        note=f"现场停留每小时发现 {words.number(told['findings_per_hour'])} 处"
        f"（{words.part_of(told['finding_count'], told['stay_hours'])} 小时），高低都不说明好坏。",
    )


def unanswered(scope: Scope) -> None:
    """The hazards a patrol found whose limit passed without an accepted handling."""
    rows = proof.placed(ask(patrols.found_hazards, scope))
    exhibit.show(
        "巡查发现、到期没办好的",
        rows,
        CASE,
        "unanswered",
        lambda told: tables.long(told, CASE, "unanswered", "巡查发现到期没办好的"),
        patrols.found_hazards,
        {"count": "loop_unanswered"},
        empty="这段时间没有到期而没办好的。",
    )


def contacts(scope: Scope) -> None:
    """The contacts by kind of visit."""
    rows = ask(patrols.by_kind, scope)
    exhibit.show(
        "服务了多少人次",
        rows if rows["contact_count"].sum() else rows.head(0),
        ["kind", "contact_count", "visit_count", "contacts_per_visit", "finding_count", "stay_minutes"],
        "by_kind",
        _contacts,
        patrols.by_kind,
        empty="这段时间没有记下人次。",
        note="按巡查方式，人次可以重复。",
    )


def silent(scope: Scope) -> None:
    """Grids without a finding for longer than chance allows: a mark for the analyst, not a judgement.

    Nothing is asked while it is closed: the whole ledger is looked through.
    """
    part = st.expander("零发现段（给分析人员看数据质量）", key=SILENT_PART, bind="query-params")
    if not part.open:
        return
    with part:
        rows = proof.placed(ask(patrols.silent_runs, scope))
        exhibit.show(
            "连续零发现长得不像偶然的网格",
            rows,
            SILENT,
            "silent",
            lambda told: tables.long(told, SILENT, "silent", "零发现段"),
            patrols.silent_runs,
            empty="没有这样的网格。",
            note=f"共 {words.number(len(rows))} 个网格。近 90 天里，照同社区其他网格的发现率，"
            "这么长的零发现偶然出现的可能不到 1%；可能是没查细，也可能是没记。",
        )


def _contacts(rows: pd.DataFrame) -> None:
    charts.bars(
        rows["kind"].fillna(NO_KIND).tolist(),
        rows["contact_count"].tolist(),
        labels.term("contact_count"),
        "chart_by_kind",
        bases=[f"人次，{words.number(count)} 次巡查" for count in rows["visit_count"]],
    )
