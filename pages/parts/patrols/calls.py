"""Calls on enterprises and shops: whether each colour gets the visits it wants, and who is waiting."""

import pandas as pd

from pages.parts import charts, exhibit, labels, page, proof, tables, words
from pages.parts.ask import ask
from queries import Scope, visits

KIND, LISTED = "called", 100
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
SHOWN = [name for name in OVERDUE if name not in ("interval_days", "since_visit_days")]


def chosen(scope: Scope) -> str:
    """The scheme and colour the list is narrowed to, picked here or by a click on its bar; empty for all."""
    return page.one_kind(KIND, "对象", _kinds(ask(visits.coverage_by_colour, scope)).tolist())


def show(scope: Scope, kind: str) -> None:
    """The coverage by scheme and colour; a click on a bar narrows the list."""
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
        lambda told: _bars(told, kind),
        visits.coverage_by_colour,
        empty="还没有到该走访的企业或商户。",
        note="间隔按颜色；巡查对象与企业（商户）名称在同一网格内相同才算走访，指标核查、燃气核查也算。是服务走访，不是行政检查。"
        "点一类，只列这一类。",
    )


def waiting(scope: Scope, kind: str) -> None:
    """The subjects whose interval has run out, red first."""
    rows = proof.placed(ask(visits.overdue, scope))
    listed = rows[_kinds(rows) == kind] if kind else rows
    exhibit.show(
        "超期未走访",
        listed,
        OVERDUE,
        "overdue_visits",
        lambda told: tables.long(told.head(LISTED), SHOWN, "overdue_visits", "超期未走访"),
        visits.overdue,
        empty="没有到期而未走访的企业或商户。",
        note=f"{f'{kind}，' if kind else ''}共 {words.number(len(listed))} 家，红的在前"
        f"{f'，列出 {LISTED} 家，其余在“数据”里' if len(listed) > LISTED else ''}；"
        "从未走访过的，上次巡查为空。",
    )


def _kinds(rows: pd.DataFrame) -> pd.Series:
    """What scheme and colour are called together: 商户 红（7 天）."""
    schemes = rows["scheme"].map(lambda scheme: labels.said("gap_kind", scheme))
    colours = rows["colour"].map(lambda colour: labels.said("colour", colour))
    return schemes + " " + colours + "（" + rows["interval_days"].astype(str) + " 天）"


def _bars(rows: pd.DataFrame, kind: str) -> None:
    charts.bars(
        _kinds(rows).tolist(),
        rows["visit_coverage_rate"].tolist(),
        labels.term("visit_coverage_rate"),
        "chart_coverage_by_colour",
        bases=[
            words.part_of(*pair)
            for pair in rows[["visited_in_time", "visit_due_subjects"]].itertuples(index=False)
        ],
        chooses=KIND,
        chosen=kind,
    )
