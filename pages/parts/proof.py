"""What proves a number: its rows to sort and take home, the files they came from, the question in SQL."""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import queries
from pages.parts import labels, notices, page, places, sources, tables, terms, turned_away, words
from pages.parts.ask import Question, street
from queries import Scope
from queries.asking import line


def rows(
    found: pd.DataFrame,
    columns: Sequence[str],
    key: str,
    title: str,
    question: Question,
    values: Mapping[str, Any],
    scope: Scope,
) -> None:
    """The rows of an answer, or a sentence; then where they came from and how to ask again."""
    if found.empty:
        notices.quiet("没有这样的行。")
    else:
        shown = placed(found)
        named = [name for name in columns if name in shown]
        asked_for = tables.definitions([name for name in columns if name not in shown])
        tables.long(shown, named, key, title, notes=(as_of(scope, values), *asked_for))
        st.html(f'<p class="quiet">{html.escape(sources.told(found, street()))}</p>')
    st.code(line(question, scope, values), language=None, wrap_lines=True)
    st.html(
        f'<details class="sql"><summary>SQL 原文</summary><pre>{html.escape(sql(question))}</pre></details>'
    )


def definitions(columns: Sequence[str]) -> None:
    """How the measures among these columns are worked out."""
    measures = [word for word in map(labels.term, columns) if word.is_measure]
    entries = "".join(
        f"<section><h4>{html.escape(word.label)}</h4>{terms.definition(word)}</section>" for word in measures
    )
    if entries:
        st.html(f'<div class="terms">{entries}</div>')


def placed(found: pd.DataFrame) -> pd.DataFrame:
    """The rows with their grids called as people call them, and advice beside what was turned away."""
    if "rejected_for" in found:
        found = turned_away.advised(found)
    if "grid_code" in found:
        found = found.assign(grid_name=places.called(found["grid_code"], street()))
    return found


def as_of(scope: Scope, values: Mapping[str, Any] | None = None) -> str:
    """The place, days, kind and channel an answer covers and the snapshot it came from, in one sentence."""
    asked = values or {}
    kind = f"；类别 {asked['kind']}" if asked.get("kind") else ""
    channel = f"；渠道 {labels.said('report_channel', asked['channel'])}" if asked.get("channel") else ""
    pinned = street()
    built = f"快照 {pinned.name}，{words.moment(pinned.built_at)} 建成"
    return f"范围 {page.place(scope)}；时段 {page.period(scope)}{kind}{channel}；{built}。"


def sql(question: Question) -> str:
    """The SQL of a question, word for word."""
    topic = question.__module__.rpartition(".")[2]
    return (Path(queries.__file__).parent / topic / f"{question.__name__}.sql").read_text("utf-8")
