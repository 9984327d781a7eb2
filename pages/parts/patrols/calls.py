"""Calls on enterprises and shops: whether each colour gets the visits it wants, and who is waiting."""

import pandas as pd

from pages.parts import charts, exhibit, labels, page, proof, tables, words
from pages.parts.ask import ask
from queries import Scope, visits

SCHEME = "called"
SCHEMES = ("all", "enterprise", "shop")
OVERDUE = [
    "name",
    "grid_name",
    "scheme",
    "colour",
    "interval_days",
    "last_visit_at",
    "since_visit_days",
    "visit_overdue_days",
]


def show(scope: Scope) -> None:
    """The coverage by colour, then the list of those waiting, of both schemes or one."""
    rows = ask(visits.coverage_by_colour, scope)
    exhibit.show(
        "该走访的走访了吗",
        rows[rows["visit_due_subjects"] > 0],
        [
            "scheme",
            "colour",
            "interval_days",
            "visit_coverage_rate",
            "visited_in_time",
            "visit_due_subjects",
            "visit_overdue_subjects",
            "never_visited_subjects",
        ],
        "coverage_by_colour",
        _bars,
        visits.coverage_by_colour,
        empty="还没有到该走访的企业或商户。",
        note="间隔按颜色；巡查对象与企业（商户）名称在同一网格内相同才算走访。是服务走访，不是行政检查。",
    )


def waiting(scope: Scope) -> None:
    """The subjects whose interval has run out, red first."""
    scheme = page.one_of(SCHEME, SCHEMES, _said)
    rows = proof.placed(ask(visits.overdue, scope))
    chosen = rows if scheme == "all" else rows[rows["scheme"] == scheme]
    exhibit.show(
        "超期未走访",
        chosen,
        OVERDUE,
        "overdue_visits",
        lambda told: tables.long(told, OVERDUE, "overdue_visits", "超期未走访"),
        visits.overdue,
        empty="没有超期未走访的。",
        note=f"共 {words.number(len(chosen))} 家，红的在前；从未走访过的，上次巡查为空。",
    )


def _said(scheme: str) -> str:
    return "全部" if scheme == "all" else labels.said("gap_kind", scheme)


def _bars(rows: pd.DataFrame) -> None:
    charts.bars(
        [
            f"{labels.said('gap_kind', scheme)} {labels.said('colour', colour)}（{days} 天）"
            for scheme, colour, days in rows[["scheme", "colour", "interval_days"]].itertuples(index=False)
        ],
        rows["visit_coverage_rate"].tolist(),
        labels.term("visit_coverage_rate"),
        "chart_coverage_by_colour",
        bases=[
            words.part_of(*pair)
            for pair in rows[["visited_in_time", "visit_due_subjects"]].itertuples(index=False)
        ],
    )
