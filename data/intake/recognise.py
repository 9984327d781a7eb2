"""Decides which ledger a sheet is, or says why it is none."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from data.contract import Ledger, ledgers
from data.files import Sheet
from data.intake.header import SEARCHED_ROWS, Header, missing_labels
from data.intake.heading_rows import read_as

# An unfinished reading must be this much fuller than a finished one before it is what the clerk meant.
FULLER_BY = 3
LEAST_HITS = 3
NO_HEADING = re.compile(r"\d{2}|^[-\d./:%+]+$|.:.|.{31}")


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
    fitting = max(_to_the_point([h for h in readings if not h.missing]), key=_fullness, default=None)
    partial = max((h for h in readings if h.missing), key=_fullness, default=None)
    if fitting and (partial is None or not _is_rather(partial, fitting)):
        return fitting
    if partial and (wanted or _is_near(partial)):
        return _unfinished(sheet, partial.ledger, partial.missing, partial.hits)
    if any(looks_like_headings(row.cells) for row in sheet.head if row.row <= SEARCHED_ROWS):
        if wanted:
            return _unfinished(sheet, wanted, missing_labels(wanted, set()), 0)
        return Unrecognised(
            "unknown_table",
            f"{_place(sheet)}的表头与已知台账都对不上。请核对表头，或用 --ledger 指明台账，或用模板装载。",
            partial.hits if partial else 0,
        )
    return Unrecognised("no_header", f"{_place(sheet)}前 15 行里没有找到表头。请补上一行列名再装载。")


def _unfinished(sheet: Sheet, ledger: Ledger, missing: Sequence[str], hits: int) -> Unrecognised:
    labels = "、".join(f"「{label}」" for label in missing)
    return Unrecognised(
        "missing_required_column",
        f"{_place(sheet)}看起来是{ledger.title}，但缺少必需的列：{labels}。请补上这些列再装载。",
        hits,
    )


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Whether a row could be headings: two or more short, different words, none a number, date or code."""
    words = [word for cell in cells if (word := unicodedata.normalize("NFKC", cell).strip())]
    return (
        len(words) >= 2
        and len(set(words)) == len(words)
        and not any(NO_HEADING.search(word) for word in words)
    )


def _to_the_point(fitting: list[Header]) -> list[Header]:
    """Without the registers that another fitting ledger refers to: a rating may carry the firm's columns."""
    needed = {name for header in fitting for name in header.ledger.needs}
    return [header for header in fitting if header.ledger.name not in needed]


def _is_rather(partial: Header, fitting: Header) -> bool:
    """Whether the sheet is an unfinished one ledger rather than, by chance, a finished other one.

    A further ledger may well carry columns of the register it refers to.
    """
    is_referred_to = partial.ledger.name in fitting.ledger.needs
    is_core_against_further = partial.ledger.is_core and not fitting.ledger.is_core and not is_referred_to
    return partial.hits >= fitting.hits + (1 if is_core_against_further else FULLER_BY)


def _is_near(partial: Header) -> bool:
    """Whether so much of a ledger is there that the clerk must have meant it."""
    lacks_one = partial.hits >= LEAST_HITS - 1 and partial.ledger.is_core and len(partial.missing) == 1
    return partial.hits >= LEAST_HITS or lacks_one


def _fullness(header: Header) -> tuple[int, bool, int]:
    return header.hits, header.ledger.is_core, -len(header.missing)


def _place(sheet: Sheet) -> str:
    return f"工作表「{sheet.name}」" if sheet.name else "文件"
