"""A snapshot is built from contracts, batches and reference files, and says in itself what everything is."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import build
from data.contract import ledgers
from data.settings import PACKAGE
from data.store.batches import Batch, parquet_schema, seal
from data.store.checks import BuildFault
from data.store.tables import version_columns
from data.warehouse import Store
from tests.builders import DEFAULTS, Row, load, snapshot_of, street_of


def test_every_ledger_has_a_table_that_answers(tmp_path: Path) -> None:
    tables: dict[str, Any] = {
        name: [{"enterprise_key": "e1"} if "enterprise_key" in ledger.key[0] else {}]
        for name, ledger in ledgers().items()
    }
    street = street_of(tmp_path, **tables)
    for name in ledgers():
        assert street.cursor().execute(f"select count(*) from {name}").fetchall() == [(1,)], name
    assert set(DEFAULTS) == set(ledgers())


def test_tables_and_columns_carry_their_grain_label_and_unit(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[{}])
    [(said,)] = (
        street.cursor()
        .execute("select comment from duckdb_tables() where table_name = 'patrol_log_version'")
        .fetchall()
    )
    assert said.startswith("巡查记录: One row is one visit of a patrol")
    [(said,)] = (
        street.cursor()
        .execute(
            "select comment from duckdb_columns()"
            " where table_name = 'patrol_log_version' and column_name = 'contact_count'"
        )
        .fetchall()
    )
    assert said.startswith("走访人次（人次）: ")
    [(missing,)] = (
        street.cursor()
        .execute(
            "select count(*) from duckdb_columns() where table_name like '%_version' and comment is null"
        )
        .fetchall()
    )
    assert missing == 0


def test_a_value_the_contract_does_not_allow_cannot_enter_the_table(tmp_path: Path) -> None:
    with pytest.raises(duckdb.ConstraintException):
        street_of(tmp_path, hazard=[{"level": "terrible"}])
    assert Store(tmp_path).newest() is None


def test_a_negative_count_cannot_enter_the_table(tmp_path: Path) -> None:
    with pytest.raises(duckdb.ConstraintException):
        street_of(tmp_path, patrol_log=[{"finding_count": -1}])


def test_facts_lie_in_the_order_of_their_time(tmp_path: Path) -> None:
    days = ["2026-11-20", "2026-11-03", "2026-11-11"]
    street = street_of(tmp_path, patrol_log=[{"patrolled_at": day} for day in days])
    rows = street.cursor().execute("select patrolled_at from patrol_log_version").fetchall()
    assert [row[0].day for row in rows] == [3, 11, 20]


def test_a_batch_older_than_a_column_still_loads(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.scratch() as scratch:
        folder = scratch / "old"
        folder.mkdir()
        schema = parquet_schema(ledgers()["grid"])
        rows = pa.Table.from_pylist(
            [{"record_key": "WG-0101", "grid_code": "WG-0101", "grid_name": "一"}], schema
        )
        pq.write_table(rows.drop_columns(["population"]), folder / "grid.parquet")
        card = Batch("0" * 16, "0" * 64, "网格.xlsx", "grid", datetime(2026, 11, 1), "load")
        store.publish([seal(folder, card)])
    load(store, grid=[{"grid_code": "WG-0102", "population": 900}])
    sql = "select grid_code, population from grid order by grid_code"
    assert snapshot_of(store).cursor().execute(sql).fetchall() == [("WG-0101", None), ("WG-0102", 900)]


def test_a_batch_that_repeats_a_key_is_caught_before_it_is_named(tmp_path: Path) -> None:
    twice = [{"record_key": "same"}, {"record_key": "same", "level": "major"}]
    with pytest.raises(BuildFault, match="holds a record twice: same"):
        street_of(tmp_path, hazard=twice)


def test_the_calendar_tells_workdays_and_lunar_offsets(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{}])
    sql = "select is_workday, new_year_offset, chunyun_day from calendar_day where day = $day"
    assert street.cursor().execute(sql, {"day": date(2026, 2, 17)}).fetchall() == [(False, 0, 16)]


def test_an_office_may_overrule_the_calendar_and_the_snapshot_is_built_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, grid=[{}])
    before = store.names()
    (tmp_path / "calendar.toml").write_text("# 街道自己的日历\n")
    assert snapshot_of(store).is_outdated
    store.publish()
    assert len(store.names()) == len(before) + 1
    assert not snapshot_of(store).is_outdated


def test_batches_and_rejected_rows_are_kept_in_the_snapshot(tmp_path: Path) -> None:
    turned_away = {"row": 5, "heading": "发现日期", "value": "2026/13/1", "reason": "date_invalid"}
    street = street_of(tmp_path, hazard=[{}, {}], rejected=[turned_away])
    sql = "select file_name, accepted_count, rejected_count, known_at from batch"
    assert street.cursor().execute(sql).fetchall() == [("台账.xlsx", 3, 1, datetime(2026, 11, 22, 10))]
    sql = "select source_row, heading, value, reason from rejected_row"
    assert street.cursor().execute(sql).fetchall() == [(5, "发现日期", "2026/13/1", "date_invalid")]


def test_communities_are_summed_over_their_grids(tmp_path: Path) -> None:
    grids: list[Row] = [
        {"grid_code": "WG-0101", "community": "东港", "population": 800},
        {"grid_code": "WG-0102", "community": "东港", "population": 700},
        {"grid_code": "WG-0201", "community": "西塘", "population": None},
    ]
    street = street_of(tmp_path, grid=grids)
    sql = "select community, grid_count, population from community order by population"
    assert street.cursor().execute(sql).fetchall() == [("东港", 2, 1500), ("西塘", 1, None)]


def test_a_version_table_holds_what_the_contract_promises(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{}])
    for ledger in ledgers().values():
        described = street.cursor().execute(f"describe {ledger.table}_version").fetchall()
        assert [(row[0], row[1]) for row in described] == [
            (column.name, column.sql_type) for column in version_columns(ledger)
        ]


def test_a_row_that_has_not_happened_yet_is_hidden_at_an_earlier_moment(tmp_path: Path) -> None:
    street = street_of(
        tmp_path, patrol_log=[{"patrolled_at": "2026-11-20 09:00"}], rating=[{"enterprise_key": "e"}]
    )
    patrols = "select count(*) from patrol_log_at($as_at, null)"
    assert street.cursor().execute(patrols, {"as_at": datetime(2026, 11, 20, 8, 59)}).fetchall() == [(0,)]
    assert street.cursor().execute(patrols, {"as_at": datetime(2026, 11, 20, 9)}).fetchall() == [(1,)]
    ratings = "select count(*) from rating_at($as_at, null)"
    assert street.cursor().execute(ratings, {"as_at": datetime(2026, 11, 15, 23)}).fetchall() == [(0,)]
    assert street.cursor().execute(ratings, {"as_at": datetime(2026, 11, 16)}).fetchall() == [(1,)]


def test_every_topic_s_views_are_built() -> None:
    assert sorted(build.TOPICS) == sorted(path.stem for path in (PACKAGE / "views").glob("*.sql"))
