"""Takes in one recognised file: cleans its rows, settles its doubles, leaves its records as Parquet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.contract import Ledger, ledgers
from data.intake.cells import Days
from data.intake.header import Header, field_heading
from data.intake.known import Grid, Known
from data.intake.progress import counted
from data.intake.readings import Reading, Recognised
from data.intake.readings import Wishes as Wishes
from data.intake.readings import recognised as recognised
from data.intake.report import FileReport, Rejection
from data.intake.rows import clean
from data.intake.stage import Conflict, Stage
from data.intake.work import Reader
from data.settings import EARLIEST_DAY, today
from data.trouble import FileRefused

PLACE_REASONS = frozenset(["unknown_grid", "unknown_community"])


@dataclass
class Taken:
    """One file's outcome: its report and the Parquet files its accepted records were written to."""

    report: FileReport
    parquet: dict[str, Path] = field(default_factory=dict)


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
            report.notes += reader.tally.notes(known.outline, reading.name)
            report.notes += reader.gridless.notes(ledger.title)
        harmless = _harmless(readings[0].header)
        conflicts: list[Conflict]
        folded, conflicts = stage.settle(
            list(harmless), keep_first=any(r.output and r.output.keeps_first for r in readings)
        )
        # The outputs of a template are made of the same rows, the sheets of a workbook of different ones.
        is_same_rows = any(reading.output for reading in readings)
        report.merged = max(report.merged, folded) if is_same_rows else report.merged + folded
        report.rejected += [_conflict(readings[0].header, harmless, each) for each in conflicts]
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


def _harmless(header: Header) -> dict[str, str]:
    """The stored columns that the sheet tells and that name nobody, each with its heading."""
    stored = {column.name for column in header.ledger.columns}
    return {
        each.name: field_heading(header, each)
        for each in header.ledger.fields
        if each.name in stored & set(header.columns) and not each.is_personal and each.type != "polygon"
    }


def _conflict(header: Header, harmless: Mapping[str, str], conflict: Conflict) -> Rejection:
    names = [name for names in header.ledger.key for name in names if name in header.columns]
    heading = header.heading(header.columns[names[0]][0]) if names else "编号"
    # A key of several parts may hold a token of a person; only a plain number is worth showing.
    key = conflict.record_key
    shown = key if "|" not in key and len(header.ledger.key[0]) == 1 else ""
    cells = {heading: text for heading, text in zip(harmless.values(), conflict.cells, strict=True) if text}
    kept = json.dumps(cells, ensure_ascii=False)
    return Rejection(conflict.sheet, conflict.row, heading, shown, "duplicate_conflict", kept)


def _learn(ledger: Ledger, stage: Stage, known: Known) -> None:
    if ledger.name == "grid":
        known.learn_grids(Grid(*row) for row in stage.rows("grid_code grid_name community polygon"))
        codes = stage.rows("community_code community")
        known.learn_community_codes((code, name) for code, name in codes if code and name)
    if ledger.name == "enterprise":
        firms = stage.rows("record_key enterprise_no uscc name")
        known.learn_firms((key, number, uscc, name) for key, number, uscc, name in firms)
