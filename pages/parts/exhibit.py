"""One chart or table of a page: its title, what it shows, and the drawer with its rows, definitions and SQL.

Everything a page draws below its head goes through here, so that no number stands without its proof and an
empty answer is a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import evidence, filters, notices, proof, words
from pages.parts.ask import Question
from queries import Scope

Draw = Callable[[pd.DataFrame], Any]


def show(
    title: str,
    rows: pd.DataFrame,
    columns: Sequence[str],
    key: str,
    draw: Draw,
    question: Question,
    values: Mapping[str, Any] | None = None,
    empty: str = "这段时间没有数据。",
    note: str = "",
    scope: Scope | None = None,
) -> Any:
    """Draw `rows`, the answer of `question` asked with `values`, under a title.

    `columns` are those the drawer lists; the measures among them are defined there. `note` is one quiet
    sentence under the title: the denominator, the choice made, what is left out. The chart is `draw(rows)`,
    whose answer is handed on; without rows the sentence `empty` stands in its place. `scope` is that of the
    answer where it is not the page's own.
    """
    covered = scope or filters.current()
    with st.container(key=f"exhibit_{key}", gap="xsmall"):
        st.subheader(words.literal(title), anchor=False)
        if st.button("数据", key=f"proof_{key}", type="tertiary", help="明细、口径、SQL 和导出"):
            _drawer(title, rows, columns, key, question, values or {}, covered)
        if note:
            notices.quiet(note)
        if rows.empty:
            notices.quiet(empty)
            return None
        return draw(rows)


@st.dialog("数据与口径", position="right", width=evidence.DRAWER_PX)
def _drawer(
    title: str,
    rows: pd.DataFrame,
    columns: Sequence[str],
    key: str,
    question: Question,
    values: Mapping[str, Any],
    scope: Scope,
) -> None:
    def told() -> None:
        st.subheader(words.literal(title), anchor=False)
        notices.quiet(proof.as_of(scope, values))
        proof.rows(rows, columns, f"proof_{key}", title, question, values, scope)
        proof.definitions(columns)

    notices.calmly(told)()
