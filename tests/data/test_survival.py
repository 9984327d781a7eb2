"""The dashboard goes on with the last good snapshot, whatever happens to a load, a disk or a file."""

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.store import snapshots
from data.terminal import status_text
from data.trouble import Trouble, WarehouseUnwritable
from data.warehouse import Store
from tests.builders import draft, load, snapshot_of

resource = pytest.importorskip("resource", reason="only Linux can limit a process and mount a small disk")

ROOT = Path(__file__).parents[2]
KILLS = 32


def hazards(store: Store) -> list[str]:
    rows = snapshot_of(store).cursor().execute("select hazard_no from hazard order by hazard_no").fetchall()
    return [row[0] for row in rows]


def damage(path: Path, how: str) -> None:
    """Cut a file in half, empty it, or turn over bits in its middle."""
    size = path.stat().st_size
    with path.open("rb+") as stream:
        if how == "flipped":
            stream.seek(size // 2)
            before = stream.read(64)
            stream.seek(size // 2)
            stream.write(bytes(each ^ 0xFF for each in before))
        else:
            stream.truncate(size // 2 if how == "truncated" else 0)


HOW = pytest.mark.parametrize("how", ["truncated", "emptied", "flipped"])


class Reader:
    """A page that never stops asking, and remembers what went wrong."""

    def __init__(self, store: Store) -> None:
        self.answers = 0
        self.faults: list[str] = []
        self._store = store
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        while not self._stop.is_set():
            try:
                street = self._store.newest()
                if street is not None:
                    self.faults += torn_loads(self._store)
                    self.answers += 1
            except Exception as fault:
                self.faults.append(repr(fault))

    @contextmanager
    def asking(self) -> Iterator[None]:
        self._thread.start()
        yield
        self._stop.set()
        self._thread.join()


def torn_loads(store: Store) -> list[str]:
    """Loads of which one file is in and the other not, or whose correction does not fit."""
    cursor = snapshot_of(store).cursor()
    torn = cursor.execute(
        """
        select coalesce(hazard_no, patrol_no)
        from (from hazard where hazard_no <> 'A0') as hazard
        full join patrol_log on substr(hazard_no, 2) = substr(patrol_no, 2)
        where hazard_no is null or patrol_no is null
        """
    ).fetchall()
    [(last, corrected)] = cursor.execute(
        "select (select max(cast(substr(patrol_no, 2) as integer)) from patrol_log),"
        " (select cast(note as integer) from hazard where hazard_no = 'A0')"
    ).fetchall()
    return [f"torn: {row[0]}" for row in torn] + ([f"{last} but {corrected}"] if last != corrected else [])


@pytest.mark.slow
def test_a_loader_killed_at_any_moment_tears_nothing_and_loses_nothing(tmp_path: Path) -> None:
    chance = random.Random(2026)
    store = Store(tmp_path)
    reader = Reader(Store(tmp_path))
    promised = 0
    with reader.asking():
        for _ in range(KILLS):
            loader = subprocess.Popen(
                [sys.executable, "-m", "tests.data.endless_loader", str(tmp_path), str(promised + 1)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert loader.stdout is not None
            assert loader.stdout.readline() == "ready\n"
            told = [loader.stdout.readline()] if promised == 0 else []
            threading.Event().wait(chance.uniform(0, 0.9))
            loader.kill()
            told += loader.stdout.readlines()
            loader.wait()
            promised = max([promised, *(int(line) for line in told if line.endswith("\n"))])

            street = snapshot_of(store)
            assert street.trouble is None
            assert torn_loads(store) == []
            held = street.cursor().execute("select count(*) from patrol_log").fetchall()[0][0]
            assert promised <= held <= promised + 1, "nothing promised is lost, nothing comes twice"
            promised = held
    load(store, "2026-11-21", hazard=[{"hazard_no": "last"}])
    assert len(hazards(store)) == promised + 2
    assert list((tmp_path / "drafts").iterdir()) == [], "what the dead left is swept away"
    assert {path.stem for path in (tmp_path / "snapshots").glob("*.json")} == set(store.names())
    assert reader.faults == []
    assert reader.answers > KILLS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 20 MB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("这台机器不许挂载小文件系统；磁盘写满由 test_a_file_size_limit_... 代为检验")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("free_kb", [0, 40, 200, 800, 1600, 2400])
def test_a_full_disk_leaves_the_old_snapshot_and_the_next_load_recovers(
    small_disk: Path, free_kb: int
) -> None:
    store = Store(small_disk / "store")
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    before = store.names()
    room = os.statvfs(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free_kb * 1024)))
    with pytest.raises(WarehouseUnwritable, match="写不进去"):
        load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    assert store.names() == before
    assert hazards(store) == ["A01"]
    assert list((small_disk / "store" / "drafts").iterdir()) == []
    ballast.unlink()
    load(store, "2026-11-18", hazard=[{"hazard_no": "A03"}])
    assert hazards(store) == ["A01", "A03"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from data.trouble import WarehouseUnwritable
from data.warehouse import Store
from tests.builders import load
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    load(Store(Path(sys.argv[1])), "2026-11-17", hazard=[{"hazard_no": "A02"}])
except WarehouseUnwritable as fault:
    print("unwritable", fault)
"""


@pytest.mark.parametrize("limit", [4_000, 1_000_000])
def test_a_file_size_limit_leaves_the_old_snapshot_and_the_next_load_recovers(
    tmp_path: Path, limit: int
) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)], cwd=ROOT, capture_output=True, text=True
    )
    assert told.stdout.startswith("unwritable"), told.stderr
    assert hazards(store) == ["A01"]
    load(store, "2026-11-18", hazard=[{"hazard_no": "A03"}])
    assert hazards(store) == ["A01", "A03"]


@HOW
def test_a_damaged_newest_snapshot_is_passed_over_said_and_mended_by_the_next_load(
    tmp_path: Path, how: str
) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    assert hazards(store) == ["A01", "A02"]
    newest = store.names()[0]
    damage(tmp_path / "snapshots" / f"{newest}.duckdb", how)

    assert hazards(store) == ["A01"]
    trouble = snapshot_of(store).trouble
    assert trouble is not None and newest in trouble and "2026-11-16" in trouble
    assert store.status().trouble == trouble
    with pytest.raises(Trouble, match="已损坏"):
        store.snapshot(newest)

    load(store, "2026-11-18", hazard=[{"hazard_no": "A03"}])
    assert hazards(store) == ["A01", "A02", "A03"]
    assert snapshot_of(store).trouble is None


def test_a_load_is_checked_against_the_mended_snapshot_not_the_one_before(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", grid=[{"grid_code": "WG-0101"}])
    load(store, "2026-11-17", grid=[{"grid_code": "WG-0102"}])
    damage(tmp_path / "snapshots" / f"{store.names()[0]}.duckdb", "flipped")
    with store.loading():
        basis = store.basis()
        assert basis is not None
        assert basis.cursor().execute("select count(*) from grid").fetchall() == [(2,)]


def test_publishing_nothing_mends_a_damaged_snapshot(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    damage(tmp_path / "snapshots" / f"{store.names()[0]}.duckdb", "truncated")
    with pytest.raises(Trouble, match="全部损坏"):
        store.newest()
    damaged = store.names()[0]
    published = store.publish()
    assert published.mended == (f"最新的快照 {damaged} 已损坏，快照已修复：{published.snapshot}。",)
    assert hazards(store) == ["A01"]
    assert store.status().snapshots[0].action == "rebuild"
    assert store.publish().mended == ()


@HOW
def test_a_damaged_manifest_is_read_from_inside_its_snapshot(tmp_path: Path, how: str) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    damage(tmp_path / "snapshots" / f"{store.names()[0]}.json", how)
    assert hazards(store) == ["A01", "A02"]
    load(store, "2026-11-18", hazard=[{"hazard_no": "A03"}])
    assert hazards(store) == ["A01", "A02", "A03"]


@HOW
def test_a_damaged_batch_is_restored_from_the_snapshot(tmp_path: Path, how: str) -> None:
    store = Store(tmp_path)
    turned_away = [{"row": 9, "reason": "unknown_grid"}]
    first = load(store, "2026-11-16", hazard=[{"hazard_no": "A01", "level": "major"}], rejected=turned_away)
    load(store, "2026-11-17", hazard=[{"hazard_no": "A01", "kind": "消防"}])
    for path in (tmp_path / "batches" / first.added[0]).glob("*.parquet"):
        damage(path, how)
    keeper = store.names()[0]
    note = f"批次文件损坏，已从快照 {keeper} 恢复。"
    assert load(store, "2026-11-18", hazard=[{"hazard_no": "A02"}]).mended == (
        f"来源文件《台账.xlsx》的{note}",
    )
    assert f"    注意：{note}" in status_text(store)
    cursor = snapshot_of(store).cursor()
    sql = "select hazard_no, level, kind from hazard order by 1"
    assert cursor.execute(sql).fetchall() == [("A01", "major", "消防"), ("A02", None, None)]
    assert cursor.execute("select source_row from rejected_row").fetchall() == [(9,)]
    [(notes,)] = cursor.execute("select notes from batch where batch_no = 1").fetchall()
    assert notes.startswith("批次文件损坏，已从快照")


def test_a_missing_batch_folder_is_restored_too_and_undo_still_works(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    shutil.rmtree(tmp_path / "batches")
    store.undo()
    assert hazards(store) == ["A01"]


def test_a_batch_lost_beyond_repair_is_named_and_its_file_may_be_loaded_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.scratch() as scratch:
        rows = {"hazard": [{"hazard_no": "A01"}]}
        store.publish([draft(scratch, "2026-11-16", rows, file="a", file_name="隐患台账.xlsx")])
    lost = next(iter(store.loaded().values()))
    damage(tmp_path / "snapshots" / f"{store.names()[0]}.duckdb", "truncated")
    shutil.rmtree(tmp_path / "batches" / lost.batch_id)

    assert store.loaded() == {}, "the lost file is no duplicate"
    assert store.basis() is None
    with pytest.raises(Trouble, match=r"《隐患台账\.xlsx》.*重新导入"):
        load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    with store.scratch() as scratch:
        again = draft(scratch, "2026-11-18", rows, file="a", file_name="隐患台账.xlsx")
        other = draft(scratch, "2026-11-18", {"hazard": [{"hazard_no": "A02"}]})
        assert store.publish([again, other]).added == (again.batch.batch_id, other.batch.batch_id)
    assert hazards(store) == ["A01", "A02"]


def test_a_batch_folder_left_by_an_unfinished_load_makes_room(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    with store.scratch() as scratch:
        unfinished = draft(scratch, "2026-11-17", {"hazard": [{"hazard_no": "A02"}]}, file="a")
        unfinished.folder.rename(tmp_path / "batches" / unfinished.batch.batch_id)
        assert hazards(store) == ["A01"]
        assert unfinished.batch.sha256 not in store.loaded()
        store.publish([draft(scratch, "2026-11-18", {"hazard": [{"hazard_no": "A03"}]}, file="a")])
    assert hazards(store) == ["A01", "A03"]


def test_a_manifest_without_its_snapshot_counts_for_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    manifest = snapshots.read_manifest(tmp_path / "snapshots", store.names()[0])
    assert manifest is not None
    orphan = tmp_path / "snapshots" / "20261117T000000-0000000a.json"
    shutil.copy(tmp_path / "snapshots" / f"{manifest.name}.json", orphan)
    assert hazards(store) == ["A01"]
    load(store, "2026-11-18", hazard=[{"hazard_no": "A02"}])
    assert not orphan.exists()


def test_a_file_damaged_while_it_is_open_is_noticed_by_the_next_page(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16", hazard=[{"hazard_no": "A01"}])
    load(store, "2026-11-17", hazard=[{"hazard_no": "A02"}])
    open_one = snapshot_of(store)
    assert open_one.cursor().execute("select count(*) from hazard").fetchall() == [(2,)]
    damage(open_one.path, "flipped")
    assert hazards(store) == ["A01"]
