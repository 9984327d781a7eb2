"""What people report about: the kinds of problems, a click choosing one for the page, and how they move."""

import pandas as pd

from pages.parts import charts, exhibit, labels, words
from pages.parts.ask import ask
from pages.parts.reports.choices import KIND, LISTED
from queries import Scope, reports

BARS, PARTS, WEEKS = 12, 5, 13
COLUMNS = [
    "report_kind",
    "report_count",
    "report_count_before",
    "valid_report_rate",
    "valid_report_count",
    "judged_report_count",
    "duplicate_report_count",
]


def bars(scope: Scope, kind: str) -> None:
    """The kinds reported most; a click on one chooses it."""
    rows = ask(reports.kinds, scope, rows=LISTED)
    exhibit.show(
        "报的是什么",
        rows[rows["report_kind"].notna()],
        COLUMNS,
        "kinds",
        lambda told: _bars(told.head(BARS), kind),
        reports.kinds,
        {"rows": LISTED},
        empty="这段时间没有写明类型的来件。",
        note=f"来件最多的 {BARS} 类；点一类，其余各图只看这一类。",
    )


def weekly(scope: Scope) -> None:
    """The commonest kinds week by week."""
    covered = scope.reaching(WEEKS)
    exhibit.show(
        "各类问题逐周",
        ask(reports.kinds_by_week, covered, rows=PARTS),
        ["week_on", "report_kind", "report_count"],
        "kinds_by_week",
        _stacked,
        reports.kinds_by_week,
        {"rows": PARTS},
        empty="这些星期没有写明类型的来件。",
        note=f"至少近 {WEEKS} 周来件最多的 {PARTS} 类，其余合并。",
        scope=covered,
    )


def _bars(rows: pd.DataFrame, kind: str) -> None:
    charts.bars(
        rows["report_kind"].tolist(),
        rows["report_count"].tolist(),
        labels.term("report_count"),
        "chart_report_kinds",
        bases=[f"件，上期 {words.number(before)}" for before in rows["report_count_before"]],
        chooses=KIND,
        chosen=kind,
    )


def _stacked(rows: pd.DataFrame) -> None:
    wide = rows.pivot_table(index="week_on", columns="report_kind", values="report_count", sort=False)
    weeks = [day.date() for day in wide.index]
    parts = {str(kind): wide[kind].tolist() for kind in wide}
    charts.stacked(weeks, parts, labels.term("report_count"), "chart_kinds_by_week")
