"""What the warehouse holds and how old it is: for `python -m data status` and the page 数据状态."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from data.store import pins, snapshots
from data.store.batches import Batch
from data.store.places import Places
from data.store.reader import Snapshot


@dataclass(frozen=True)
class SnapshotLine:
    """One snapshot: `action` is load, undo or rebuild; `pinned_for` tells why a meeting keeps it."""

    name: str
    built_at: datetime
    age: timedelta
    action: str
    bytes: int
    batch_count: int
    pinned_for: str | None
    is_good: bool


@dataclass(frozen=True)
class Status:
    """Batches in load order, snapshots newest first, and the disk space they take."""

    batches: tuple[Batch, ...]
    snapshots: tuple[SnapshotLine, ...]
    bytes: int
    last_loaded_at: datetime | None
    trouble: str | None

    @property
    def accepted(self) -> Mapping[str, int]:
        """Records accepted by table, over all batches."""
        total: dict[str, int] = {}
        for batch in self.batches:
            for table, count in batch.accepted.items():
                total[table] = total.get(table, 0) + count
        return total

    @property
    def rejected_count(self) -> int:
        """Rows turned away, over all batches."""
        return sum(batch.rejected for batch in self.batches)


def status_of(places: Places, newest: Snapshot | None, trouble: str | None, now: datetime) -> Status:
    """The status of a warehouse folder; `newest` is what readers are shown."""
    pinned = pins.read(places.folder)
    names = snapshots.names_in(places.snapshots)
    lines = [_line(places, name, pinned.get(name), now) for name in names]
    batches: Sequence[Batch] = snapshots.newest_committed(places.snapshots)
    return Status(
        batches=tuple(batches),
        snapshots=tuple(line for line in lines if line is not None),
        bytes=sum(path.stat().st_size for path in places.folder.rglob("*") if path.is_file()),
        last_loaded_at=max((batch.loaded_at for batch in batches), default=None),
        trouble=trouble or (newest.trouble if newest else None),
    )


def _line(places: Places, name: str, pinned_for: str | None, now: datetime) -> SnapshotLine | None:
    manifest = snapshots.read_manifest(places.snapshots, name)
    size = (places.snapshots / f"{name}.duckdb").stat().st_size
    if manifest is None:
        stamp = snapshots.stamp_of(name)
        return SnapshotLine(name, stamp, _age(now, stamp), "load", size, 0, pinned_for, is_good=False)
    return SnapshotLine(
        name=name,
        built_at=manifest.built_at,
        age=_age(now, manifest.built_at),
        action=manifest.action,
        bytes=size,
        batch_count=len(manifest.batches),
        pinned_for=pinned_for,
        is_good=snapshots.is_good(places.snapshots, manifest),
    )


def _age(now: datetime, built_at: datetime) -> timedelta:
    """Never negative: a replay may set today before the day a snapshot was built."""
    return max(now - built_at, timedelta())


def rejected_rows(snapshot: Snapshot, search: str = "", batch_id: str | None = None) -> pd.DataFrame:
    """Rows turned away, latest file first, whose file name, heading, value, reason or message holds `search`.

    Columns: file_name, loaded_at, source_sheet, source_row, heading, value, reason, message, cells, batch_id.
    """
    return (
        snapshot.cursor()
        .execute(
            """
            select
                file_name, loaded_at, source_sheet, source_row,
                heading, value, reason, message, cells, batch_id
            from rejected_row
            join batch using (batch_id)
            where ($batch_id is null or batch_id = $batch_id)
                and contains(
                    lower(concat_ws(' ', file_name, heading, value, reason, message, cells)), lower($search)
                )
            order by batch_no desc, source_sheet, source_row
            """,
            {"search": search, "batch_id": batch_id},
        )
        .df()
    )
