"""Decides which ledger a sheet is, or says why it is none."""

from dataclasses import dataclass

from data.contract import Ledger, ledgers
from data.files import Sheet
from data.intake.header import Header, looks_like_headings, read_as

# An unfinished reading must be this much fuller than a finished one before it is what the clerk meant.
FULLER_BY = 3
LEAST_HITS = 3


@dataclass(frozen=True)
class Unrecognised:
    """Why a sheet is no ledger: a file reason, a sentence, and how near it came."""

    reason: str
    message: str
    hits: int = 0


def recognise(sheet: Sheet, wanted: Ledger | None) -> Header | Unrecognised:
    """The sheet's header read as the wanted ledger, or as whichever ledger it fits best."""
    if not sheet.head:
        return Unrecognised("file_empty", f"{_place(sheet)}没有内容。请确认导出的是有数据的表。")
    candidates = [wanted] if wanted else list(ledgers().values())
    readings = [header for ledger in candidates if (header := read_as(sheet, ledger))]
    fitting = max((h for h in readings if not h.missing), key=_fullness, default=None)
    partial = max((h for h in readings if h.missing), key=_fullness, default=None)
    if fitting and (partial is None or partial.hits < fitting.hits + FULLER_BY):
        return fitting
    if partial and (wanted or partial.hits >= LEAST_HITS):
        missing = "、".join(f"「{label}」" for label in partial.missing)
        return Unrecognised(
            "missing_required_column",
            f"{_place(sheet)}看起来是{partial.ledger.title}，但缺少必需的列：{missing}。请补上这些列再装载。",
            partial.hits,
        )
    if any(looks_like_headings(row.cells) for row in sheet.head if row.row <= 15):
        return Unrecognised(
            "unknown_table",
            f"{_place(sheet)}的表头与已知台账都对不上。请核对表头，或用 --ledger 指明台账，或用模板装载。",
            partial.hits if partial else 0,
        )
    return Unrecognised("no_header", f"{_place(sheet)}前 15 行里没有找到表头。请补上一行列名再装载。")


def _fullness(header: Header) -> tuple[int, bool, int]:
    return header.hits, header.ledger.is_core, -len(header.missing)


def _place(sheet: Sheet) -> str:
    return f"工作表「{sheet.name}」" if sheet.name else "文件"
