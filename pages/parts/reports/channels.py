"""Through which channels the public speaks, what becomes of it there, and how it moves from week to week."""

import pandas as pd

from pages.parts import charts, exhibit, labels, series, tables
from pages.parts.ask import ask
from queries import Scope, reports

WEEKS = 13
PARTS = ("snap_count", "rider_count", "hotline_count")
COLUMNS: list[str | tuple[str, ...]] = [
    "report_channel",
    ("report_count", "first_report_count"),
    ("valid_report_rate", "valid_report_count", "judged_report_count"),
    ("duplicate_report_rate", "duplicate_report_count", "report_count"),
    ("feedback_rate", "answered_count", "to_answer_count"),
    ("satisfaction_rate", "satisfied_count", "called_back_count"),
    ("effective_call_back_rate", "called_back_count", "to_call_back_count"),
]


def table(scope: Scope, kind: str) -> None:
    """The channels side by side; what a channel's ledgers never tell is a dash."""
    named = [name for each in COLUMNS for name in ((each,) if isinstance(each, str) else each)]
    exhibit.show(
        "各渠道",
        ask(reports.by_channel, scope, kind=kind),
        list(dict.fromkeys([*named, "handled_report_count"])),
        "channels",
        lambda rows: tables.short(rows, COLUMNS, "没有渠道。", "各渠道的来件和办理"),
        reports.by_channel,
        {"kind": kind},
        note="“—”是台账没有这一栏。热线来自上报台账里写着热线的；一条也没有时，取隐患台账里来源为热线的。"
        "建议不分问题类型，选了类型就不计。",
    )


def weekly(kind: str, channel: str) -> None:
    """Volume and validity week by week, each beside an earlier time."""
    versus = series.comparison()
    for title, measure in (("每周来件", "report_count"), ("有效上报率", "valid_report_rate")):
        series.show(title, reports.by_week, "week_on", measure, measure, versus, kind=kind, channel=channel)


def stacked(scope: Scope, kind: str) -> None:
    """The weeks by channel."""
    covered = scope.reaching(WEEKS)
    rows = ask(reports.by_week, covered, kind=kind)
    exhibit.show(
        "哪个渠道在说话",
        rows if rows["report_count"].sum() else rows.head(0),
        ["week_on", "report_count", *PARTS],
        "by_week",
        _stacked,
        reports.by_week,
        {"kind": kind},
        empty="这些星期没有来件。",
        note=f"至少近 {WEEKS} 周，按上报时间。",
        scope=covered,
    )


def _stacked(rows: pd.DataFrame) -> None:
    weeks = [day.date() for day in rows["week_on"]]
    parts = {labels.label(name): rows[name].tolist() for name in PARTS}
    charts.stacked(weeks, parts, labels.term("report_count"), "chart_by_week")
