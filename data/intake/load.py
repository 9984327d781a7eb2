"""Loads files or only checks them: one door for the command line, the upload page and the demo."""

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data import settings
from data.cleaning.personal import fingerprint, load_key, scrub
from data.contract import ledgers
from data.intake.known import Grid, Known
from data.intake.readings import Recognised, Wishes, recognised
from data.intake.report import FileReport, Report
from data.intake.take import Taken, take
from data.store.batches import REJECTED, REJECTED_SCHEMA, Batch, Draft, batch_id_of, seal
from data.warehouse import Snapshot, Store

READABLE = (".xlsx", ".xls", ".csv", ".tsv", ".csv.gz", ".tsv.gz", ".geojson", ".json")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """A file to take in: where its bytes are, and the office's name for it."""

    path: Path
    name: str


def sources(paths: Sequence[Path]) -> list[Source]:
    """The files named, folders opened: what lies in a folder and can be read, by name."""
    found: list[Source] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.name.lower().endswith(READABLE))
            # An open workbook leaves a lock file "~$..." beside it; hidden files are nobody's ledger.
            found += [Source(each, str(each)) for each in inside if not each.name.startswith((".", "~$"))]
        else:
            found.append(Source(path, str(path)))
    return found


def check(store: Store, files: Sequence[Source], wishes: Wishes, say: Say = lambda _: None) -> Report:
    """Takes the files in as a load would, and changes nothing: the report has no snapshot."""
    with tempfile.TemporaryDirectory(prefix="street-check-") as scratch:
        taken = _take_all(store, files, wishes, Path(scratch), Path(scratch), say)
    return Report([each.report for each in taken])


def load(store: Store, files: Sequence[Source], wishes: Wishes, say: Say = lambda _: None) -> Report:
    """Takes the files in and publishes one snapshot with all they bring.

    A damaged newest snapshot is built anew even if the files bring nothing; the report says so.
    Raises WarehouseUnwritable where the store cannot be written; the old snapshot then stands.
    """
    what = "、".join(Path(each.name).name for each in files[:3]) + ("等" if len(files) > 3 else "")
    with (
        store.loading(f"导入 {what}") as mended,
        # Raw cells stay out of the warehouse folder even when the load is killed half-way.
        tempfile.TemporaryDirectory(prefix="street-load-") as raw,
        store.scratch() as scratch,
    ):
        taken = _take_all(store, files, wishes, Path(raw), scratch, say)
        load_id = f"{settings.now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        drafts = [_draft(each, scratch, load_id, wishes) for each in taken if each.report.is_kept]
        report = Report([each.report for each in taken])
        report.notes += _other_key(store)
        if mended:
            report.tell_mended(mended.snapshot, mended.mended)
        if drafts:
            say("正在生成新的快照……")
            published = store.publish(drafts)
            report.snapshot, report.is_only_mended = published.snapshot, False
            report.notes += published.mended
        return report


def known_from(snapshot: Snapshot | None) -> Known:
    """What the street knows so far: the grids, communities and firms of a snapshot."""
    known = Known()
    if snapshot is None:
        return known
    with snapshot.cursor() as cursor:
        blank = "select {} from {} order by all"
        grids = "grid_code, coalesce(grid_name, ''), coalesce(community, ''), coalesce(polygon, '')"
        known.learn_grids(Grid(*row) for row in cursor.execute(blank.format(grids, "grid")).fetchall())
        codes = "community_code, community"
        pairs = cursor.execute(blank.format(codes, "grid where community_code is not null")).fetchall()
        known.learn_community_codes((code, name) for code, name in pairs if name)
        firms = "record_key, coalesce(enterprise_no, ''), coalesce(uscc, ''), coalesce(name, '')"
        known.learn_firms(cursor.execute(blank.format(firms, "enterprise")).fetchall())
    return known


def _take_all(
    store: Store, files: Sequence[Source], wishes: Wishes, raw: Path, scratch: Path, say: Say
) -> list[Taken]:
    """Every file taken in; those that others refer to first, the outcome in the order given."""
    known = known_from(store.basis())
    loaded = {sha: batch.file_name for sha, batch in store.loaded().items()}
    key = load_key()
    opened: list[Recognised] = []
    for position, source in enumerate(files):
        say(f"正在读取 {source.name}")
        own = scratch / f"file-{position}"
        own.mkdir()
        repeated = _refuse_repeated(source, loaded)
        opened.append(
            Recognised(repeated, own)
            if repeated
            else recognised(source.path, raw, own, wishes, known, source.name)
        )
        if not opened[-1].report.file_reason:
            loaded.setdefault(opened[-1].report.sha256, source.name)
    taken = {}
    for position in sorted(range(len(opened)), key=lambda each: opened[each].turn):
        taken[position] = take(opened[position], known, key, wishes)
    return [taken[position] for position in range(len(opened))]


def _refuse_repeated(source: Source, loaded: dict[str, str]) -> FileReport | None:
    if not source.path.is_file():
        return None
    with source.path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    if sha256 not in loaded:
        return None
    report = FileReport(source.name, sha256)
    report.refuse(
        "duplicate_file",
        f"这个文件的内容已经装载过（{Path(loaded[sha256]).name}），没有再装。要更正请另存修改后的文件。",
    )
    return report


def _other_key(store: Store) -> list[str]:
    """A warning where the warehouse's tokens were made with another key: one person would be two."""
    marks = {batch.key_mark for batch in store.loaded().values()} - {""}
    if not marks or fingerprint(load_key()) in marks:
        return []
    warning = (
        "人员密钥与以前装载时的不同，同一个人会被当成两个人；"
        "请找回原来的密钥文件（环境变量 STREET_KEY_FILE），撤销后重新装载。"
    )
    return [warning]


def _draft(taken: Taken, scratch: Path, load_id: str, wishes: Wishes) -> Draft:
    report = taken.report
    folder = scratch / f"draft-{batch_id_of(report.sha256)}"
    folder.mkdir()
    for table, path in taken.parquet.items():
        path.rename(folder / f"{table}.parquet")
    rejected = [{**each.as_json(), "cells": each.cells} for each in report.rejected]
    pq.write_table(pa.Table.from_pylist(rejected, REJECTED_SCHEMA), folder / f"{REJECTED}.parquet")
    batch = Batch(
        batch_id=batch_id_of(report.sha256),
        sha256=report.sha256,
        file_name=scrub(Path(report.path).name),
        ledger=report.ledger or "",
        loaded_at=settings.now(),
        load_id=load_id,
        template=wishes.template.title if wishes.template else None,
        is_demo=wishes.is_demo,
        key_mark=fingerprint(load_key()),
        accepted={table: count for table, count in report.accepted.items() if table in ledgers()},
        merged=report.merged,
        rejected=len(report.rejected),
        notes=tuple(report.notes),
    )
    return seal(folder, batch)
