"""Gives a damaged batch back to the warehouse, from the newest good snapshot that was built from it."""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data.contract import ledgers
from data.store import durable, reader, snapshots
from data.store.batches import (
    CARD,
    REJECTED,
    REJECTED_SCHEMA,
    Batch,
    Draft,
    Part,
    is_whole,
    parquet_schema,
    read_card,
)
from data.store.places import Places, move_in

RESTORED = "批次文件损坏，已从快照"


def whole(places: Places, batch: Batch) -> Batch | None:
    """The batch as it can be read now, restored where it was damaged, or None where it is lost."""
    lying = _lying(places, batch)
    keeper = None if lying else _keeper(places, batch)
    if keeper is None:
        return lying
    scratch = places.drafts / f"restored-{batch.batch_id}"
    parts = _written(batch, scratch, places.snapshots / f"{keeper}.duckdb")
    card = replace(batch, parquet=parts, notes=(*batch.notes, f"{RESTORED} {keeper} 恢复。"))
    (scratch / CARD).write_text(json.dumps(card.as_json(), ensure_ascii=False, indent=1), "utf-8")
    move_in(places, Draft(scratch, card))
    return card


def restorations(batch: Batch) -> list[str]:
    """What the batch's card tells of being restored."""
    return [note for note in batch.notes if note.startswith(RESTORED)]


def told_restored(committed: Sequence[Batch], held: Mapping[str, Batch | None]) -> list[str]:
    """A sentence for each batch that was damaged when it was committed last and is whole again."""
    told = []
    for before in committed:
        now = held[before.batch_id]
        fresh = [note for note in restorations(now) if note not in before.notes] if now else []
        told += [f"来源文件《{before.file_name}》的{note}" for note in fresh]
    return told


def is_lost(places: Places, batch: Batch) -> bool:
    """Whether the batch is damaged and no good snapshot could restore it: its file must be loaded again."""
    return _lying(places, batch) is None and _keeper(places, batch) is None


def _lying(places: Places, batch: Batch) -> Batch | None:
    """The batch in its folder if it is whole; a later reading of the same file will do."""
    folder = places.batches / batch.batch_id
    if is_whole(folder, batch):
        return batch
    own = read_card(folder)
    if own is not None and own.sha256 == batch.sha256 and own.parquet and is_whole(folder, own):
        return own
    return None


def _keeper(places: Places, batch: Batch) -> str | None:
    for name in snapshots.names_in(places.snapshots):
        manifest = snapshots.read_manifest(places.snapshots, name)
        if manifest is None or batch.batch_id not in {each.batch_id for each in manifest.batches}:
            continue
        if snapshots.is_good(places.snapshots, manifest):
            return name
    return None


def _written(batch: Batch, scratch: Path, snapshot: Path) -> Mapping[str, Part]:
    """Write the batch's Parquet files from the records it changed, as they stood after it.

    Loaded in the same order, behind the same batches, they lead to the same state.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    parts: dict[str, Part] = {}
    with closing(reader.connect(snapshot)) as street:
        for name in batch.parquet:
            path = scratch / f"{name}.parquet"
            rows = _rejected(street, batch) if name == REJECTED else _records(street, batch, name)
            pq.write_table(rows, path, compression="zstd")
            parts[name] = Part(durable.sha256_of(path), rows.num_rows)
    return parts


def _rejected(street: duckdb.DuckDBPyConnection, batch: Batch) -> pa.Table:
    sql = (
        "select source_sheet as sheet, source_row as row, heading, value, reason, message, cells"
        " from rejected_row where batch_id = $batch_id"
    )
    return _answer(street, sql, batch, REJECTED_SCHEMA)


def _records(street: duckdb.DuckDBPyConnection, batch: Batch, table: str) -> pa.Table:
    schema = parquet_schema(ledgers()[table])
    known = {row[0] for row in street.execute(f"describe {table}_version").fetchall()}
    cells = ", ".join(cell if cell in known else f"null as {cell}" for cell in schema.names)
    return _answer(street, f"select {cells} from {table}_version where batch_id = $batch_id", batch, schema)


def _answer(street: duckdb.DuckDBPyConnection, sql: str, batch: Batch, schema: pa.Schema) -> pa.Table:
    return street.sql(sql, params={"batch_id": batch.batch_id}).to_arrow_table().cast(schema)
