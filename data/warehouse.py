"""The warehouse: a folder of batches and the dated snapshots built from them. Loads publish, readers open."""

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data import settings
from data.build import recipe
from data.store import disk_faults, lock, mending, pins, pruning, publishing, snapshots
from data.store.batches import Batch, Draft
from data.store.places import Places, let_go, lock_of, move_in
from data.store.reader import Snapshot
from data.store.status import Status, status_of
from data.trouble import Trouble, WarehouseUnwritable

__all__ = ["Published", "Snapshot", "Store", "Undone"]

WAIT_S = 600.0


@dataclass(frozen=True)
class Published:
    """What a load came to: the snapshot now newest, the batches added, those that were there already.

    `mended` tells, a sentence each, which damaged batches and snapshot were made good.
    """

    snapshot: str
    added: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


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
        self._places = Places(self.folder)
        self._say = say
        self._held = threading.local()

    def newest(self) -> Snapshot | None:
        """The newest whole snapshot; None before the first load. Raises Trouble if all are damaged."""
        # Asked first: a snapshot that is published while we look must not count as one we found damaged.
        is_filled = bool(self.names())
        found = self.basis()
        if found is None and is_filled:
            raise Trouble(
                "仓库里的快照全部损坏，暂时不能显示；请运行 python -m data load 重建，已导入的批次仍在。"
            )
        return found

    def basis(self) -> Snapshot | None:
        """What a load is checked against: the newest whole snapshot, or None where there is none."""
        return snapshots.newest_good(self._places.snapshots, recipe(self.folder))

    def snapshot(self, name: str) -> Snapshot:
        """An older snapshot by name. Raises Trouble where it is gone or damaged."""
        self._must_exist(name)
        manifest = snapshots.read_manifest(self._places.snapshots, name)
        if manifest is None or not snapshots.is_good(self._places.snapshots, manifest):
            raise Trouble(f"快照 {name} 已损坏，不能打开；请改看其他日期的快照。")
        return snapshots.opened(self._places.snapshots, manifest, recipe(self.folder))

    def names(self) -> list[str]:
        """Every snapshot, newest first."""
        return snapshots.names_in(self._places.snapshots)

    def loaded(self) -> dict[str, Batch]:
        """The batches of the warehouse by the SHA-256 of their file, without those lost beyond repair."""
        committed = snapshots.newest_committed(self._places.snapshots)
        return {batch.sha256: batch for batch in committed if not mending.is_lost(self._places, batch)}

    def status(self) -> Status:
        """Batches, snapshots, sizes and ages. Damage is told, not raised."""
        try:
            newest, trouble = self.newest(), None
        except Trouble as fault:
            newest, trouble = None, str(fault)
        return status_of(self._places, newest, trouble, settings.now())

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the store's disk for drafts; gone afterwards, and swept away if its process dies."""
        folder = self._places.drafts / f"{datetime.now():%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        alive = lock_of(folder)
        with self._writable():
            self._make()
            alive.acquire()
        try:
            with self._writable():
                folder.mkdir()
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            let_go(folder, alive)

    @contextmanager
    def loading(self, what: str = "导入", wait_s: float = WAIT_S) -> Iterator[Published | None]:
        """Keep other loads out, so that what was looked up stays true until this Store's `publish` within.

        A damaged newest snapshot is built anew first: a load is never checked against the one before it.
        Yields what came of that, or None where nothing was damaged.
        Raises WarehouseUnwritable where another load does not end within `wait_s` seconds.
        """
        if getattr(self._held, "is_ours", False):
            yield None
            return
        with ExitStack() as until_done:
            with self._writable():
                self._make()
                until_done.enter_context(lock.alone(self.folder, what, wait_s, self._say))
                pruning.sweep(self._places)
            self._held.is_ours = True
            try:
                yield self._mend()
            finally:
                self._held.is_ours = False

    def publish(
        self, drafts: Sequence[Draft] = (), now: datetime | None = None, wait_s: float = WAIT_S
    ) -> Published:
        """Add the drafts to the warehouse, mend what is damaged, and name a new snapshot.

        Nothing new, damaged or outdated leaves everything as it is. Raises WarehouseUnwritable where the
        disk is full or closed to us or another load will not end, Trouble where a loaded batch is lost
        beyond repair; either way the old snapshot stands.
        """
        supplied = {draft.batch.batch_id: draft for draft in drafts}
        with self._writable(), self.loading(wait_s=wait_s) as first:
            damaged = self._damaged()
            committed = snapshots.newest_committed(self._places.snapshots)
            held = {batch.batch_id: mending.whole(self._places, batch) for batch in committed}
            found = {batch_id for batch_id, batch in held.items() if batch} | supplied.keys()
            _refuse_loss([batch for batch in committed if batch.batch_id not in found])
            wanted = [draft for batch_id, draft in supplied.items() if held.get(batch_id) is None]
            for draft in wanted:
                move_in(self._places, draft)
            # a batch that had been lost gets its old place in the order
            batches = {**held, **{draft.batch.batch_id: draft.batch for draft in wanted}}
            action = "load" if wanted else "rebuild"
            name = self._name([batch for batch in batches.values() if batch], action, now)
            added = tuple(draft.batch.batch_id for draft in wanted)
            mended = [*(first.mended if first else ()), *mending.told_restored(committed, held)]
            if damaged not in {None, name}:
                mended.append(f"最新的快照 {damaged} 已损坏，快照已修复：{name}。")
            return Published(name, added, tuple(supplied.keys() - set(added)), tuple(mended))

    def undo(self, now: datetime | None = None, wait_s: float = WAIT_S) -> Undone:
        """Take back the last load: publish a snapshot without it. Raises Trouble if there is none."""
        with self._writable(), self.loading("撤销上次导入", wait_s):
            committed = snapshots.newest_committed(self._places.snapshots)
            if not committed:
                raise Trouble("仓库里没有可撤销的导入。")
            last = committed[-1].load_id
            staying = [batch for batch in committed if batch.load_id != last]
            found = [mending.whole(self._places, batch) for batch in staying]
            _refuse_loss([batch for batch, lying in zip(staying, found, strict=True) if lying is None])
            name = self._name([batch for batch in found if batch], "undo", now)
            return Undone(name, tuple(batch.file_name for batch in committed if batch.load_id == last))

    def prune(self) -> tuple[str, ...]:
        """Remove superfluous snapshots and the batches no snapshot names any more; the names removed."""
        with self._writable(), self.loading("清理旧快照"):
            return pruning.prune(self._places)

    def pin(self, name: str, why: str) -> None:
        """Keep a snapshot for good, because a meeting was shown it. Raises Trouble where it is gone."""
        self._must_exist(name)
        with self._writable():
            pins.write(self.folder, lambda pinned: {**pinned, name: why})

    def unpin(self, name: str) -> None:
        """Let the usual rules decide again; an unpinned name is no error."""
        with self._writable():
            pins.write(self.folder, lambda pinned: {key: why for key, why in pinned.items() if key != name})

    def pinned(self) -> dict[str, str]:
        """Every pinned snapshot and why."""
        return pins.read(self.folder)

    def _mend(self) -> Published | None:
        if self._damaged() is None:
            return None
        # what cannot be mended now may be mended by the very file that is being loaded
        with suppress(Trouble):
            return self.publish()
        return None

    def _damaged(self) -> str | None:
        """The newest snapshot, if it is damaged."""
        newest = next(iter(self.names()), None)
        if newest is None:
            return None
        manifest = snapshots.read_manifest(self._places.snapshots, newest)
        is_good = manifest is not None and snapshots.is_good(self._places.snapshots, manifest)
        return None if is_good else newest

    def _make(self) -> None:
        try:
            self._places.make()
        except OSError as fault:
            raise WarehouseUnwritable(
                f"仓库文件夹 {self.folder} 建不起来或写不进去（{disk_faults.cause(fault)}）；"
                "请用 --store 另选一个可以写的文件夹。"
            ) from fault

    def _must_exist(self, name: str) -> None:
        if name not in self.names():
            raise Trouble(f"没有名为 {name} 的快照，可能已按保留规则清理。")

    def _name(self, batches: Sequence[Batch], action: str, now: datetime | None) -> str:
        built_at = (now or settings.now()).replace(microsecond=0)
        name = publishing.publish(self._places, batches, action, built_at)
        # what was published stands, even where old snapshots cannot be cleared away
        with suppress(OSError, Trouble):
            pruning.prune(self._places)
        return name

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except (OSError, duckdb.Error) as fault:
            if not disk_faults.is_of_the_disk(fault, self.folder):
                raise
            raise WarehouseUnwritable(
                f"仓库文件夹 {self.folder} 写不进去，可能磁盘已满或没有写权限；"
                f"原有数据没有变化，腾出空间后请再导入一次。（{disk_faults.cause(fault)}）"
            ) from fault


def _refuse_loss(lost: Sequence[Batch]) -> None:
    if lost:
        named = "、".join(f"《{batch.file_name}》（{batch.loaded_at:%Y-%m-%d %H:%M} 导入）" for batch in lost)
        raise Trouble(
            f"来源文件{named}的批次已损坏，也没有完好的快照可以恢复；请把列出的文件一起重新导入，其他数据不受影响。"
        )
