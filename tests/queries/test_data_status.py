"""What was loaded, how old it is, and what was turned away."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from data.contract import ledgers
from data.warehouse import Store
from queries import Scope, data_status
from tests.builders import load, snapshot_of, street_of

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))


def test_files_are_listed_newest_first_with_what_became_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-20 09:00", grid=[{}])
    load(store, "2026-11-21 09:00", hazard=[{}, {}, {}], rejected=[{}])
    answer = data_status.batches(snapshot_of(store), WEEK)
    assert answer["ledger"].tolist() == ["hazard", "grid"]
    # the builder adds the grid the hazards name
    assert answer[["accepted_count", "rejected_count", "rejected_row_rate"]].values.tolist() == [
        [4, 1, 0.2],
        [1, 0, 0.0],
    ]


def test_what_was_loaded_after_the_moment_of_knowing_is_not_listed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-20 09:00", grid=[{}])
    load(store, "2026-11-21 09:00", hazard=[{}], rejected=[{}])
    then = Scope(WEEK.since, WEEK.until, known_at=datetime(2026, 11, 20, 12))
    assert data_status.batches(snapshot_of(store), then)["ledger"].tolist() == ["grid"]
    assert data_status.rejected_rows(snapshot_of(store), then).empty


def test_a_ledger_is_behind_once_its_newest_event_is_older_than_its_cadence(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        hazard=[{"reported_at": "2026-11-20 01:00"}],
        patrol_log=[{"patrolled_at": "2026-11-19 23:59"}],
    )
    ages = data_status.ages(street, WEEK).set_index("ledger")
    assert ages.loc[["hazard"], ["age_days", "cadence_days", "is_behind"]].values.tolist() == [
        [2.0, 2, False]
    ]
    assert ages.loc[["patrol_log"], ["age_days", "is_behind"]].values.tolist() == [[3, True]]
    assert ages.loc["rating", "record_count"] == 0
    assert ages.loc["rating", ["age_days"]].isna().all(), "a ledger never loaded has no age"


def test_what_happened_today_is_no_day_old(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"reported_at": "2026-11-22 00:00"}], at="2026-11-22 18:00")
    ages = data_status.ages(street, WEEK).set_index("ledger")
    assert ages.loc["hazard", "age_days"] == 0


def test_a_holiday_s_ledger_is_not_late_when_there_is_no_holiday(tmp_path: Path) -> None:
    street = street_of(tmp_path, worker=[{"left_on": "2026-02-01"}])
    summer = data_status.ages(street, WEEK).set_index("ledger")["is_behind"]
    season = Scope(date(2026, 3, 2), date(2026, 3, 9), as_at=datetime(2026, 3, 8))
    assert pd.isna(summer["worker"])
    assert data_status.ages(street, season).set_index("ledger")["is_behind"]["worker"]


def test_every_ledger_of_the_house_has_its_freshness(tmp_path: Path) -> None:
    rows: dict[str, Any] = {
        name: [{"enterprise_key": "F1"} if "enterprise_key" in ledger.key[0] else {}]
        for name, ledger in ledgers().items()
    }
    street = street_of(tmp_path, **rows)
    ages = data_status.ages(street, WEEK).set_index("ledger")
    assert set(ages.index) == set(ledgers())
    assert ages[ages["record_count"] == 0].index.tolist() == []


def test_reasons_are_counted_and_the_commonest_comes_first(tmp_path: Path) -> None:
    rejected = [
        {"reason": "unknown_grid", "heading": "网格编码"},
        {"reason": "date_invalid", "heading": "发现日期"},
        {"reason": "unknown_grid", "heading": "网格编码"},
    ]
    answer = data_status.rejected_by_reason(street_of(tmp_path, hazard=[{}], rejected=rejected), WEEK)
    assert answer[["rejected_for", "heading", "rejected_count", "file_count"]].values.tolist() == [
        ["unknown_grid", "网格编码", 2, 1],
        ["date_invalid", "发现日期", 1, 1],
    ]


def test_rows_turned_away_can_be_searched_by_any_of_their_texts(tmp_path: Path) -> None:
    rejected = [
        {"reason": "unknown_grid", "heading": "网格编码", "value": "WG-9999", "message": "找不到网格"},
        {"reason": "date_invalid", "heading": "发现日期", "value": "2026/13/1", "message": "应为日期"},
    ]
    street = street_of(tmp_path, hazard=[{}], rejected=rejected)
    assert data_status.rejected_rows(street, WEEK)["source_row"].tolist() == [2, 3]
    assert data_status.rejected_rows(street, WEEK, search="wg-99")["cell_text"].tolist() == ["WG-9999"]
    assert data_status.rejected_rows(street, WEEK, search="应为")["source_row"].tolist() == [3]
    assert data_status.rejected_rows(street, WEEK, rejected_for="unknown_grid")["source_row"].tolist() == [2]
    assert data_status.rejected_rows(street, WEEK, search="%").empty, "a search is plain text, not a pattern"
    assert len(data_status.rejected_rows(street, WEEK, rows=1)) == 1
