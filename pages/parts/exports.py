"""What is on screen as a file that Excel opens safely: no cell of it can run as a formula."""

import csv
import io
import re
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
import xlsxwriter

from pages.parts import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
ROWS_AT_MOST = 50_000


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    risky = text.startswith(STARTS_A_FORMULA) and not PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def as_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a mark, so that Excel on Windows reads the Chinese; missing values are empty."""
    page = io.StringIO()
    lines = csv.writer(page, lineterminator="\r\n")
    lines.writerow(harmless(str(name)) for name in frame.columns)
    for row in frame.itertuples(index=False):
        lines.writerow("" if words.is_missing(cell) else harmless(str(cell)) for cell in row)
    return page.getvalue().encode("utf-8-sig")


def as_xlsx(frame: pd.DataFrame, title: str, notes: tuple[str, ...] = ()) -> bytes:
    """The rows on one sheet, the notes (scope, snapshot, definitions) on another, 说明; text stays text."""
    book_bytes = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(book_bytes, options) as book:
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31] or "数据")
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, str(name), head)
            sheet.set_column(column, column, 18)
        for below, cells in enumerate(frame.itertuples(index=False), start=1):
            for column, cell in enumerate(cells):
                _write(sheet, below, column, cell, formats)
        sheet.freeze_panes(1, 0)
        if len(frame):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
        told = book.add_worksheet("说明")
        told.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        for row, note in enumerate((title, *notes)):
            told.write_string(row, 0, note)
    return book_bytes.getvalue()


def _write(sheet: Any, row: int, column: int, cell: object, formats: dict[type[date], Any]) -> None:
    if words.is_missing(cell):
        return
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, formats[datetime])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[date])
    elif isinstance(cell, bool | np.bool_):
        sheet.write_string(row, column, "是" if cell else "否")
    elif isinstance(cell, int | float | np.number):
        sheet.write_number(row, column, float(cell))
    else:
        sheet.write_string(row, column, str(cell))


def file_name(title: str, ending: str) -> str:
    """A name of its own for every download: the server knows large files by a partial hash and their name."""
    return f"{title}-{secrets.token_hex(8)}.{ending}"


def buttons(frame: Callable[[], pd.DataFrame], title: str, key: str, notes: tuple[str, ...] = ()) -> None:
    """Two quiet buttons under a table: its rows for Excel and as CSV, worked out when somebody asks."""

    def rows() -> pd.DataFrame:
        return frame().head(ROWS_AT_MOST)

    with st.container(horizontal=True, gap="small", key=f"exports_{key}"):
        st.download_button(
            "导出 Excel",
            lambda: as_xlsx(rows(), title, notes),
            file_name=file_name(title, "xlsx"),
            mime=XLSX,
            type="tertiary",
            on_click="ignore",
            key=f"xlsx_{key}",
        )
        st.download_button(
            "导出 CSV",
            lambda: as_csv(rows()),
            file_name=file_name(title, "csv"),
            mime="text/csv",
            type="tertiary",
            on_click="ignore",
            key=f"csv_{key}",
        )
