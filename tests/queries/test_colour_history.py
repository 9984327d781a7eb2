"""Colours over time by hand: moves, months, the matrix, the way from red to green, rebounds, new rules."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import rule_shelf
from data.rule_draft import Changes, drafted
from data.warehouse import Snapshot, Store
from queries import Scope, colour_history
from tests.builders import LOADED_AT, load, snapshot_of, street_of
from tests.data.colouring.ledgers import ledgers
from tests.queries.streets import Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))
NAN = float("nan")


def street(folder: Path, firms: dict[str, Row] | None = None, **told: list[tuple[str, str]]) -> Snapshot:
    """A street of firms with their ratings: F1=[("2026-11-18", "red"), ...]; `firms` adds cells."""
    rows = [{"record_key": key} | (firms or {}).get(key, {}) for key in {**told, **(firms or {})}]
    rated = [
        {"enterprise_key": key, "rated_on": day, "colour": colour}
        for key, own in told.items()
        for day, colour in own
    ]
    return street_of(folder, enterprise=rows, rating=rated)


def built(folder: Path, tables: dict[str, list[Row]]) -> Snapshot:
    """A street of whole ledgers."""
    store = Store(folder)
    load(store, LOADED_AT, **tables)
    return snapshot_of(store)


def rows(answer: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Some columns, row by row; days as text, nothing as None."""
    chosen = answer[list(names)].copy()
    for name in names:
        if pd.api.types.is_datetime64_any_dtype(chosen[name]):
            chosen[name] = chosen[name].dt.strftime("%Y-%m-%d")
    chosen = chosen.astype(object)
    return list(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))


def test_everybody_s_move_is_told_and_who_left_has_no_colour_now(tmp_path: Path) -> None:
    gone = {"state": "已注销", "updated_at": "2026-11-18"}
    told = street(
        tmp_path,
        firms={"F5": gone, "F6": gone | {"updated_at": "2026-11-15"}, "F7": {"state": "已注销"}, "F8": {}},
        F1=[("2026-10-01", "red"), ("2026-11-18", "green")],
        F2=[("2026-10-01", "green"), ("2026-11-18", "red")],
        F3=[("2026-11-18", "yellow")],
        F4=[("2026-10-01", "green")],
        F5=[("2026-10-01", "red")],
        F6=[("2026-10-01", "red")],
        F7=[("2026-10-01", "red")],
    )
    assert rows(colour_history.flow(told, WEEK), "colour_then", "colour", "colour_move", "moved_count") == [
        ("red", "green", "upgrade", 1),
        ("red", None, "deregistered", 1),
        ("green", "red", "downgrade", 1),
        ("green", "green", "unchanged", 1),
        ("unrated", "yellow", "newly_rated", 1),
        ("unrated", "unrated", "unchanged", 1),
    ]


def test_who_is_found_gone_by_a_later_file_left_on_the_day_it_came_in(tmp_path: Path) -> None:
    store = Store(tmp_path)
    rated = [{"enterprise_key": "F1", "rated_on": "2026-10-01", "colour": "red"}]
    load(store, "2026-11-01 09:00", enterprise=[{"record_key": "F1", "state": "营业"}], rating=rated)
    load(store, "2026-11-20 09:00", enterprise=[{"record_key": "F1", "state": "已注销"}])
    told = snapshot_of(store)
    assert rows(colour_history.flow(told, WEEK), "colour_then", "colour_move") == [("red", "deregistered")]
    lives = colour_history.turned_green(told, WEEK).set_index("scheme").loc["enterprise"]
    assert (lives["red_lives"], lives["red_lives_ended"]) == (1, 0)
    assert colour_history.time_to_green(told, WEEK)["red_lasted_days"].tolist() == [0, 50]


def test_the_running_month_is_told_as_at_and_the_unrated_stand_apart(tmp_path: Path) -> None:
    told = street(
        tmp_path,
        firms={"F3": {"registered_on": "2026-11-02"}},
        F1=[("2026-09-30", "red"), ("2026-11-01", "yellow"), ("2026-11-22", "green"), ("2026-11-23", "red")],
        F2=[("2026-10-31", "green")],
    )
    found = colour_history.months(told, WEEK)
    names = ["month_on", "green_count", "yellow_count", "red_count", "unrated_count", "rated_count"]
    assert rows(found, *names) == [
        ("2026-09-01", 0, 0, 1, 1, 1),
        ("2026-10-01", 1, 0, 1, 0, 2),
        ("2026-11-01", 2, 0, 0, 1, 2),
    ]
    assert found["red_rate"].tolist() == [1, 0.5, 0]
    assert rows(found, "colour_basis", "is_rule_change") == [("rating", False)] * 3
    assert colour_history.months(told, WEEK, months=2)["month_on"].dt.month.tolist() == [10, 11]


