"""A batch: what one accepted file became, as Parquet named by the file's hash, with a card of its origin.

A draft is a batch not yet part of the warehouse: a scratch folder that only `Store.publish` may move in.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.contract import Ledger
from data.store import durable

CARD = "batch.json"
REJECTED = "rejected"
ARROW_TYPES: Mapping[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us"),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
}
# Rejected rows: where the row stood, what was wrong with which cell, and the row's harmless cells as JSON.
REJECTED_SCHEMA = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("heading", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("message", pa.string()),
        ("cells", pa.string()),
    ]
)


def parquet_schema(ledger: Ledger) -> pa.Schema:
    """The columns of a ledger's Parquet: the record's key, the ledger's own columns, and the source row."""
    own = [(column.name, ARROW_TYPES[column.sql_type]) for column in ledger.columns]
    bookkeeping = [("source_sheet", pa.string()), ("source_row", pa.int64())]
    if "updated_at" not in (name for name, _ in own):
        own.append(("updated_at", pa.timestamp("us")))
    return pa.schema([("record_key", pa.string()), *own, *bookkeeping])


@dataclass(frozen=True)
class Part:
    """One Parquet file of a batch: its hash and the number of its rows."""

    sha256: str
    rows: int


@dataclass(frozen=True)
class Batch:
    """The card of a batch. Nothing personal stands in it.

    `key_mark` tells which key its tokens were made with. `accepted` counts records by table; `parquet` names
    the files without their ending.
    """

    batch_id: str
    sha256: str
    file_name: str
    ledger: str
    loaded_at: datetime
    load_id: str
    template: str | None = None
    is_demo: bool = False
    key_mark: str = ""
    accepted: Mapping[str, int] = field(default_factory=dict)
    merged: int = 0
    rejected: int = 0
    notes: tuple[str, ...] = ()
    parquet: Mapping[str, Part] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The card as it is written to batch.json and into manifests."""
        return {
            **self.__dict__,
            "loaded_at": self.loaded_at.isoformat(),
            "accepted": dict(self.accepted),
            "notes": list(self.notes),
            "parquet": {
                name: {"sha256": part.sha256, "rows": part.rows} for name, part in self.parquet.items()
            },
        }

    @staticmethod
    def from_json(card: Mapping[str, Any]) -> "Batch":
        """Raises KeyError, TypeError or ValueError where the card is damaged."""
        parts = {name: Part(part["sha256"], int(part["rows"])) for name, part in card["parquet"].items()}
        return Batch(
            **{
                **card,
                "loaded_at": datetime.fromisoformat(card["loaded_at"]),
                "notes": tuple(card["notes"]),
                "parquet": parts,
            }
        )


def batch_id_of(sha256: str) -> str:
    """The batch a file becomes, from the file's SHA-256."""
    return sha256[:16]


@dataclass(frozen=True)
class Draft:
    """A sealed batch waiting in a scratch folder of the store."""

    folder: Path
    batch: Batch


def seal(folder: Path, batch: Batch) -> Draft:
    """Close a draft: hash every Parquet file lying in its folder and write the card beside them."""
    parts = {
        path.stem: Part(durable.sha256_of(path), pq.read_metadata(path).num_rows)
        for path in sorted(folder.glob("*.parquet"))
    }
    sealed = replace(batch, parquet=parts)
    (folder / CARD).write_text(json.dumps(sealed.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    return Draft(folder, sealed)


def is_whole(folder: Path, batch: Batch) -> bool:
    """Whether the folder still holds exactly the Parquet files the card speaks of."""
    return all(
        (path := folder / f"{name}.parquet").is_file() and durable.sum_of(path) == part.sha256
        for name, part in batch.parquet.items()
    )


def read_card(folder: Path) -> Batch | None:
    """The card lying in a batch's folder, or None where there is none that can be read."""
    try:
        return Batch.from_json(json.loads((folder / CARD).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
