"""The warehouse: a folder of batches and the dated snapshots built from them. Loads publish, readers open.

store/batches/<batch_id>/      validated files, named by their content
store/snapshots/<name>.duckdb  beside <name>.json; never changed once named
store/drafts/                  scratch of loads under way
"""

import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from data import durable, lock, mending, pins, pruning, reader, settings, snapshots
from data.batches import Batch, Draft
from data.build import build, recipe
from data.reader import Snapshot
from data.snapshots import Manifest
from data.trouble import Trouble, WarehouseUnwritable

__all__ = ["Published", "Snapshot", "Store", "Undone"]

WAIT_S = 600.0


@dataclass(frozen=True)
class Published:
    """What a load came to: the snapshot now newest, the batches added, those that were there already."""

    snapshot: str
    added: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undone:
    """What an undo took back: the files of the last load, and the snapshot without them."""

    snapshot: str
    file_names: tuple[str, ...]


class Store:
    """One warehouse folder. Reading never waits and never writes; publishing holds the store's lock."""

    def __init__(self, folder: Path | None = None, say: Callable[[str], None] = lambda _: None) -> None:
        """`say` is told, in Chinese, whom a load is waiting for."""
        self.folder = folder or settings.store_folder()
        self.batches = self.folder / "batches"
        self.snapshots = self.folder / "snapshots"
        self.drafts = self.folder / "drafts"
        self._say = say
        self._held = threading.local()
        self._recipe = recipe()

    def newest(self) -> Snapshot | None:
        """The newest whole snapshot; None before the first load. Raises Trouble if all are damaged."""
        found = snapshots.newest_good(self.snapshots, self._recipe)
        if found is None and snapshots.names_in(self.snapshots):
            raise Trouble(
                "仓库里的快照全部损坏，暂时不能显示；请运行 python -m data load 重建，已导入的批次仍在。"
            )
        return found

    def snapshot(self, name: str) -> Snapshot:
        """An older snapshot by name. Raises Trouble where it is gone or damaged."""
        manifest = snapshots.read_manifest(self.snapshots, name) if name in self.names() else None
        if manifest is None:
            raise Trouble(f"没有名为 {name} 的快照，可能已按保留规则清理。")
        if not snapshots.is_good(self.snapshots, manifest):
            raise Trouble(f"快照 {name} 已损坏，不能打开；请改看其他日期的快照。")
        return snapshots.opened(self.snapshots, manifest, self._recipe)

    def names(self) -> list[str]:
        """Every snapshot, newest first."""
        return snapshots.names_in(self.snapshots)

    def loaded(self) -> dict[str, Batch]:
        """The batches of the warehouse by the SHA-256 of their file, without those lost beyond repair."""
        committed = snapshots.newest_committed(self.snapshots)
        return {batch.sha256: batch for batch in committed if not self._is_lost(batch)}

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the store's disk for drafts; gone afterwards, and swept away if its process dies."""
        with self._writable():
            self.drafts.mkdir(parents=True, exist_ok=True)
            folder = self.drafts / f"{datetime.now():%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
            alive = FileLock(folder.with_suffix(".lock"), thread_local=False)
            alive.acquire()
        try:
            with self._writable():
                folder.mkdir()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            alive.release()
            folder.with_suffix(".lock").unlink(missing_ok=True)

    @contextmanager
    def loading(self, what: str = "导入", wait_s: float = WAIT_S) -> Iterator[None]:
        """Keep other loads out, so that what was looked up stays true until `publish`. May be nested."""
        if getattr(self._held, "depth", 0):
            yield
            return
        with self._writable():
            for folder in (self.batches, self.snapshots, self.drafts):
                folder.mkdir(parents=True, exist_ok=True)
        with lock.alone(self.folder, what, wait_s, self._say):
            self._held.depth = 1
            try:
                self._sweep()
                yield
            finally:
                self._held.depth = 0

    def publish(
        self, drafts: Sequence[Draft] = (), now: datetime | None = None, wait_s: float = WAIT_S
    ) -> Published:
        """Add the drafts to the warehouse, mend what is damaged, and name a new snapshot.

        Nothing new, damaged or outdated leaves everything as it is. Raises WarehouseUnwritable
        where the disk is full or closed to us or another load will not end, Trouble where a loaded batch is
        lost beyond repair; either way the old snapshot stands.
        """
        with self._writable(), self.loading(wait_s=wait_s):
            committed = list(snapshots.newest_committed(self.snapshots))
            supplied = {draft.batch.batch_id: draft for draft in drafts}
            whole = [self._whole(batch, batch.batch_id in supplied) for batch in committed]
            held = {batch.batch_id for batch in whole if batch is not None}
            wanted = {batch_id: draft for batch_id, draft in supplied.items() if batch_id not in held}
            for draft in wanted.values():
                self._move_in(draft)
            batches = [
                batch or supplied[old.batch_id].batch for batch, old in zip(whole, committed, strict=True)
            ]
            known = {batch.batch_id for batch in batches}
            batches += [draft.batch for batch_id, draft in wanted.items() if batch_id not in known]
            name = self._publish(batches, "load" if wanted else "rebuild", now)
            return Published(name, tuple(wanted), tuple(sorted(held & supplied.keys())))

    def undo(self, now: datetime | None = None, wait_s: float = WAIT_S) -> Undone:
        """Take back the last load: publish a snapshot without it. Raises Trouble if there is none."""
        with self._writable(), self.loading("撤销上次导入", wait_s):
            committed = snapshots.newest_committed(self.snapshots)
            if not committed:
                raise Trouble("仓库里没有可撤销的导入。")
            last = committed[-1].load_id
            staying = [self._whole(batch) for batch in committed if batch.load_id != last]
            name = self._publish([batch for batch in staying if batch is not None], "undo", now)
            return Undone(name, tuple(batch.file_name for batch in committed if batch.load_id == last))

    def pin(self, name: str, why: str) -> None:
        """Keep a snapshot for good, because a meeting was shown it. Raises Trouble where it is gone."""
        if name not in self.names():
            raise Trouble(f"没有名为 {name} 的快照，可能已按保留规则清理。")
        with self._writable():
            pins.write(self.folder, lambda pinned: {**pinned, name: why})

    def unpin(self, name: str) -> None:
        """Let the usual rules decide again; an unpinned name is no error."""
        with self._writable():
            pins.write(self.folder, lambda pinned: {key: why for key, why in pinned.items() if key != name})

    def pinned(self) -> dict[str, str]:
        """Every pinned snapshot and why."""
        return pins.read(self.folder)

    def prune(self) -> tuple[str, ...]:
        """Remove superfluous snapshots and the batches no snapshot names any more; the names removed."""
        with self.loading("清理旧快照"):
            removed = [
                name for name in pruning.superfluous(self.names(), self.pinned()) if self._remove(name)
            ]
            manifests = [snapshots.read_manifest(self.snapshots, name) for name in self.names()]
            if all(manifests):
                needed = {batch.batch_id for each in manifests if each for batch in each.batches}
                for folder in self.batches.iterdir():
                    if folder.name not in needed:
                        shutil.rmtree(folder, ignore_errors=True)
            return tuple(removed)

    def _publish(self, batches: Sequence[Batch], action: str, now: datetime | None) -> str:
        newest = next(iter(self.names()), None)
        if newest is not None and self._is_current(newest, batches):
            return newest
        built_at = (now or settings.now()).replace(microsecond=0)
        name = snapshots.new_name(built_at, newest)
        aside = self.drafts / f"building-{name}"
        aside.mkdir()
        try:
            file = aside / f"{name}.duckdb"
            build(batches, self.batches, file, built_at)
            durable.sync_file(file)
            manifest = Manifest(
                name,
                built_at,
                action,
                self._recipe,
                durable.sha256_of(file),
                file.stat().st_size,
                tuple(batches),
            )
            snapshots.write_manifest(self.snapshots, manifest)
            file.rename(self.snapshots / file.name)
            durable.sync_folder(self.snapshots)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        # what was published stands, even where old snapshots cannot be cleared away
        with suppress(OSError, Trouble):
            self.prune()
        return name

    def _is_current(self, name: str, batches: Sequence[Batch]) -> bool:
        manifest = snapshots.read_manifest(self.snapshots, name)
        return (
            manifest is not None
            and list(manifest.batches) == list(batches)
            and manifest.recipe == self._recipe
            and snapshots.is_good(self.snapshots, manifest)
        )

    def _whole(self, batch: Batch, may_fail: bool = False) -> Batch | None:
        """The batch as it can be read now, restored if damaged; None only where `may_fail` allows it."""
        lying = mending.lying_in(self.batches / batch.batch_id, batch)
        if lying is not None:
            return lying
        scratch = self.drafts / f"restored-{batch.batch_id}"
        card = mending.restored(batch, scratch, self.snapshots)
        if card is not None:
            self._move_in(Draft(scratch, card))
            return card
        if may_fail:
            return None
        raise Trouble(
            f"来源文件《{batch.file_name}》（{batch.loaded_at:%Y-%m-%d %H:%M} 导入）的批次已损坏，"
            "也没有完好的快照可以恢复；"
            "请把这个文件重新导入，其他数据不受影响。"
        )

    def _is_lost(self, batch: Batch) -> bool:
        if mending.lying_in(self.batches / batch.batch_id, batch) is not None:
            return False
        return mending.keeper_of(batch, self.snapshots) is None

    def _move_in(self, draft: Draft) -> None:
        """Give a draft its place among the batches; what an unfinished load left there makes room."""
        for path in draft.folder.iterdir():
            durable.sync_file(path)
        durable.sync_folder(draft.folder)
        place = self.batches / draft.batch.batch_id
        if place.exists():
            place.rename(self.drafts / f"replaced-{secrets.token_hex(4)}")
        draft.folder.rename(place)
        durable.sync_folder(self.batches)

    def _remove(self, name: str) -> bool:
        """Remove a snapshot; on Windows one that somebody reads stays for the next time."""
        path = self.snapshots / f"{name}.duckdb"
        reader.forget(path)
        try:
            path.unlink()
        except OSError:
            return False
        with suppress(OSError):
            path.with_suffix(".json").unlink()
        return True

    def _sweep(self) -> None:
        """Clear away what dead processes left; we hold the lock, so nobody else is building or moving."""
        named = set(self.names())
        for manifest in self.snapshots.glob("*.json"):
            if manifest.stem not in named:
                manifest.unlink(missing_ok=True)
        for leftover in self.snapshots.glob(".*"):
            leftover.unlink(missing_ok=True)
        for name in {path.stem for path in self.drafts.iterdir()}:
            if not _is_in_use(self.drafts / name):
                shutil.rmtree(self.drafts / name, ignore_errors=True)
                (self.drafts / f"{name}.lock").unlink(missing_ok=True)

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as fault:
            raise WarehouseUnwritable(
                f"仓库文件夹 {self.folder} 写不进去，可能磁盘已满或没有写权限；"
                f"原有数据没有变化，腾出空间后请再导入一次。（{_cause(fault)}）"
            ) from fault


def _is_in_use(folder: Path) -> bool:
    try:
        with FileLock(folder.with_suffix(".lock"), timeout=0, thread_local=False):
            return False
    except Timeout:
        return True


def _cause(fault: Exception) -> str:
    return (
        os.strerror(fault.errno) if isinstance(fault, OSError) and fault.errno else str(fault).splitlines()[0]
    )
