"""Takes in one file: opens it, recognises its sheets, cleans their rows, leaves its records as Parquet."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa

from data.contract import Ledger, ledgers
from data.files import Limits, Merge, OpenedFile, Sheet, open_file
from data.intake import grid_features
from data.intake.cells import Days
from data.intake.foreign import Shaping, shapings
from data.intake.header import Header
from data.intake.known import Grid, Known
from data.intake.progress import counted
from data.intake.recognise import Unrecognised, recognise
from data.intake.report import FileReport, Rejection
from data.intake.rows import clean
from data.intake.skipping import data_rows
from data.intake.stage import Stage
from data.intake.work import Reader
from data.settings import EARLIEST_DAY, today
from data.template import Output, Template
from data.trouble import FileRefused

PLACE_REASONS = frozenset(["unknown_grid", "unknown_community"])


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


@dataclass
class Taken:
    """One file's outcome: its report and the Parquet files its accepted records were written to."""

    report: FileReport
    parquet: dict[str, Path] = field(default_factory=dict)


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
    path: Path, scratch: Path, wishes: Wishes, known: Known, name: str | None = None
) -> Recognised:
    """Opens a file and recognises its sheets; what refuses the whole file stands in the report."""
    report = FileReport(path=name or str(path))
    try:
        opened = open_file(path, scratch, wishes.limits, name)
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


def take(file: Recognised, known: Known, key: bytes, wishes: Wishes) -> Taken:
    """Cleans a recognised file; `known` grows by its grids and firms. Writes only to its scratch."""
    taken = Taken(file.report)
    try:
        for ledger in ledgers().values():
            mine = [reading for reading in file.readings if reading.header.ledger.name == ledger.name]
            if mine:
                _take_ledger(ledger, mine, file, known, key, wishes, taken)
    except FileRefused as refused:
        file.report.refuse(refused.reason, refused.message)
        return Taken(file.report)
    file.report.rejected.sort(key=lambda each: (each.sheet, each.row))
    if not known.grids and any(each.reason in PLACE_REASONS for each in file.report.rejected):
        file.report.notes.append("仓库里还没有网格信息，请先装载网格信息表。")
    return taken


def _readings(
    opened: OpenedFile, known: Known, wishes: Wishes, report: FileReport, name: str
) -> list[Reading]:
    if opened.features is not None:
        if wishes.ledger not in {None, "grid"}:
            raise FileRefused(
                "unknown_table", "GeoJSON 只能作为网格信息装载。请去掉 --ledger，或写 --ledger grid。"
            )
        header, table = grid_features.as_block(opened, name, wishes.template, wishes.system)
        return [Reading(header, lambda: [table], table.num_rows)]
    if wishes.template:
        return [_foreign(sheet, shaping) for sheet, shaping in shapings(opened, wishes.template, known)]
    wanted = ledgers()[wishes.ledger] if wishes.ledger else None
    readings, misfits = [], []
    for sheet in opened.sheets:
        found = recognise(sheet, wanted)
        if isinstance(found, Header):
            readings.append(Reading(found, sheet.blocks, sheet.row_count, sheet.name, sheet.merges))
        else:
            misfits.append(found)
    if not readings:
        worst: Unrecognised = max(misfits, key=lambda each: (each.hits, each.reason != "file_empty"))
        raise FileRefused(worst.reason, worst.message)
    report.notes += [each.message for each in misfits if each.reason != "file_empty"]
    return readings


def _foreign(sheet: Sheet, shaping: Shaping) -> Reading:
    blocks = partial(map, shaping.shaped)
    return Reading(
        shaping.header(), lambda: blocks(sheet.blocks()), sheet.row_count, sheet.name, (), shaping.output
    )


def _take_ledger(
    ledger: Ledger,
    readings: list[Reading],
    file: Recognised,
    known: Known,
    key: bytes,
    wishes: Wishes,
    taken: Taken,
) -> None:
    report = taken.report
    stage = Stage(ledger, file.scratch)
    try:
        for reading in readings:
            reader = _reader(reading, file, known, key, wishes)
            for block in counted(reading.data_blocks(), reading.row_count, f"{report.path} · {ledger.title}"):
                rows, rejected = clean(reader, block)
                stage.add(rows)
                report.rejected += rejected
            report.notes += reader.tally.notes(known.outline)
        folded, conflicts = stage.settle(keep_first=any(r.output and r.output.keeps_first for r in readings))
        report.merged += folded
        report.rejected += [_conflict(readings[0].header, *each) for each in conflicts]
        report.accepted[ledger.table] = stage.count()
        _learn(ledger, stage, known)
        target = file.scratch / f"{ledger.table}.parquet"
        stage.write(target)
        if target.exists():
            taken.parquet[ledger.table] = target
    finally:
        stage.close()


def _reader(reading: Reading, file: Recognised, known: Known, key: bytes, wishes: Wishes) -> Reader:
    template = wishes.template
    return Reader(
        reading.header,
        known,
        key,
        Days((template and template.earliest) or EARLIEST_DAY, today(), file.date1904),
        sheet_name=reading.name,
        system=wishes.system or (template.system if template else None),
        is_grid_optional=bool(reading.output and reading.output.is_grid_optional),
    )


def _conflict(header: Header, sheet: str, row: int, record_key: str) -> Rejection:
    names = [name for names in header.ledger.key for name in names if name in header.columns]
    heading = header.heading(header.columns[names[0]][0]) if names else "编号"
    # A key of several parts may hold a token of a person; only a plain number is worth showing.
    shown = record_key if "|" not in record_key and len(header.ledger.key[0]) == 1 else ""
    return Rejection(sheet, row, heading, shown, "duplicate_conflict")


def _learn(ledger: Ledger, stage: Stage, known: Known) -> None:
    if ledger.name == "grid":
        known.learn_grids(Grid(*row) for row in stage.rows("grid_code grid_name community polygon"))
        codes = stage.rows("community_code community")
        known.learn_community_codes((code, name) for code, name in codes if code and name)
    if ledger.name == "enterprise":
        firms = stage.rows("record_key enterprise_no uscc name")
        known.learn_firms((key, number, uscc, name) for key, number, uscc, name in firms)
