"""Writing ledgers as offices hand them in: GB18030 exports, workbooks with titles, notes and footers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from pyarrow import csv as arrow_csv

# What a clerk typed into a cell by mistake: (row of the table, heading) -> text.
Slips = Mapping[tuple[int, str], str]
NO_SLIPS: Slips = {}
# Headings of an office that knows which coordinates it has; those that do not leave it to the importer.
WGS84 = {"经度": "经度（WGS-84）", "纬度": "纬度（WGS-84）"}
EXCEL_EPOCH_DAYS = 25_569
MADE_ON = datetime(2024, 4, 19, 9, 0)


@dataclass(frozen=True)
class Layout:
    """What surrounds the rows of a workbook's sheet.

    `subtotals_by` puts a 小计 row after each run of equal values of that column and merges the run's cells;
    `hidden_words` stand on a hidden sheet, as lists for drop-down cells do.
    """

    title: str
    reported_by: str = "清禾街道办事处"
    sheet: str = "Sheet1"
    footer: str = "填表人：                审核人："
    total_of: tuple[str, ...] = ()
    subtotals_by: str | None = None
    heading_notes: Mapping[str, str] = field(default_factory=dict)
    hidden_words: tuple[str, ...] = ()


def write_csv(
    path: Path,
    table: pa.Table,
    *,
    encoding: str = "gb18030",
    slashes: bool = False,
    slips: Slips = NO_SLIPS,
) -> Path:
    """Write the table as an exported CSV; moments as 2026-01-05 09:30, or with slashes 2026/01/05 09:30."""
    texts = pa.table({name: _as_text(table[name], slashes) for name in table.column_names})
    for (row, heading), text in slips.items():
        place = texts.column_names.index(heading)
        there = np.arange(texts.num_rows) == row
        changed = pc.if_else(pa.array(there), pa.scalar(text, pa.string()), texts[heading].combine_chunks())
        texts = texts.set_column(place, heading, changed)
    options = arrow_csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((",".join(table.column_names) + "\r\n").encode(encoding))
        for batch in texts.to_batches(max_chunksize=100_000):
            sink = pa.BufferOutputStream()
            arrow_csv.write_csv(pa.Table.from_batches([batch]), sink, options)
            lines = sink.getvalue().to_pybytes().decode("utf-8")
            file.write(lines.replace("\n", "\r\n").encode(encoding.removesuffix("-sig")))
    return path


def _as_text(column: Any, slashes: bool) -> Any:
    kind = column.type
    if pa.types.is_timestamp(kind):
        text = pc.utf8_slice_codeunits(column.cast(pa.string()), 0, 16)
    else:
        text = column.cast(pa.string())
    if slashes and (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
        text = pc.replace_substring(text, "-", "/")
    return text


def write_workbook(
    path: Path, table: pa.Table, layout: Layout, handed_in: date, *, slips: Slips = NO_SLIPS
) -> Path:
    """Write the table as a workbook: title, 填报单位 line, headings in row 3, rows, totals, footer."""
    merges_down = layout.subtotals_by is not None
    with xlsxwriter.Workbook(path, {"constant_memory": not merges_down, "strings_to_urls": False}) as book:
        book.set_properties({"title": layout.title, "author": layout.reported_by, "created": MADE_ON})
        sheet = book.add_worksheet(layout.sheet)
        _Page(book, sheet, table, layout, slips).write(handed_in)
        if layout.hidden_words:
            hidden = book.add_worksheet("字典")
            hidden.write_column(0, 0, layout.hidden_words)
            hidden.hide()
    return path


class _Page:
    """One sheet being filled from top to bottom."""

    def __init__(self, book: Any, sheet: Any, table: pa.Table, layout: Layout, slips: Slips) -> None:
        self.sheet, self.table, self.layout, self.slips = sheet, table, layout, slips
        self.big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.head = book.add_format(
            {"bold": True, "align": "center", "text_wrap": True, "border": 1, "bg_color": "#DDEBF7"}
        )
        self.centred = book.add_format({"align": "center", "valign": "vcenter", "border": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})

    def write(self, handed_in: date) -> None:
        names, width = self.table.column_names, len(self.table.column_names)
        for place, name in enumerate(names):
            self.sheet.set_column(place, place, min(30, max(9, 2.4 * len(name))))
        self.sheet.merge_range(0, 0, 0, width - 1, self.layout.title, self.big)
        day = f"{handed_in.year}年{handed_in.month}月{handed_in.day}日"
        self.sheet.write_string(1, 0, f"填报单位：{self.layout.reported_by}　　填报日期：{day}")
        for place, name in enumerate(names):
            self.sheet.write_string(2, place, self.layout.heading_notes.get(name, name), self.head)
        last = self._rows(3)
        if self.layout.total_of:
            self.sheet.write_string(last, 0, "合计")
            for name in self.layout.total_of:
                self.sheet.write_number(last, names.index(name), pc.sum(self.table[name]).as_py() or 0)
            last += 1
        if self.layout.footer:
            self.sheet.write_string(last, 0, self.layout.footer)

    def _rows(self, row: int) -> int:
        cells = [self._cells(name) for name in self.table.column_names]
        by = self.layout.subtotals_by
        runs = _runs(self.table[by].to_pylist()) if by else [(0, self.table.num_rows)]
        for since, until in runs:
            start = row
            for at in range(since, until):
                for place, (values, form) in enumerate(cells):
                    value = values[at]
                    if value is None:
                        continue
                    if type(value) is str:
                        self.sheet.write_string(row, place, value)
                    else:
                        self.sheet.write_number(row, place, value, form)
                row += 1
            if by:
                self._merge_down(by, start, row - 1, str(self.table[by][since].as_py()))
                row = self._subtotal(row, since, until)
        return row

    def _merge_down(self, name: str, start: int, end: int, text: str) -> None:
        place = self.table.column_names.index(name)
        if end > start:
            self.sheet.merge_range(start, place, end, place, text, self.centred)

    def _subtotal(self, row: int, since: int, until: int) -> int:
        self.sheet.write_string(row, 0, "小计")
        for name in self.layout.total_of:
            part = self.table[name].slice(since, until - since)
            self.sheet.write_number(row, self.table.column_names.index(name), pc.sum(part).as_py() or 0)
        return row + 1

    def _cells(self, name: str) -> tuple[list[Any], Any]:
        column = self.table[name].combine_chunks()
        form = None
        if pa.types.is_timestamp(column.type):
            column, form = pc.divide(column.cast(pa.int64()).cast(pa.float64()), 86_400.0), self.moment
        elif pa.types.is_date(column.type):
            column, form = column.cast(pa.int32()).cast(pa.float64()), self.day
        values: list[Any] = column.to_pylist()
        if form is not None:
            values = [None if value is None else value + EXCEL_EPOCH_DAYS for value in values]
        for (row, heading), text in self.slips.items():
            if heading == name:
                values[row] = text
        return values, form


def _runs(values: Sequence[Any]) -> list[tuple[int, int]]:
    """(since, until) of every run of equal neighbours."""
    starts = [0, *(at for at in range(1, len(values)) if values[at] != values[at - 1]), len(values)]
    return list(pairwise(starts))
