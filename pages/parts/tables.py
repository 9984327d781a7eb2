"""Tables: a short list that reads like a page, and a long table to sort and search.

Labels, units and meanings come from the glossary; how a value is written follows from its column's name.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from data import settings
from pages.parts import exports, labels, notices, theme, words

WRAPPED = frozenset({"reason", "message", "description", "meaning", "note", "example", "notes"})
ALARMS = frozenset({"is_behind", "is_overdue"})
ROW_PX, HEAD_PX, TALLEST_PX = 36, 42, 620


def short(rows: pd.DataFrame, columns: Sequence[str | tuple[str, str]], empty: str, said: str) -> None:
    """A dozen rows or so as a plain table; on a phone it scrolls by itself. A pair shares one cell."""
    if rows.empty:
        notices.quiet(empty)
        return
    pairs = [each if isinstance(each, tuple) else (each, "") for each in columns]
    kinds = {first: _kind(first, rows) for first, _ in pairs}
    head = "".join(f'<th class="{kinds[first]}">{_heads(first, second)}</th>' for first, second in pairs)
    body = "".join(
        "".join(f'<td class="{kinds[first]}">{_cells(row, first, second)}</td>' for first, second in pairs)
        + "</tr><tr>"
        for row in rows.to_dict("records")
    )
    st.html(
        f'<div class="list"><table aria-label="{html.escape(said, quote=True)}">'
        f"<thead><tr>{head}</tr></thead><tbody><tr>{body.removesuffix('<tr>')}</tbody></table></div>"
    )


def long(
    rows: pd.DataFrame, columns: Sequence[str], key: str, title: str, notes: tuple[str, ...] = ()
) -> None:
    """A table to sort and search, each heading explained by the glossary, with its two safe downloads."""
    shown = in_words(rows, columns)
    st.dataframe(
        shown,
        hide_index=True,
        key=f"table_{key}",
        alt=title,
        row_height=ROW_PX,
        height=min(HEAD_PX + ROW_PX * len(shown), TALLEST_PX),
        column_config={name: _column(name, shown[name]) for name in columns},
        placeholder=words.NOTHING,
    )
    titled = shown.rename(columns={name: labels.heading(name) for name in columns})
    exports.buttons(titled, title, key=key, notes=notes)


def in_words(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """These columns with their codes in words; numbers, days and moments stay what they are."""
    shown = rows[list(columns)].copy()
    for name in columns:
        if pd.api.types.is_bool_dtype(shown[name]):
            shown[name] = shown[name].map({True: "是", False: "否"})
        elif shown[name].dtype == object or isinstance(shown[name].dtype, pd.StringDtype):
            shown[name] = [value if words.is_missing(value) else text(name, value) for value in shown[name]]
    return shown


def cell(name: str, value: Any) -> str:
    """One value as HTML: colours with their mark and word, alarms with theirs, everything else as text."""
    if words.is_missing(value):
        return words.NOTHING
    if name == "colour" or name.startswith("colour_"):
        return theme.chip(str(value))
    if name in ALARMS and value:
        return '<b class="worse">▲ 是</b>'
    return html.escape(text(name, value))


def text(name: str, value: Any) -> str:
    """One value as plain text, by its column's name: `_rate`, `_at`, `_on`, `_days`, a code or a text."""
    if words.is_missing(value):
        return words.NOTHING
    if pd.api.types.is_bool(value):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return words.moment(value.to_pydatetime(), settings.today())
    if isinstance(value, int | float | np.number):
        if labels.term(name).unit == "%":
            return words.percent(float(value))
        return f"{value:,.0f}" if name.endswith("_days") else words.number(float(value))
    return labels.said(name, str(value))


def _heads(first: str, second: str) -> str:
    below = f"<small>{html.escape(labels.heading(second))}</small>" if second else ""
    return html.escape(labels.heading(first)) + below


def _cells(row: Mapping[Any, Any], first: str, second: str) -> str:
    below = f"<small>{cell(second, row[second])}</small>" if second else ""
    return cell(first, row[first]) + below


def _kind(name: str, rows: pd.DataFrame) -> str:
    if pd.api.types.is_bool_dtype(rows[name]):
        return ""
    if pd.api.types.is_numeric_dtype(rows[name]):
        return "num"
    return "wrapped" if name in WRAPPED else ""


def _column(name: str, values: pd.Series) -> Any:
    word = labels.term(name)
    heading, meaning = labels.heading(name), word.meaning or None
    if pd.api.types.is_datetime64_any_dtype(values):
        layout = "YYYY-MM-DD" if name.endswith("_on") else "YYYY-MM-DD HH:mm"
        return st.column_config.DatetimeColumn(heading, help=meaning, format=layout)
    if pd.api.types.is_numeric_dtype(values):
        layout = "percent" if word.unit == "%" else "%.0f" if name.endswith("_days") else "localized"
        return st.column_config.NumberColumn(heading, help=meaning, format=layout)
    return st.column_config.TextColumn(heading, help=meaning)
