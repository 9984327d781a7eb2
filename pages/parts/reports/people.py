"""移动网格员, never one by one; and what the ledgers can and cannot say of mediation."""

import pandas as pd

from pages.parts import exhibit, notices, tables, words
from pages.parts.ask import ask
from queries import Scope, reports

RIDERS = [
    "active_rider_rate",
    "active_rider_count",
    "known_rider_count",
    "valid_report_rate",
    "valid_report_count",
    "judged_report_count",
    "report_count",
]


def riders(scope: Scope) -> None:
    """How many riders still report and how much of it is valid."""
    rows = ask(reports.riders, scope)
    exhibit.show(
        "移动网格员",
        rows
        if rows["report_count"].notna().any() and rows["known_rider_count"].notna().any()
        else rows.head(0),
        RIDERS,
        "riders",
        _riders,
        reports.riders,
        empty="没有移动网格员上报，或人数太少不显示。",
        note="活跃：截止时刻前 30 天内报过。台账没有移动网格员名册，分母是报过的人，比在册活跃率高；"
        "少于 5 人不显示，不排个人。",
    )


def disputes(scope: Scope) -> None:
    """Quarrels named in the ledgers, and the sentence that success is told by none."""
    exhibit.show(
        "矛盾调解",
        ask(reports.disputes, scope),
        ["ledger", "dispute_kind", "dispute_count", "handled_dispute_count"],
        "disputes",
        lambda rows: tables.short(
            rows, ["ledger", "dispute_kind", ("dispute_count", "handled_dispute_count")], "没有。", "矛盾纠纷"
        ),
        reports.disputes,
        empty="这段时间没有台账写着调解、纠纷或矛盾的事。",
        note="没有一本台账记调解成没成、协议守没守，所以这里没有调解成功率和履约率：没有的数不估。",
    )


def _riders(rows: pd.DataFrame) -> None:
    tables.short(rows, [tuple(RIDERS[:3]), tuple(RIDERS[3:6]), "report_count"], "没有。", "移动网格员")
    if words.is_missing(rows["active_rider_count"].iloc[0]):
        notices.quiet("活跃人数太少，或会透露少于 5 人的数，不显示。")
