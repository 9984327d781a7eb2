"""The thirteen golden cases: the week the measures were agreed on, from ledger rows to the answer."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import Snapshot, Store
from queries import Scope, hazards
from tests.builders import load, snapshot_of, street_of

NAMES = (
    *(
        "hazard_no",
        "grid_code",
        "source",
        "is_self_handled",
        "reported_at",
        "filed_at",
        "voided_at",
        "due_at",
    ),
    *(
        "extended_due_at",
        "is_suspended",
        "handled_first_at",
        "handled_at",
        "closed_at",
        "rework_count",
        "reopen_of",
    ),
)


def case(number: str, grid: int, *cells: Any) -> dict[str, Any]:
    return dict(zip(NAMES, (number, f"33048100100100{grid}", *cells), strict=True))


def nov(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


# fmt: off
GOLDEN = [
    # handled on time, closed
    case("A01", 1, "patrol", False, nov(14, 9), nov(14, 10), None, nov(17, 10), None, False,
         nov(16, 15), nov(16, 15), nov(17, 9), 0, None),
    # handled late, closed
    case("A02", 1, "patrol", False, nov(13, 9), nov(13, 10), None, nov(16, 10), None, False,
         nov(18, 15), nov(18, 15), nov(19, 9), 0, None),
    # overdue and not handled
    case("A03", 1, "hotline", False, nov(15, 9), nov(15, 10), None, nov(20, 10), None, False,
         None, None, None, 0, None),
    # filed this week, due next week, handled early: not in this week's denominator
    case("A04", 2, "patrol", False, nov(20, 9), nov(20, 10), None, nov(25, 10), None, False,
         nov(21, 11), nov(21, 11), nov(22, 9), 0, None),
    # due this week, but not yet at the cut-off
    case("A05", 2, "patrol", False, nov(21, 9), nov(21, 10), None, nov(22, 20), None, False,
         None, None, None, 0, None),
    # extended into next week
    case("A06", 2, "hotline", False, nov(16, 9), nov(16, 10), None, nov(18, 10), nov(24, 10), False,
         None, None, None, 0, None),
    # suspended
    case("A07", 2, "patrol", False, nov(10, 9), nov(10, 10), None, nov(17, 10), None, True,
         None, None, None, 0, None),
    # void
    case("A08", 2, "snap", False, nov(16, 9), nov(16, 10), nov(16, 11), nov(18, 10), None, False,
         None, None, None, 0, None),
    # handled on the spot
    case("A09", 1, "patrol", True, nov(17, 9), nov(17, 9), None, None, None, False,
         nov(17, 9, 5), nov(17, 9, 5), nov(17, 9, 5), 0, None),
    # reworked: first in time, accepted too late
    case("A10", 1, "hotline", False, nov(14, 9), nov(14, 10), None, nov(18, 10), None, False,
         nov(17, 15), nov(19, 15), nov(20, 9), 1, None),
    # closed last week, reopened this week: a run of its own
    case("A11#2", 1, "hotline", False, nov(17, 9), nov(17, 10), None, nov(19, 10), None, False,
         nov(19, 9), nov(19, 9), nov(19, 17), 0, "A11"),
    # reported, never filed
    case("A12", 2, "snap", False, nov(18, 9), None, None, None, None, False,
         None, None, None, 0, None),
    # due last week, handled this week: counted last week only
    case("A13", 2, "patrol", False, nov(8, 9), nov(8, 10), None, nov(12, 10), None, False,
         nov(17, 10), nov(17, 10), nov(18, 10), 0, None),
]
# fmt: on


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return street_of(tmp_path_factory.mktemp("golden"), hazard=GOLDEN)


def week(monday: int, as_at: datetime) -> Scope:
    return Scope(
        date(2026, 11, monday), date.fromordinal(date(2026, 11, monday).toordinal() + 7), as_at=as_at
    )


def answer(street: Snapshot, scope: Scope) -> dict[str, Any]:
    [found] = hazards.case_measures(street, scope).to_dict("records")
    return {str(name): value for name, value in found.items()}


def test_the_golden_week_comes_out_exactly(street: Snapshot) -> None:
    found = answer(street, week(16, nov(22, 18)))
    expected = {
        "need_to_handle": 5,
        "handled_on_time": 2,
        "handled_on_time_first": 3,
        "handled_of_due": 4,
        "overdue_unhandled": 1,
        "closed_of_due": 4,
        "reworked": 1,
        "not_yet_due": 1,
        "extended": 1,
        "suspended": 1,
        "reported": 6,
        "filed": 4,
        "self_handled": 1,
        "open_stock": 4,
        "on_time_handling_rate": 0.4,
        "on_time_handling_rate_first": 0.6,
        "handling_rate": 0.8,
        "overdue_unhandled_rate": 0.2,
        "closing_rate": 0.8,
        "on_time_closing_rate": 0.2,
        "rework_rate": 0.2,
    }
    assert {name: found[name] for name in expected} == expected


def test_the_week_before_had_one_case_due_and_none_on_time(street: Snapshot) -> None:
    found = answer(street, week(9, nov(22, 18)))
    assert (found["need_to_handle"], found["handled_on_time"]) == (1, 0)


def test_the_week_after_has_two_cases_due_and_one_on_time(street: Snapshot) -> None:
    found = answer(street, week(23, nov(30, 0)))
    assert (found["need_to_handle"], found["handled_on_time"]) == (2, 1)


def test_every_case_falls_due_in_one_week_only(street: Snapshot) -> None:
    late = nov(30, 0)
    weeks = sum(answer(street, week(monday, late))["need_to_handle"] for monday in (9, 16, 23))
    whole = answer(street, Scope(date(2026, 11, 9), date(2026, 11, 30), as_at=late))["need_to_handle"]
    assert (weeks, whole) == (9, 9)


def test_the_golden_stock_adds_up(street: Snapshot) -> None:
    found = hazards.balance(street, week(16, nov(22, 18))).iloc[0].to_dict()
    assert found == {
        "opening_stock": 6,
        "newly_filed": 4,
        "reopened": 1,
        "closed": 6,
        "voided": 1,
        "closing_stock": 4,
        "net_closing": 1,
    }


def test_the_rows_behind_a_golden_count_can_be_listed(street: Snapshot) -> None:
    scope = week(16, nov(22, 18))
    assert list(hazards.cases(street, scope, count="handled_on_time")["hazard_no"]) == ["A01", "A11#2"]
    assert list(hazards.cases(street, scope, count="overdue_unhandled")["hazard_no"]) == ["A03"]
    assert list(hazards.cases(street, scope, count="not_yet_due")["hazard_no"]) == ["A05"]


def test_by_grid_the_golden_week_adds_up_to_the_street(street: Snapshot) -> None:
    grids = hazards.case_measures_by_grid(street, week(16, nov(22, 18)))
    assert list(grids["need_to_handle"]) == [5, 0]
    assert list(grids["open_stock"]) == [1, 3]
    assert grids["on_time_handling_rate"].isna().tolist() == [False, True], "0/0 is nothing, not 0 or 100 %"


def test_the_golden_week_stands_in_one_line_of_the_weeks(street: Snapshot) -> None:
    weeks = hazards.case_measures_by_week(
        street, Scope(date(2026, 11, 9), date(2026, 11, 30), as_at=nov(30, 0))
    )
    assert weeks["need_to_handle"].tolist() == [1, 6, 2]
    assert weeks["handled_on_time"].tolist() == [0, 2, 1]


def test_a_correction_known_later_does_not_change_what_was_known(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A", "filed_at": nov(10, 9), "due_at": nov(17, 9)}])
    load(store, "2026-11-20 09:00", hazard=[{"hazard_no": "A", "handled_at": nov(17, 8)}])
    scope = week(16, nov(22, 18))
    then = Scope(scope.since, scope.until, as_at=scope.as_at, known_at=nov(19, 0))
    assert answer(snapshot_of(store), scope)["handled_on_time"] == 1
    assert answer(snapshot_of(store), then)["handled_on_time"] == 0
