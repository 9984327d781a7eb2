"""Reading an xlsx or xls file cell by cell; runs inside the child process."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as SheetType
from python_calamine import SheetVisibleEnum as Visible

from data.files.archive import Archive
from data.files.biff import biff_facts, biff_marks
from data.files.cells import text_of
from data.files.kind import mismatch
from data.files.limits import Limits
from data.files.merged import FillDown
from data.files.ole import BrokenContainer, holds_encrypted_workbook, workbook_stream
from data.files.sheet_xml import LAST_ROW, farthest_cell, workbook_facts, xlsx_marks
from data.files.sheets import Merge, Sheet
from data.files.writing import SheetWriter, no_cycle_search
from data.trouble import FileRefused

Marks = dict[int, dict[int, str]]
_ROWS_AT_ONCE = 10_000


class Xlsx:
    """What the parts of an xlsx tell beside the cells; the archive is checked when this is made."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._archive, self._limits = Archive(path, name, limits), limits
        facts = workbook_facts(self._archive)
        self.date1904, self._parts = facts.date1904, facts.sheet_parts

    def marks(self, position: int, where: str) -> Marks:
        """Marks of the sheet at this position; refuses cells beyond the last allowed row or column."""
        part = self._parts[position] if position < len(self._parts) else ""
        xml = self._archive.part(part) or b""
        last_row, last_column = farthest_cell(xml)
        self._limits.check_columns(where, last_column)
        if last_row > LAST_ROW:
            raise FileRefused(
                "too_large", f"{where}用到了第 {last_row:,} 行，超过表格软件的上限，请另存为 xlsx 再导入。"
            )
        return xlsx_marks(xml)


class Xls:
    """What the records of an xls tell beside the cells. Raises FileRefused: encrypted, type_mismatch."""

    def __init__(self, path: Path, name: str) -> None:
        data = path.read_bytes()
        if holds_encrypted_workbook(data):
            raise encrypted(name)
        try:
            stream = workbook_stream(data)
        except BrokenContainer:
            raise damaged(name) from None
        if stream is None:
            raise mismatch(name, "其他旧版 Office 文档（如 doc、ppt）")
        facts = biff_facts(stream)
        if facts.is_encrypted:
            raise encrypted(name)
        self._stream, self._starts, self.date1904 = stream, facts.sheet_starts, facts.date1904

    def marks(self, position: int, where: str) -> Marks:
        """Marks of the sheet at this position."""
        return biff_marks(self._stream, self._starts[position]) if position < len(self._starts) else {}


def read_workbook(
    path: Path, name: str, kind: str, limits: Limits, folder: Path
) -> tuple[list[Sheet], list[str], bool]:
    """Visible sheets, names of the hidden ones, and whether days count from 1904. Raises FileRefused."""
    try:
        facts: Xlsx | Xls = Xlsx(path, name, limits) if kind == "xlsx" else Xls(path, name)
        with CalamineWorkbook.from_path(path) as book, no_cycle_search():
            sheets: list[Sheet] = []
            hidden: list[str] = []
            for position, about in enumerate(book.sheets_metadata):
                if about.visible != Visible.Visible:
                    hidden.append(about.name)
                elif about.typ == SheetType.WorkSheet:
                    where = f"「{name}」的工作表「{about.name}」"
                    marks = facts.marks(position, where)
                    writer = SheetWriter(folder, f"sheet{position}", limits, where)
                    sheets.append(_read_sheet(about.name, book.get_sheet_by_index(position), marks, writer))
            return sheets, hidden, facts.date1904
    except PasswordError:
        raise encrypted(name) from None
    except (CalamineError, ParseError):
        raise damaged(name) from None


def encrypted(name: str) -> FileRefused:
    """The refusal of a file that asks for a password."""
    return FileRefused("encrypted", f"「{name}」设了打开密码，请用 WPS 或 Excel 打开，取消密码另存后再导入。")


def damaged(name: str) -> FileRefused:
    """The refusal of a workbook that does not hold together."""
    return FileRefused(
        "unreadable", f"「{name}」不完整或已损坏，请用 WPS 或 Excel 打开修复后另存为 xlsx 再导入。"
    )


def _read_sheet(name: str, sheet: CalamineSheet, marks: Marks, writer: SheetWriter) -> Sheet:
    merges = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    fill_down = FillDown(merges)
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number, cells in _rows(sheet, marks):
        if not any(map(str.strip, cells)):
            continue
        fill_down.fill(number, cells)
        numbers.append(number)
        rows.append(cells)
        if len(rows) >= _ROWS_AT_ONCE:
            writer.write(numbers, rows)
            numbers, rows = [], []
    writer.write(numbers, rows)
    return writer.finish(name, merges)


def _rows(sheet: CalamineSheet, marks: Marks) -> Iterator[tuple[int, list[str]]]:
    """1-based row numbers and cells from column A on, marks laid over the values the reader leaves blank."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    width = len(left) + sheet.width
    marked_width = max((max(columns) + 1 for columns in marks.values()), default=0)
    right = [""] * max(0, marked_width - width)
    index, blank = -1, [""] * sheet.width
    for index, values in enumerate(sheet.iter_rows()):
        # One stray cell far down makes a million blank rows: they are passed over without building them.
        if values == blank and index not in marks:
            continue
        # A string is left alone here: most cells are strings, and a call for each would double the time.
        cells = left + [v if v.__class__ is str and "\r" not in v else text_of(v) for v in values] + right
        for column, mark in marks.get(index, {}).items():
            cells[column] = mark
        yield index + 1, cells
    for row in sorted(row for row in marks if row > index):
        cells = [""] * max(width, marked_width)
        for column, mark in marks[row].items():
            cells[column] = mark
        yield row + 1, cells
