"""Where things lie in a warehouse folder, and the one way a draft gets its place among the batches.

batches/<batch_id>/      validated files, named by their content
snapshots/<name>.duckdb  beside <name>.json; never changed once named
drafts/                  scratch of loads under way, each with a lock that dies with its process
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from data.store import durable
from data.store.batches import Draft


@dataclass(frozen=True)
class Places:
    """The folders of one warehouse."""

    folder: Path

    @property
    def batches(self) -> Path:
        """One folder per batch."""
        return self.folder / "batches"

    @property
    def snapshots(self) -> Path:
        """The snapshots and their manifests."""
        return self.folder / "snapshots"

    @property
    def drafts(self) -> Path:
        """Scratch, on the same disk so that finished work can be renamed into place."""
        return self.folder / "drafts"

    def make(self) -> None:
        """Create what is missing. Raises OSError where the disk will not have it."""
        for folder in (self.batches, self.snapshots, self.drafts):
            folder.mkdir(parents=True, exist_ok=True)


def move_in(places: Places, draft: Draft) -> None:
    """Give a draft its place among the batches; what an unfinished load left there makes room."""
    for path in draft.folder.iterdir():
        durable.sync_file(path)
    durable.sync_folder(draft.folder)
    place = places.batches / draft.batch.batch_id
    if place.exists():
        place.rename(places.drafts / f"replaced-{secrets.token_hex(4)}")
    draft.folder.rename(place)
    durable.sync_folder(places.batches)


def lock_of(folder: Path) -> FileLock:
    """The lock that tells whether the process working in a scratch folder is still alive."""
    return FileLock(folder.with_name(f"{folder.name}.lock"), thread_local=False)


def let_go(folder: Path, lock: FileLock) -> None:
    """Give up a scratch folder's lock and its file; Windows keeps the file while somebody asks for it."""
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink()


def is_in_use(folder: Path) -> bool:
    """Whether the process that works in a scratch folder is alive."""
    lock = lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    let_go(folder, lock)
    return False