def test_the_matrix_adds_up_whole_months_and_tells_the_gone_apart(tmp_path: Path) -> None:
    told = street(
        tmp_path,
        firms={"F3": {"state": "已注销", "updated_at": "2026-10-20"}, "F4": {"registered_on": "2026-09-15"}},
        F1=[("2026-08-20", "red"), ("2026-09-10", "green"), ("2026-09-20", "yellow")],
        F2=[("2026-09-01", "red")],
        F3=[("2026-09-01", "red")],
    )
    found = colour_history.transitions(told, WEEK)
    assert rows(found, "colour_then", "colour", "moved_count", "moved_from_count", "moved_rate") == [
        # September: F1 red to yellow, F2 and F3 stay red; October: F2 stays, F3 leaves
        ("red", "red", 3, 4, 0.75),
        ("red", "yellow", 1, 4, 0.25),
        ("red", None, 1, None, None),
        ("yellow", "yellow", 1, 1, 1),
        # F4 came in September
        ("unrated", "unrated", 1, 1, 1),
    ]
    assert rows(colour_history.transitions(told, WEEK, months=1), "colour_then", "moved_count") == [
        ("red", 1),
        ("red", 1),
        ("yellow", 1),
        ("unrated", 1),
    ]


def test_green_now_of_those_not_green_a_period_ago(tmp_path: Path) -> None:
    told = street(
        tmp_path,
        firms={"F5": {"state": "已注销", "updated_at": "2026-11-20"}},
        F1=[("2026-10-01", "red"), ("2026-11-18", "green")],
        F2=[("2026-10-01", "yellow"), ("2026-11-17", "green"), ("2026-11-20", "yellow")],
        F3=[("2026-10-01", "yellow")],
        F4=[("2026-11-18", "green")],
        F5=[("2026-10-01", "red")],
    )
    found = colour_history.turned_green(told, WEEK)
    assert rows(found, "scheme", "not_green_then", "turned_green", "turned_green_rate") == [
        ("enterprise", 3, 1, 1 / 3),
        ("shop", 0, 0, None),
    ]


def test_red_lasts_from_the_first_red_to_the_next_green_and_the_open_ones_count(tmp_path: Path) -> None:
    told = street(
        tmp_path,
        firms={"F4": {"state": "已注销", "updated_at": "2026-10-31"}},
        # red for 20 days, with a yellow in between; then red again for 10
        F1=[("2026-09-01", "red"), ("2026-09-06", "yellow"), ("2026-09-11", "red"), ("2026-09-21", "green"),
            ("2026-10-01", "red"), ("2026-10-11", "green")],
        # not green after 30 days
        F2=[("2026-10-23", "red"), ("2026-11-01", "yellow")],
        # red for 40 days
        F3=[("2026-09-01", "red"), ("2026-10-11", "green")],
        # gone after 15 days
        F4=[("2026-10-16", "red"), ("2026-11-05", "green")],
    )  # fmt: skip
    found = colour_history.time_to_green(told, WEEK)
    assert found["red_lasted_days"].tolist() == [0, 10, 15, 20, 30, 40]
    expected = [1, 4 / 5, 4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3, 0]
    assert found["share_not_green"].tolist() == pytest.approx(expected)
    summary = colour_history.turned_green(told, WEEK)
    assert rows(summary, "red_lives", "red_lives_ended", "red_to_green_days") == [(5, 3, 40), (0, 0, None)]


def test_a_curve_that_has_not_come_to_half_has_no_median(tmp_path: Path) -> None:
    told = street(tmp_path, F1=[("2026-09-01", "red")], F2=[("2026-09-01", "red"), ("2026-10-11", "green")],
                  F3=[("2026-09-01", "red")])  # fmt: skip
    assert colour_history.turned_green(told, WEEK)["red_to_green_days"].isna().all()
    assert colour_history.time_to_green(street(tmp_path / "none", F1=[]), WEEK).empty


def test_a_rebound_counts_in_the_period_in_which_its_sixty_days_end(tmp_path: Path) -> None:
    told = street(
        tmp_path,
        firms={"F5": {"state": "已注销", "updated_at": "2026-11-01"}},
        # sixty days end on 2026-11-16: red again on the last of them
        F1=[("2026-08-01", "red"), ("2026-09-17", "green"), ("2026-11-16", "red")],
        # red again a day later
        F2=[("2026-08-01", "yellow"), ("2026-09-17", "green"), ("2026-11-17", "red")],
        # sixty days are not over
        F3=[("2026-08-01", "red"), ("2026-11-01", "green"), ("2026-11-10", "yellow")],
        # never was anything but green
        F4=[("2026-09-17", "green"), ("2026-10-01", "yellow")],
        # left before sixty days were over
        F5=[("2026-08-01", "red"), ("2026-09-17", "green"), ("2026-10-01", "red")],
    )
    found = colour_history.turned_green(told, WEEK)
    assert rows(found, "green_followed", "green_rebounds", "rebound_rate") == [(2, 1, 0.5), (0, 0, None)]
    names = ["enterprise_key", "colour_before", "turned_green_on", "rebound_on", "rebound_colour",
             "rebound_days", "colour"]  # fmt: skip
    assert rows(colour_history.rebound_list(told, WEEK), *names) == [
        ("F1", "red", "2026-09-17", "2026-11-16", "red", 60, "red"),
        ("F3", "red", "2026-11-01", "2026-11-10", "yellow", 9, "yellow"),
    ]
    assert rows(colour_history.rebound_list(told, WEEK, days=0), "enterprise_key") == [("F1",)]


