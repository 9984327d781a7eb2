"""Clearing away: snapshots that need not be kept, batches no snapshot names, and what dead processes left.

The newest snapshots stay, one a week stays for a good year, and those that a meeting was shown stay for good.
"""

import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import timedelta

from data.store import pins, reader, snapshots
from data.store.places import Places, is_in_use
from data.store.snapshots import stamp_of

NEWEST_KEPT = 8
WEEKS_KEPT = 60


def superfluous(names: Iterable[str], pinned: Collection[str]) -> list[str]:
    """The names that may be removed, oldest first. Of each ISO week the last snapshot stays."""
    newest_first = sorted(names, reverse=True)
    if not newest_first:
        return []
    horizon = stamp_of(newest_first[0]) - timedelta(weeks=WEEKS_KEPT)
    kept = {*newest_first[:NEWEST_KEPT], *pinned}
    weeks: set[tuple[int, int]] = set()
    for name in newest_first:
        week = stamp_of(name).isocalendar()[:2]
        if stamp_of(name) >= horizon and week not in weeks:
            weeks.add(week)
            kept.add(name)
    return sorted(set(newest_first) - kept)


def prune(places: Places) -> tuple[str, ...]:
    """Remove superfluous snapshots, then the batches no snapshot is made of; the names removed.

    Call it only while holding the store's lock. Raises Trouble where it cannot be told what is pinned.
    """
    going = superfluous(snapshots.names_in(places.snapshots), pins.read(places.folder))
    gone = tuple(name for name in going if _remove(places, name))
    manifests = [
        snapshots.read_manifest(places.snapshots, name) for name in snapshots.names_in(places.snapshots)
    ]
    if None not in manifests:
        needed = {batch.batch_id for manifest in manifests if manifest for batch in manifest.batches}
        for folder in places.batches.iterdir():
            if folder.name not in needed:
                shutil.rmtree(folder, ignore_errors=True)
    return gone


def sweep(places: Places) -> None:
    """Remove what dead processes left. Call it only while holding the store's lock."""
    named = set(snapshots.names_in(places.snapshots))
    orphans = [path for path in places.snapshots.glob("*.json") if path.stem not in named]
    for path in (*orphans, *places.snapshots.glob(".*")):
        path.unlink(missing_ok=True)
    for name in {path.name.removesuffix(".lock") for path in places.drafts.iterdir()}:
        if not is_in_use(places.drafts / name):
            shutil.rmtree(places.drafts / name, ignore_errors=True)


def _remove(places: Places, name: str) -> bool:
    """Remove a snapshot; on Windows one that somebody reads stays for the next time."""
    path = places.snapshots / f"{name}.duckdb"
    reader.forget(path)
    try:
        path.unlink()
    except OSError:
        return False
    with suppress(OSError):
        path.with_suffix(".json").unlink()
    return True
