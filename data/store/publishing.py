"""Names a new snapshot: built aside, checked, synced, its manifest written, and only then given its name."""

import shutil
from collections.abc import Sequence
from datetime import datetime

from data.build import build, recipe
from data.store import durable, snapshots
from data.store.batches import Batch
from data.store.places import Places
from data.store.snapshots import Manifest


def publish(places: Places, batches: Sequence[Batch], action: str, built_at: datetime) -> str:
    """The name of the snapshot made of `batches`; the newest one, untouched, where it is that already.

    Raises OSError, duckdb.Error or BuildFault; whatever happens, a snapshot with a name is whole.
    """
    newest = next(iter(snapshots.names_in(places.snapshots)), None)
    if newest is not None and _is_current(places, newest, batches):
        return newest
    name = snapshots.new_name(built_at, newest)
    aside = places.drafts / f"building-{name}"
    aside.mkdir()
    try:
        file = aside / f"{name}.duckdb"
        build(batches, places.batches, file, built_at)
        durable.sync_file(file)
        size, sha256 = file.stat().st_size, durable.sha256_of(file)
        manifest = Manifest(name, built_at, action, recipe(places.folder), sha256, size, tuple(batches))
        snapshots.write_manifest(places.snapshots, manifest)
        file.rename(places.snapshots / file.name)
        durable.sync_folder(places.snapshots)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return name


def _is_current(places: Places, name: str, batches: Sequence[Batch]) -> bool:
    manifest = snapshots.read_manifest(places.snapshots, name)
    return (
        manifest is not None
        and manifest.batches == tuple(batches)
        and manifest.recipe == recipe(places.folder)
        and snapshots.is_good(places.snapshots, manifest)
    )
