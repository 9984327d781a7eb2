"""Opens one file and recognises its sheets: what each is, and where its data rows come from."""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from data.contract import ledgers
from data.files import Limits, Merge, OpenedFile, Sheet, open_file
from data.intake import grid_features
from data.intake.foreign import Shaping, shapings
from data.intake.header import Header
from data.intake.known import Known
from data.intake.own_headings import OwnHeadings
from data.intake.recognise import Unrecognised, recognise
from data.intake.report import FileReport
from data.intake.skipping import data_rows
from data.template import Output, Template
from data.trouble import FileRefused

# Sheets by which an office tells how to fill in the others.
EXPLAINS = re.compile("说明|字典|须知|指南|示例|样例|下拉|选项|代码表|参数|封面|目录")


@dataclass(frozen=True)
class Wishes:
    """What the person at the command line or the upload page asked for."""

    ledger: str | None = None
    template: Template | None = None
    system: str | None = None
    limits: Limits | None = None
    is_demo: bool = False


@dataclass(frozen=True)
class Reading:
    """One sheet (or GeoJSON) read as one ledger: its header, and rows as the header names their columns."""

    header: Header
    blocks: Callable[[], Iterable[pa.Table]]
    row_count: int
    name: str = ""
    merges: tuple[Merge, ...] = ()
    output: Output | None = None

    def data_blocks(self) -> Iterator[pa.Table]:
        """The data rows, block by block."""
        for block in self.blocks():
            rows = data_rows(block, self.header, self.merges)
            if rows.num_rows:
                yield rows


@dataclass(frozen=True)
class Recognised:
    """A file opened and its sheets recognised, waiting for its turn to be cleaned."""

    report: FileReport
    scratch: Path
    date1904: bool = False
    readings: tuple[Reading, ...] = ()

    @property
    def turn(self) -> int:
        """When to clean it: ledgers that others refer to come first."""
        order = list(ledgers())
        return min((order.index(reading.header.ledger.name) for reading in self.readings), default=len(order))


def recognised(
    path: Path, raw: Path, scratch: Path, wishes: Wishes, known: Known, name: str | None = None
) -> Recognised:
    """Opens a file and recognises its sheets; what refuses the whole file stands in the report.

    Its cells as they stand, names and all, lie in `raw`; `scratch` is for what has been cleaned.
    """
    report = FileReport(path=name or str(path))
    try:
        opened = open_file(path, raw, wishes.limits, name)
        report.sha256 = opened.sha256
        if opened.skipped_sheets:
            report.notes.append("没有读取隐藏的工作表：" + "、".join(opened.skipped_sheets) + "。")
        readings = tuple(_readings(opened, known, wishes, report, name or path.name))
        report.ledger = readings[0].header.ledger.name
        return Recognised(report, scratch, opened.date1904, readings)
    except FileRefused as refused:
        report.refuse(refused.reason, refused.message)
        return Recognised(report, scratch)
    except RuntimeError as fault:
        # The child that reads workbooks can only say so in words when the disk of its scratch is full.
        if os.strerror(errno.ENOSPC) in str(fault):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from fault
        raise


def _readings(
    opened: OpenedFile, known: Known, wishes: Wishes, report: FileReport, name: str
) -> list[Reading]:
    if opened.features is not None:
        if wishes.ledger not in {None, "grid"}:
            raise FileRefused(
                "unknown_table", "GeoJSON 只能作为网格信息装载。请去掉 --ledger，或写 --ledger grid。"
            )
        header, table = grid_features.as_block(opened, name, wishes.template, wishes.system)
        report.notes += grid_features.notes(opened, header, table)
        return [Reading(header, lambda: [table], table.num_rows)]
    own = OwnHeadings.of(wishes.template)
    if wishes.template and own is None:
        return [_foreign(sheet, shaping) for sheet, shaping in shapings(opened, wishes.template, known)]
    wanted = own.output.ledger if own else ledgers()[wishes.ledger] if wishes.ledger else None
    readings, misfits, notes = [], [], []
    for sheet in opened.sheets:
        found = recognise(sheet, wanted)
        if isinstance(found, Header):
            readings.append(_reworded(sheet, found, own) if own else _as_it_stands(sheet, found))
        else:
            misfits.append(found)
            notes += _misfit_notes(sheet, found)
    if not readings:
        worst: Unrecognised = max(misfits, key=lambda each: (each.hits, each.reason != "file_empty"))
        raise FileRefused(worst.reason, worst.message)
    report.notes += notes
    return readings


def _misfit_notes(sheet: Sheet, found: Unrecognised) -> list[str]:
    """What to tell of a sheet that is no ledger beside one that is."""
    if found.reason == "file_empty":
        return []
    if EXPLAINS.search("".join(sheet.name.split())):
        return [f"没有读取工作表「{sheet.name}」，它不是台账。"]
    return [found.message]


def _as_it_stands(sheet: Sheet, header: Header) -> Reading:
    return Reading(header, sheet.blocks, sheet.row_count, sheet.name, sheet.merges)


def _reworded(sheet: Sheet, header: Header, own: OwnHeadings) -> Reading:
    """The sheet with the template's words for its cells; what it adds to a row is no cell of the row."""
    plain = _as_it_stands(sheet, header)
    return Reading(
        own.header(header, sheet.width),
        lambda: (own.reworded(block, header, sheet.width) for block in plain.data_blocks()),
        sheet.row_count,
        sheet.name,
        output=own.output,
    )


def _foreign(sheet: Sheet, shaping: Shaping) -> Reading:
    blocks = partial(map, shaping.shaped)
    return Reading(
        shaping.header(), lambda: blocks(sheet.blocks()), sheet.row_count, sheet.name, (), shaping.output
    )
