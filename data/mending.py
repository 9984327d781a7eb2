"""Gives a damaged batch back to the warehouse, from the newest good snapshot that still knows its rows."""

import json
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from data import durable, reader, snapshots
from data.batches import CARD, REJECTED, REJECTED_SCHEMA, Batch, Part, is_whole, parquet_schema, read_card
from data.contract import ledgers


def lying_in(folder: Path, batch: Batch) -> Batch | None:
    """The batch as it lies in its folder, or None where it is damaged.

    The folder may hold a later reading of the same file than the manifest knew; if it is whole it will do.
    """
    if is_whole(folder, batch):
        return batch
    own = read_card(folder)
    if own is not None and own.sha256 == batch.sha256 and own.parquet and is_whole(folder, own):
        return own
    return None


def restored(batch: Batch, scratch: Path, snapshot_folder: Path) -> Batch | None:
    """Write the batch anew into `scratch` from a snapshot; its new card, or None where no snapshot has it.

    What a snapshot keeps of a batch are the records it changed, as they stood after it: loaded in the same
    order they lead to the same state.
    """
    name = keeper_of(batch, snapshot_folder)
    if name is None:
        return None
    parts = _written(batch, scratch, snapshot_folder / f"{name}.duckdb")
    card = replace(batch, parquet=parts, notes=(*batch.notes, f"批次文件损坏，已从快照 {name} 恢复。"))
    (scratch / CARD).write_text(json.dumps(card.as_json(), ensure_ascii=False, indent=1), "utf-8")
    return card


def keeper_of(batch: Batch, snapshot_folder: Path) -> str | None:
    """The newest whole snapshot that was built from the batch, if any."""
    for name in snapshots.names_in(snapshot_folder):
        manifest = snapshots.read_manifest(snapshot_folder, name)
        if manifest is None or batch.batch_id not in {each.batch_id for each in manifest.batches}:
            continue
        if snapshots.is_good(snapshot_folder, manifest):
            return name
    return None


def _written(batch: Batch, scratch: Path, snapshot: Path) -> Mapping[str, Part]:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    parts: dict[str, Part] = {}
    with closing(reader.connect(snapshot)) as street:
        for name in batch.parquet:
            path = scratch / f"{name}.parquet"
            if name == REJECTED:
                schema = REJECTED_SCHEMA
                rows = street.execute(
                    "select source_sheet as sheet, source_row as row, heading, value, reason, message, cells"
                    " from rejected_row where batch_id = $batch_id",
                    {"batch_id": batch.batch_id},
                )
            else:
                schema = parquet_schema(ledgers()[name])
                known = {row[0] for row in street.execute(f"describe {name}_version").fetchall()}
                cells = ", ".join(cell if cell in known else f"null as {cell}" for cell in schema.names)
                rows = street.execute(
                    f"select {cells} from {name}_version where batch_id = $batch_id",
                    {"batch_id": batch.batch_id},
                )
            found = rows.to_arrow_table()
            assert found is not None  # a select always answers
            table = found.select(schema.names).cast(schema)
            pq.write_table(table, path, compression="zstd")
            parts[name] = Part(durable.sha256_of(path), table.num_rows)
    return parts