def test_evidence_is_fresh_stale_or_was_never_there(tmp_path: Path) -> None:
    keys = ("F1", "F2", "F3", "F4", "F5")
    told = street_of(
        tmp_path,
        enterprise=[{"record_key": key, "name": f"企业{key}"} for key in keys],
        rating=[
            *({"enterprise_key": key, "rated_on": "2026-01-05"} for key in keys[:3]),
            {"enterprise_key": "F5", "rated_on": "2026-07-25"},
        ],
        patrol_log=[{"patrolled_at": "2026-07-25 09:00", "place": "企业F1"}],
        finding=[
            {"enterprise_key": "F2", "found_on": "2026-07-24"},
            {"enterprise_key": "F4", "found_on": "2026-11-20", "detail": "消防"},
            {"enterprise_key": "F4", "found_on": "2026-11-23"},
        ],
    )
    # 120 days before 2026-11-22 is 2026-07-25
    names = ["scheme", "fresh_count", "stale_count", "never_seen_count", "subject_count", "fresh_rate",
             "median_seen_days"]  # fmt: skip
    assert rows(colour_history.evidence(told, WEEK), *names) == [("enterprise", 1, 2, 1, 5, 0.2, 120)]


def adopted(folder: Path, day: date) -> Snapshot:
    """The street of `ledgers`, where a rule that hardly leaves a point to lose came into force on a day."""
    text = drafted(rule_shelf.shipped("enterprise"), Changes(floors={"green": 90, "yellow": 86}), "二版", day)
    path = folder / "二版.toml"
    path.write_text(text, "utf-8")
    store = Store(folder / "store")
    rule_shelf.adopt(folder / "store", path, date(2026, 1, 1))
    load(store, LOADED_AT, **ledgers())
    return snapshot_of(store)


def test_both_versions_of_a_rule_are_told_on_the_day_of_the_change(tmp_path: Path) -> None:
    told = adopted(tmp_path, date(2026, 9, 15))
    names = ["rule_changed_on", "rule_version", "old_rule_colour", "new_rule_colour", "moved_count"]
    assert rows(colour_history.rule_breaks(told, WEEK), *names) == [
        ("2026-09-15", "二版", "yellow", "yellow", 5),
        ("2026-09-15", "二版", "green", "yellow", 1),
        ("2026-09-15", "二版", "green", "green", 2),
    ]
    # what the old rule gives is what it would have given had it stayed; one of the yellow is red by hand
    before = built(tmp_path / "before", ledgers())
    on_the_day = Scope(date(2026, 9, 14), date(2026, 9, 21), as_at=datetime(2026, 9, 15, 18))
    kept = colour_history.flow(before, on_the_day).groupby("colour")["moved_count"].sum()
    assert kept.to_dict() == {"green": 3, "yellow": 4, "red": 1}
    months = colour_history.months(told, WEEK)
    assert months[months["is_rule_change"]]["month_on"].dt.month.tolist() == [9]
    assert set(months["colour_basis"]) == {"rule"}
    assert colour_history.rule_breaks(told, WEEK, "shop").empty
    assert colour_history.rule_breaks(told, on_the_day.moved("previous")).empty


def test_a_rule_that_never_gave_a_colour_is_replaced_without_a_break(tmp_path: Path) -> None:
    told = adopted(tmp_path, date(2026, 2, 1))
    assert colour_history.rule_breaks(told, WEEK).empty
    assert not colour_history.months(told, WEEK)["is_rule_change"].any()


def test_the_month_in_which_rules_take_over_from_the_ledger_is_a_change(tmp_path: Path) -> None:
    rated = [{"enterprise_key": "QY-01", "rated_on": "2026-01-05", "colour": "green"}]
    told = built(tmp_path, ledgers() | {"rating": rated})
    found = colour_history.months(told, WEEK)
    assert rows(found, "month_on", "colour_basis", "is_rule_change")[:4] == [
        ("2026-01-01", "rating", False),
        ("2026-02-01", "rating", False),
        ("2026-03-01", "rule", True),
        ("2026-04-01", "rule", False),
    ]


def test_a_rule_of_the_future_changes_nothing_yet(tmp_path: Path) -> None:
    told = adopted(tmp_path, date(2026, 11, 21))
    friday = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 20, 18))
    assert not colour_history.months(told, friday)["is_rule_change"].any()
    assert colour_history.months(told, WEEK)["is_rule_change"].tolist()[-1]
