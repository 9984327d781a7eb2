"""一数一证: a drawer with a figure's definition, its parts, their rows and files, and the SQL."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

import queries
from pages.parts import charts, filters, notices, page, places, sources, tables, terms, turned_away, words
from pages.parts.ask import Question, ask, street
from pages.parts.figure import Figure
from queries import data_status, hazards, overview, patrols, three_colour
from queries.asking import line

DRAWER_PX = 760


@dataclass(frozen=True)
class Behind:
    """The rows behind one part of a figure: what the part is called, who asks for them, what is shown."""

    part: str
    question: Question
    columns: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, str] | None = None


CASE = (
    "hazard_no",
    "grid_name",
    "kind",
    "level",
    "stage",
    "unit",
    "filed_at",
    "due_eff_at",
    "handled_at",
    "closed_at",
)
RED = ("name", "community", "rated_on", "red_since_on", "red_days", "reason")
VISITS = ("grid_name", "is_covered", "visit_count", "last_visit_at")

ROWS: Mapping[str, tuple[Behind, ...]] = {
    "overdue_stock": (Behind("超期", hazards.cases, CASE, {"count": "overdue_stock"}),),
    "on_time_handling_rate": (
        Behind("应处置", hazards.cases, CASE, {"count": "need_to_handle"}),
        Behind("其中按期处置", hazards.cases, CASE, {"count": "handled_on_time"}),
    ),
    "net_closing": (
        Behind("销号", hazards.cases, CASE, {"count": "closed"}),
        Behind("新增", hazards.cases, CASE, {"count": "entered"}),
    ),
    "patrol_coverage_rate": (Behind("网格", patrols.visits_by_grid, VISITS),),
    "red_enterprises": (Behind("红色企业", three_colour.red_list, RED, only=("scheme", "enterprise")),),
    "red_shops": (Behind("红色商户", three_colour.red_list, RED, only=("scheme", "shop")),),
    "rejected_row_rate": (
        Behind(
            "退回的行",
            data_status.rejected_rows,
            turned_away.COLUMNS,
            {"loaded": "in_period", "rows": 50_000},
        ),
    ),
}


def button(figures: Sequence[Figure]) -> None:
    """The small way into the drawer, on the card itself."""
    if st.button(
        "明细",
        key=f"evidence_{figures[0].card}",
        type="tertiary",
        help="口径、分子分母、明细行和来源文件",
    ):
        _drawer(figures)


@st.dialog("一数一证", position="right", width=DRAWER_PX)
def _drawer(figures: Sequence[Figure]) -> None:
    notices.calmly(lambda: _all(figures))()


def _all(figures: Sequence[Figure]) -> None:
    for figure in figures:
        _one(figure)
    notices.quiet(_as_of())
    notices.quiet("在终端上核对这张卡片（存量截至的时刻与页面相同）：")
    st.code(line(overview.figures, filters.current(), {}), language=None, wrap_lines=True)


def _one(figure: Figure) -> None:
    term = figure.term
    st.html(
        f"<h3>{html.escape(term.label)}</h3>"
        f'<p class="said">{html.escape(figure.sentence)}。</p>'
        f'<div class="terms"><section>{terms.definition(term)}</section></div>'
    )
    if len(figure.days) > 1:
        charts.days_line(figure.days, figure.trend, term, key=f"trend_{term.name}")
    for behind in ROWS.get(term.name, ()):
        _rows(figure, behind)


def _rows(figure: Figure, behind: Behind) -> None:
    rows = ask(behind.question, filters.current(), **behind.values)
    if behind.only:
        rows = rows[rows[behind.only[0]] == behind.only[1]]
    if "rejected_for" in rows:
        rows = turned_away.advised(rows)
    if "grid_code" in rows:
        rows = rows.assign(grid_name=places.called(rows["grid_code"], street()))
    key = f"{figure.measure}_{behind.part}"
    title = f"{figure.term.label}-{behind.part}"
    with st.expander(f"{behind.part}：{words.number(len(rows))} 行", expanded=len(rows) > 0):
        if rows.empty:
            notices.quiet("没有这样的行。")
            return
        tables.long(rows, [name for name in behind.columns if name in rows], key, title, notes=(_as_of(),))
        st.html(f'<p class="quiet">{html.escape(sources.told(rows, street()))}</p>')
        st.code(line(behind.question, filters.current(), behind.values), language=None, wrap_lines=True)
        st.html(
            '<details class="sql"><summary>SQL 原文</summary>'
            f"<pre>{html.escape(_sql(behind.question))}</pre></details>"
        )


def _sql(question: Question) -> str:
    topic = question.__module__.rpartition(".")[2]
    return (Path(queries.__file__).parent / topic / f"{question.__name__}.sql").read_text("utf-8")


def _as_of() -> str:
    pinned = street()
    scope = filters.current()
    built = f"快照 {pinned.name}，{words.moment(pinned.built_at)} 建成"
    return f"时段 {page.period(scope)}；{built}。"
