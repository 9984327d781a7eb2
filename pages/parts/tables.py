"""Tables: a short list that reads like a page, and a long table to sort and search.

Labels, units and meanings come from the glossary; how a value is written follows from its column's name.
"""

import html
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.elements.arrow import DataframeState

from data import settings
from pages.parts import exports, labels, notices, theme, words

WRAPPED = frozenset({"reason", "message", "description", "meaning", "note", "example", "notes"})
ALARMS = frozenset({"is_behind", "is_overdue"})
WIDEST = 3
FEW_DAYS = 10
# About as many rows as 200 KB hold.
MOST_ROWS = 800
ROW_PX, HEAD_PX, TALLEST_PX = 36, 42, 620


def short(rows: pd.DataFrame, columns: Sequence[str | tuple[str, ...]], empty: str, said: str) -> None:
    """A dozen rows or so as a plain table; on a phone a wide one stands row by row.

    Names in a tuple share one cell: the first large, the others small below it.
    """
    if rows.empty:
        notices.quiet(empty)
        return
    shared = [each if isinstance(each, tuple) else (each,) for each in columns]
    kinds = [_kind(names[0], rows) for names in shared]
    head = "".join(
        f'<th class="{kind}">{_shared([html.escape(labels.heading(name)) for name in names])}</th>'
        for names, kind in zip(shared, kinds, strict=True)
    )
    body = "</tr><tr>".join(
        "".join(
            f'<td class="{kind}" data-label="{html.escape(labels.heading(names[0]), quote=True)}">'
            f"{_shared([cell(name, row[name]) for name in names])}</td>"
            for names, kind in zip(shared, kinds, strict=True)
        )
        for row in rows.to_dict("records")
    )
    wide = " wide" if len(shared) > WIDEST else ""
    st.html(
        f'<div class="list{wide}"><table aria-label="{html.escape(said, quote=True)}">'
        f"<thead><tr>{head}</tr></thead><tbody><tr>{body}</tr></tbody></table></div>"
    )


def first(
    rows: pd.DataFrame,
    most: int,
    counted: str,
    columns: Sequence[str | tuple[str, ...]],
    empty: str,
    said: str,
) -> None:
    """The head of a longer list as a plain table, and how many there are in all: 共 12 个网格."""
    short(rows.head(most), columns, empty, said)
    rest(len(rows), most, counted)


def rest(count: int, most: int, counted: str) -> None:
    """What a list leaves out, where it does; its drawer has everything."""
    if count > most:
        notices.quiet(f"共 {words.number(count)} {counted}，列出 {most} 个，其余在“数据”里。")


def long(
    rows: pd.DataFrame,
    columns: Sequence[str],
    key: str,
    title: str,
    notes: tuple[str, ...] = (),
    selects: bool = False,
) -> dict[Hashable, Any] | None:
    """A table to sort and search, each heading explained by the glossary, with its two safe downloads.

    Of a very long one only the head travels to the browser; the downloads have every row.
    With `selects` a row can be picked; the picked one is handed back with all its columns.
    """
    shown = in_words(rows.head(MOST_ROWS), columns)
    if len(rows) > MOST_ROWS:
        notices.quiet(f"共 {words.number(len(rows))} 行，表里是前 {MOST_ROWS:,} 行，其余在导出里。")
    picked = st.dataframe(
        shown,
        hide_index=True,
        key=f"table_{key}",
        alt=title,
        row_height=ROW_PX,
        height=min(HEAD_PX + ROW_PX * len(shown), TALLEST_PX),
        column_config={name: _column(name, shown[name]) for name in columns},
        placeholder=words.NOTHING,
        on_select="rerun" if selects else "ignore",
        selection_mode="single-row",
    )
    if len(rows):
        exports.buttons(lambda: _titled(rows, columns), title, key, (*notes, *definitions(columns)))
    chosen = cast(DataframeState, picked)["selection"]["rows"] if selects else []
    return rows.iloc[chosen[0]].to_dict() if chosen and chosen[0] < len(rows) else None


def _titled(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The rows in words under the headings people read."""
    return in_words(rows, columns).rename(columns={name: labels.heading(name) for name in columns})


def definitions(columns: Sequence[str]) -> list[str]:
    """How the measures among the columns are worked out, a line each, for the sheet beside the rows."""
    return [f"{word.label}：{word.formula}" for word in map(labels.term, columns) if word.is_measure]


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
    if is_colour(name) and str(value) in theme.MARKS:
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
        return f"{value:,.{_day_places([value])}f}" if name.endswith("_days") else words.number(float(value))
    said = labels.said(name, str(value))
    # never a colour alone: its mark stands in tables and exports too
    return f"{theme.MARKS[str(value)]} {said}" if is_colour(name) and str(value) in theme.MARKS else said


def is_colour(name: str) -> bool:
    """Whether a column holds one of the three colours."""
    return name in ("colour", "candidate") or name.startswith("colour_") or name.endswith("_colour")


def _shared(told: Sequence[str]) -> str:
    """What stands in one cell: the first, and the others small below it."""
    return told[0] + (f"<small>{' / '.join(told[1:])}</small>" if told[1:] else "")


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
        layout = "percent" if word.unit == "%" else "localized"
        if name.endswith("_days"):
            layout = f"%.{_day_places(values.dropna())}f"
        return st.column_config.NumberColumn(heading, help=meaning, format=layout)
    return st.column_config.TextColumn(heading, help=meaning)


def _day_places(values: Iterable[Any]) -> int:
    """Days are written whole; where a few hours would read as none, with one place."""
    return int(any(abs(value) < FEW_DAYS and not float(value).is_integer() for value in values))
