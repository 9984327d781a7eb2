"""Loading, reading, undoing and clearing away, as the office meets them."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data import settings
from data.store import pruning, status
from data.store.pruning import superfluous
from data.terminal import status_text
from data.trouble import Trouble, WarehouseUnwritable
from data.warehouse import Store
from tests.builders import Row, draft, load, snapshot_of, street_of


def count_of(store: Store, table: str = "hazard") -> int:
    [(count,)] = snapshot_of(store).cursor().execute(f"select count(*) from {table}").fetchall()
    return int(count)


def test_a_warehouse_before_its_first_load_has_no_snapshot(tmp_path: Path) -> None:
    store = Store(tmp_path / "new")
    assert store.newest() is None
    assert store.loaded() == {}
    assert store.status().snapshots == ()
    assert not (tmp_path / "new").exists(), "looking writes nothing"


def test_loading_the_same_bytes_twice_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.scratch() as scratch:
        first = store.publish([draft(scratch, "2026-11-20", {"hazard": [{}]}, file="台账.xlsx")])
        second = store.publish([draft(scratch, "2026-11-21", {"hazard": [{}]}, file="台账.xlsx")])
    assert second.snapshot == first.snapshot
    assert (second.added, second.repeated) == ((), first.added)
    assert store.names() == [first.snapshot]
    assert count_of(store) == 1


def test_publishing_nothing_keeps_the_snapshot(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, hazard=[{}])
    assert store.publish().snapshot == store.names()[0]
    assert len(store.names()) == 1


def test_several_files_of_one_load_are_one_snapshot_and_undone_together(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-15", hazard=[{"hazard_no": "A01", "level": "general"}])
    with store.scratch() as scratch:
        hazards: list[Row] = [{"hazard_no": "A01", "level": "major"}]
        one = draft(scratch, "2026-11-16", {"hazard": hazards}, file_name="隐患.xlsx", load_id="friday")
        two = draft(scratch, "2026-11-16", {"patrol_log": [{}]}, file_name="巡查.xlsx", load_id="friday")
        store.publish([one, two])
    assert len(store.names()) == 2
    assert count_of(store, "patrol_log") == 1
    undone = store.undo()
    assert undone.file_names == ("隐患.xlsx", "巡查.xlsx")
    assert count_of(store, "patrol_log") == 0
    assert snapshot_of(store).cursor().execute("select level from hazard").fetchall() == [("general",)]


def test_an_undone_file_may_be_loaded_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.scratch() as scratch:
        one = draft(scratch, "2026-11-16", {"hazard": [{}]})
        store.publish([one])
    sha256 = one.batch.sha256
    assert sha256 in store.loaded()
    store.undo()
    assert sha256 not in store.loaded()
    assert count_of(store) == 0
    with pytest.raises(Trouble, match="没有可撤销的导入"):
        store.undo()


def test_an_open_snapshot_goes_on_answering_while_a_newer_one_is_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-15", hazard=[{}])
    old = snapshot_of(store)
    cursor = old.cursor()
    load(store, "2026-11-16", hazard=[{}, {}])
    assert cursor.execute("select count(*) from hazard").fetchall() == [(1,)]
    assert old.cursor().execute("select count(*) from hazard").fetchall() == [(1,)]
    assert count_of(store) == 3


def test_a_snapshot_is_named_later_than_every_other_even_if_the_clock_went_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-20 10:00", hazard=[{}])
    load(store, "2026-11-01 10:00", hazard=[{}])
    assert [name[:15] for name in store.names()] == ["20261120T100001", "20261120T100000"]
    assert snapshot_of(store).built_at == datetime(2026, 11, 1, 10)
    assert snapshot_of(store).as_at == datetime(2026, 11, 1, 10)


def test_a_reader_cannot_write_nor_reach_files_nor_change_settings(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{}])
    for forbidden in (
        "delete from hazard_version",
        "create table mine (a integer)",
        "select * from read_csv('/etc/passwd')",
        f"copy hazard to '{tmp_path}/out.csv'",
        "attach ':memory:' as other",
        "install spatial",
        "set memory_limit = '20GB'",
    ):
        with pytest.raises(duckdb.Error):
            street.cursor().execute(forbidden)
    assert not (tmp_path / "out.csv").exists()
    assert street.cursor().execute("select current_setting('TimeZone')").fetchall() == [("Asia/Shanghai",)]


def test_threads_asking_at_once_each_get_their_own_answer(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"hazard_no": f"A{n:03}"} for n in range(200)])

    def ask(number: int) -> bool:
        sql = "select hazard_no, count(*) over () from hazard where hazard_no <= $last order by 1 desc"
        rows = street.cursor().execute(sql, {"last": f"A{number:03}"}).fetchall()
        return rows[0] == (f"A{number:03}", number + 1)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, [number % 200 for number in range(800)]))


def test_a_second_load_waits_for_the_first_and_is_told_who_is_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "now", lambda: datetime(2026, 11, 22, 23, 59, 58))
    told: list[str] = []
    first, second = Store(tmp_path), Store(tmp_path, say=told.append)
    is_loading, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with first.loading("导入 3 个文件"):
            is_loading.set()
            may_end.wait(30)

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(hold)
        assert is_loading.wait(30)
        with pytest.raises(WarehouseUnwritable, match="正在导入 3 个文件，等了 0 秒仍未结束"):
            second.publish(wait_s=0)
        waiting = pool.submit(load, second, hazard=[{}])
        while not told:
            threading.Event().wait(0.05)
        may_end.set()
        holding.result(30)
        waiting.result(30)
    assert re.search("从 23:59:58 起正在导入 3 个文件，正在等它结束", told[0])
    assert count_of(second) == 1


def test_two_loads_at_once_both_arrive(tmp_path: Path) -> None:
    def one(number: int) -> None:
        load(Store(tmp_path), hazard=[{"hazard_no": f"A{number}"}])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(one, range(3)))
    assert count_of(Store(tmp_path)) == 3


def test_what_was_looked_up_while_loading_stays_true_until_it_is_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.scratch() as scratch, store.loading("导入 1 个文件"):
        assert store.newest() is None
        with pytest.raises(WarehouseUnwritable):
            Store(tmp_path).publish(wait_s=0)
        store.publish([draft(scratch, "2026-11-16", {"hazard": [{}]})])
    assert count_of(store) == 1


def test_a_snapshot_of_an_earlier_day_can_be_opened_by_name(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = load(store, "2026-11-15", hazard=[{}])
    load(store, "2026-11-16", hazard=[{}])
    older = store.snapshot(first.snapshot)
    assert older.cursor().execute("select count(*) from hazard").fetchall() == [(1,)]
    with pytest.raises(Trouble, match="没有名为"):
        store.snapshot("20200101T000000-00000000")


def test_the_newest_eight_one_a_week_and_the_pinned_are_kept() -> None:
    start = datetime(2025, 1, 6, 12)
    daily = [f"{start + timedelta(days=day):%Y%m%dT%H%M%S}-0000000a" for day in range(700)]
    pinned = daily[3]
    gone = set(superfluous(daily, {pinned}))
    kept = [name for name in daily if name not in gone]
    assert kept[-8:] == daily[-8:]
    assert pinned in kept
    weekly = [name for name in kept if name not in daily[-8:] and name != pinned]
    assert {datetime.strptime(name[:8], "%Y%m%d").isoweekday() for name in weekly} == {7}
    assert len(weekly) == 59, "with the newest week these are 60 and the one the horizon cuts"


def test_a_pinned_snapshot_survives_and_an_unpinned_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "NEWEST_KEPT", 2)
    store = Store(tmp_path)
    names = [load(store, f"2026-11-16 1{turn}:00", hazard=[{}]).snapshot for turn in range(2)]
    store.pin(names[0], "11 月 16 日周例会")
    assert store.pinned() == {names[0]: "11 月 16 日周例会"}
    for turn in range(2):
        load(store, f"2026-11-17 1{turn}:00", hazard=[{}])
    assert names[0] in store.names()
    assert names[1] not in store.names()
    store.unpin(names[0])
    store.prune()
    assert names[0] not in store.names()
    with pytest.raises(Trouble):
        store.pin(names[0], "再来一次")


def test_the_batches_of_removed_snapshots_go_once_no_snapshot_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "NEWEST_KEPT", 2)
    store = Store(tmp_path)
    load(store, "2026-11-16 08:00", hazard=[{}])
    undone = load(store, "2026-11-16 09:00", hazard=[{}]).added[0]
    store.undo(now=datetime(2026, 11, 16, 10))
    assert (tmp_path / "batches" / undone).exists()
    for turn in range(3):
        load(store, f"2026-11-16 {11 + turn}:00", hazard=[{}])
    assert not (tmp_path / "batches" / undone).exists()
    assert count_of(store) == 4


def test_status_tells_batches_snapshots_ages_and_rejected_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    store = Store(tmp_path)
    load(store, "2026-11-20 00:00", hazard=[{}, {}], rejected=[{"row": 4}])
    store.pin(store.names()[0], "周例会")
    told = store.status()
    assert told.accepted == {"hazard": 2, "grid": 1}
    assert told.rejected_count == 1
    assert told.last_loaded_at == datetime(2026, 11, 20)
    [line] = told.snapshots
    assert (line.batch_count, line.pinned_for, line.is_good, line.action) == (1, "周例会", True, "load")
    assert line.age.days == 2
    assert told.bytes > line.bytes > 0
    assert told.trouble is None


def test_rejected_rows_can_be_searched(tmp_path: Path) -> None:
    store = Store(tmp_path)
    turned_away = [
        {"row": 5, "heading": "发现日期", "value": "2026/13/1", "reason": "date_invalid"},
        {"row": 6, "heading": "网格", "value": "WG-9999", "reason": "unknown_grid"},
    ]
    batch_id = load(store, hazard=[{}], rejected=turned_away).added[0]
    street = snapshot_of(store)
    assert list(status.rejected_rows(street)["source_row"]) == [5, 6]
    assert list(status.rejected_rows(street, search="wg-99")["source_row"]) == [6]
    assert list(status.rejected_rows(street, search="台账.xlsx", batch_id=batch_id)["source_row"]) == [5, 6]
    assert list(status.rejected_rows(street, batch_id="other")["source_row"]) == []


def test_a_draft_is_gone_when_its_load_gives_up(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(ZeroDivisionError), store.scratch() as scratch:
        draft(scratch, "2026-11-16", {"hazard": [{}]})
        raise ZeroDivisionError
    assert list((tmp_path / "drafts").iterdir()) == []
    assert store.newest() is None


def test_no_age_is_negative_where_today_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_TODAY", "2026-11-20")
    store = Store(tmp_path)
    load(store, "2026-11-22", hazard=[{"reported_at": datetime(2026, 11, 21)}])
    assert store.status().snapshots[0].age == timedelta(0)
    assert "隐患台账：最新 2026-11-21，晚于今天" in status_text(store)
    monkeypatch.setenv("STREET_TODAY", "2026-11-21")
    assert "隐患台账：最新 2026-11-21，0 天前" in status_text(store)
