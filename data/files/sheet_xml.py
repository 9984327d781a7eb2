"""What an xlsx says that its cells do not: its date system, error cells, formulas without result."""

import re
from dataclasses import dataclass
from html import unescape
from posixpath import join, normpath
from xml.etree import ElementTree

from data.files.archive import Archive
from data.files.sheets import ERROR_MARK, NO_RESULT

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TOKEN = re.compile(rb"<(?:\w+:)?(?:(row)\b([^>]*)>|c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>))", re.DOTALL)
_ATTRIBUTE_R = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d+)["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)<)")
# Beyond column SR (512), or a row number of seven places or more: looked at closely only where it occurs.
_FAR = re.compile(rb"""r=["'](?:[A-Z]{3}|[T-Z][A-Z]|S[S-Z]|[A-Z]*\d{7})""")
_FAR_CELL = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr=["']([A-Z]*)(\d+)["'][^>]*?(/?)>(</)?""")


@dataclass(frozen=True)
class WorkbookFacts:
    """`sheet_parts`: the part of each sheet, in the workbook's order; "" where it names none."""

    date1904: bool
    sheet_parts: tuple[str, ...]


def workbook_facts(archive: Archive) -> WorkbookFacts:
    """Read xl/workbook.xml and its relations. Raises xml.etree.ElementTree.ParseError."""
    book = ElementTree.fromstring(archive.part("xl/workbook.xml") or b"")
    relations = ElementTree.fromstring(archive.part("xl/_rels/workbook.xml.rels") or b"")
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    date1904 = False
    parts: list[str] = []
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            date1904 = element.get("date1904", "0") in ("1", "true", "on")
        elif tag == "sheet":
            related = next((text for key, text in element.items() if key.endswith("}id")), "")
            target = targets.get(related, "").replace("\\", "/")
            parts.append(normpath(join("/xl", target)).lstrip("/") if target else "")
    return WorkbookFacts(date1904, tuple(parts))


def farthest_cell(xml: bytes) -> tuple[int, int]:
    """Row and column (1-based) of the farthest cells that are not blank, if any lies far out; else (0, 0).

    One stray cell at the end of the grid would make the cell reader reserve room for 17 billion cells.
    """
    if not _FAR.search(xml):
        return 0, 0
    last_row = last_column = 0
    for match in _FAR_CELL.finditer(xml):
        letters, digits, is_blank = match[1], match[2], match[3] or match[4]
        if not is_blank:
            last_row = max(last_row, int(digits[:9]))
            last_column = max(last_column, column_number(letters))
    return last_row, last_column


def xlsx_marks(xml: bytes) -> dict[int, dict[int, str]]:
    """Row -> column -> mark of one sheet's error cells and formulas without a stored result; both 0-based."""
    marks: dict[int, dict[int, str]] = {}
    if not _FORMULA.search(xml) and b't="e"' not in xml and b"t='e'" not in xml:
        return marks
    row = column = 0
    for token in _TOKEN.finditer(xml):
        is_row, row_attributes, attributes, content = token.groups(b"")
        place = _ATTRIBUTE_R.search(row_attributes or attributes)
        if is_row:
            row, column = (int(place[2][:9]) if place else row + 1), 0
            continue
        column += 1
        if place and place[1]:
            row, column = int(place[2][:9]), column_number(place[1])
        mark = _mark_of(attributes, content)
        if mark and 0 < row <= LAST_ROW and column <= LAST_COLUMN:
            marks.setdefault(row - 1, {})[column - 1] = mark
    return marks


def _mark_of(attributes: bytes, content: bytes) -> str:
    kind = _TYPE.search(attributes)
    value = _VALUE.search(content)
    if kind and kind[1] == b"e":
        return ERROR_MARK + unescape(
            (value[1] if value and value[1] else b"#ERROR!").decode("utf-8", "replace")
        )
    if not _FORMULA.search(content):
        return ""
    has_result = value is not None and (bool(value[1]) or (kind is not None and kind[1] == b"str"))
    return "" if has_result else NO_RESULT


def column_number(letters: bytes) -> int:
    """A -> 1, XFD -> 16384; nonsense longer than three letters counts as one column beyond the last."""
    if len(letters) > 3:
        return LAST_COLUMN + 1
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
