"""一数一证: a drawer with a figure's definition, its parts, their rows and files, and the SQL."""

import html
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts import behind, charts, exports, filters, notices, proof, terms, words
from pages.parts.ask import Question, ask
from pages.parts.behind import Behind
from pages.parts.figure import Figure
from queries.asking import line

DRAWER_PX = 760


def button(figures: Sequence[Figure], asked: Question, values: Mapping[str, Any]) -> None:
    """The small way into the drawer, on the card itself."""
    if st.button(
        "明细",
        key=f"evidence_{figures[0].card}",
        type="tertiary",
        help="口径、分子分母、明细行和来源文件",
    ):
        _drawer(figures, asked, values)


@st.dialog("一数一证", position="right", width=DRAWER_PX)
def _drawer(figures: Sequence[Figure], asked: Question, values: Mapping[str, Any]) -> None:
    notices.calmly(lambda: _all(figures, asked, values))()


def _all(figures: Sequence[Figure], asked: Question, values: Mapping[str, Any]) -> None:
    for figure in figures:
        _one(figure, values)
    notices.quiet(proof.as_of(filters.current()))
    notices.quiet("在终端上核对这张卡片（存量截至的时刻与页面相同）：")
    st.code(line(asked, filters.current(), values), language=None, wrap_lines=True)


def _one(figure: Figure, values: Mapping[str, Any]) -> None:
    term = figure.term
    st.html(
        f"<h3>{html.escape(term.label)}</h3>"
        f'<p class="said">{html.escape(figure.sentence)}。</p>'
        f'<div class="terms"><section>{terms.definition(term)}</section></div>'
    )
    if len(figure.days) > 1:
        charts.days_line(figure.days, figure.trend, term, key=f"trend_{term.name}")
    for part in behind.of(term.name):
        _rows(figure, part, values)


def _rows(figure: Figure, part: Behind, given: Mapping[str, Any]) -> None:
    taken = inspect.signature(part.question).parameters
    values = {**part.values, **{name: value for name, value in given.items() if name in taken}}
    found = ask(part.question, filters.current(), **values)
    if part.only:
        found = found[found[part.only[0]] == part.only[1]]
    first = "前 " if len(found) >= exports.ROWS_AT_MOST else ""
    with st.expander(f"{part.part}：{first}{words.number(len(found))} 行", expanded=len(found) > 0):
        proof.rows(
            found,
            part.columns,
            key=f"{figure.measure}_{part.part}",
            title=f"{figure.term.label}-{part.part}",
            question=part.question,
            values=values,
            scope=filters.current(),
        )
