"""What a hazard's state was at a moment, and the golden week of the measures."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import Snapshot
from tests.builders import Row, street_of

SUNDAY_EVENING = datetime(2026, 11, 22, 18)


def states(street: Snapshot, columns: str, as_at: datetime = SUNDAY_EVENING) -> list[tuple[Any, ...]]:
    sql = f"select {columns} from hazard_at($as_at, null) order by hazard_no"
    return street.cursor().execute(sql, {"as_at": as_at}).fetchall()


def test_a_life_is_read_stage_by_stage(tmp_path: Path) -> None:
    life = {
        "reported_at": "2026-11-10 09:00",
        "filed_at": "2026-11-11 09:00",
        "dispatched_at": "2026-11-12 09:00",
        "handled_at": "2026-11-13 09:00",
        "verified_at": "2026-11-14 09:00",
        "closed_at": "2026-11-15 09:00",
    }
    street = street_of(tmp_path, hazard=[life])
    stages = {day: states(street, "stage", datetime(2026, 11, day, 12)) for day in range(9, 16)}
    assert stages == {
        9: [],
        10: [("reported",)],
        11: [("filed",)],
        12: [("dispatched",)],
        13: [("handled",)],
        14: [("verified",)],
        15: [("closed",)],
    }


def test_a_case_closed_later_was_open_before(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"filed_at": "2026-11-16", "closed_at": "2026-11-20"}])
    assert states(street, "is_open", datetime(2026, 11, 19, 23)) == [(True,)]
    assert states(street, "is_open", datetime(2026, 11, 20)) == [(False,)]


def test_a_case_closed_without_a_date_is_closed_and_its_moment_unknown(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"filed_at": "2026-11-16", "status": "closed"}])
    assert states(street, "is_closed, is_open, closed_at, is_handled") == [(True, False, None, True)]


def test_a_rectified_case_that_nobody_checked_is_not_closed(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"filed_at": "2026-11-16", "status": "handled"}])
    assert states(street, "is_closed, is_handled, stage") == [(False, True, "handled")]


def test_a_ledger_without_a_filing_column_files_what_it_finds(tmp_path: Path) -> None:
    hazards: list[Row] = [
        {"hazard_no": "A", "has_filing": False, "reported_at": "2026-11-16 09:00"},
        {"hazard_no": "B", "has_filing": True, "reported_at": "2026-11-16 09:00"},
    ]
    street = street_of(tmp_path, hazard=hazards)
    assert states(street, "is_case, filed_at") == [(True, datetime(2026, 11, 16, 9)), (False, None)]


@pytest.mark.parametrize(
    ("hazard", "is_overdue"),
    [
        ({"due_at": "2026-11-22 17:59"}, True),
        ({"due_at": "2026-11-22 18:00"}, False),
        ({"due_at": "2026-11-20", "extended_due_at": "2026-11-25"}, False),
        ({"due_at": "2026-11-20", "is_suspended": True}, False),
        ({"due_at": "2026-11-20", "voided_at": "2026-11-21"}, False),
        ({"due_at": "2026-11-20", "closed_at": "2026-11-21"}, False),
        ({"due_at": "2026-11-20", "closed_at": "2026-11-23"}, True),
        ({"due_at": "2026-11-20", "handled_at": "2026-11-19"}, False),
        ({"due_at": "2026-11-20", "handled_at": "2026-11-21"}, True),
        ({}, False),
    ],
)
def test_a_case_is_overdue_when_open_past_its_limit(tmp_path: Path, hazard: Row, is_overdue: bool) -> None:
    street = street_of(tmp_path, hazard=[{"filed_at": "2026-11-16", **hazard}])
    assert states(street, "is_overdue") == [(is_overdue,)]


# The golden thirteen: number, source, filed, due, extended to, first handled, handled, closed.
PATROL, HOTLINE, SNAP = "patrol", "hotline", "snap"
GOLDEN: list[Row] = [
    {"hazard_no": "A01", "source": PATROL, "reported_at": "2026-11-14 09:00", "filed_at": "2026-11-14 10:00",
     "due_at": "2026-11-17 10:00", "handled_at": "2026-11-16 15:00", "closed_at": "2026-11-17 09:00"},
    {"hazard_no": "A02", "source": PATROL, "reported_at": "2026-11-13 09:00", "filed_at": "2026-11-13 10:00",
     "due_at": "2026-11-16 10:00", "handled_at": "2026-11-18 15:00", "closed_at": "2026-11-19 09:00"},
    {"hazard_no": "A03", "source": HOTLINE, "reported_at": "2026-11-15 09:00", "filed_at": "2026-11-15 10:00",
     "due_at": "2026-11-20 10:00"},
    {"hazard_no": "A04", "source": PATROL, "reported_at": "2026-11-20 09:00", "filed_at": "2026-11-20 10:00",
     "due_at": "2026-11-25 10:00", "handled_at": "2026-11-21 11:00", "closed_at": "2026-11-22 09:00"},
    {"hazard_no": "A05", "source": PATROL, "reported_at": "2026-11-21 09:00", "filed_at": "2026-11-21 10:00",
     "due_at": "2026-11-22 20:00"},
    {"hazard_no": "A06", "source": HOTLINE, "reported_at": "2026-11-16 09:00", "filed_at": "2026-11-16 10:00",
     "due_at": "2026-11-18 10:00", "extended_due_at": "2026-11-24 10:00"},
    {"hazard_no": "A07", "source": PATROL, "reported_at": "2026-11-10 09:00", "filed_at": "2026-11-10 10:00",
     "due_at": "2026-11-17 10:00", "is_suspended": True},
    {"hazard_no": "A08", "source": SNAP, "reported_at": "2026-11-16 09:00", "filed_at": "2026-11-16 10:00",
     "voided_at": "2026-11-16 11:00", "due_at": "2026-11-18 10:00"},
    {"hazard_no": "A09", "source": PATROL, "reported_at": "2026-11-17 09:00", "filed_at": "2026-11-17 09:00",
     "is_self_handled": True, "handled_at": "2026-11-17 09:05", "closed_at": "2026-11-17 09:05"},
    {"hazard_no": "A10", "source": HOTLINE, "reported_at": "2026-11-14 09:00", "filed_at": "2026-11-14 10:00",
     "due_at": "2026-11-18 10:00", "handled_first_at": "2026-11-17 15:00", "handled_at": "2026-11-19 15:00",
     "closed_at": "2026-11-20 09:00", "rework_count": 1},
    {"hazard_no": "A11#2", "source": HOTLINE, "reported_at": "2026-11-17 09:00",
     "filed_at": "2026-11-17 10:00", "due_at": "2026-11-19 10:00", "handled_at": "2026-11-19 09:00",
     "closed_at": "2026-11-19 17:00", "reopen_of": "A11"},
    {"hazard_no": "A12", "source": SNAP, "reported_at": "2026-11-18 09:00"},
    {"hazard_no": "A13", "source": PATROL, "reported_at": "2026-11-08 09:00", "filed_at": "2026-11-08 10:00",
     "due_at": "2026-11-12 10:00", "handled_at": "2026-11-17 10:00", "closed_at": "2026-11-18 10:00"},
]  # fmt: skip


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return street_of(tmp_path_factory.mktemp("golden"), hazard=GOLDEN)


def test_four_golden_cases_are_open_and_one_is_overdue_on_sunday_evening(golden: Snapshot) -> None:
    found = states(golden, "hazard_no, is_overdue")
    open_ones = [number for number, is_open in states(golden, "hazard_no, is_open") if is_open]
    assert open_ones == ["A03", "A05", "A06", "A07"]
    assert [number for number, is_overdue in found if is_overdue] == ["A03"]


def test_the_colour_of_the_latest_rating_counts_and_the_one_before_is_kept(tmp_path: Path) -> None:
    ratings: list[Row] = [
        {"enterprise_key": "e1", "rated_on": "2026-09-30", "colour": "red"},
        {"enterprise_key": "e1", "rated_on": "2026-10-31", "colour": "yellow"},
        {"enterprise_key": "e1", "rated_on": "2026-10-15", "colour": "green", "scheme": "shop"},
    ]
    street = street_of(tmp_path, rating=ratings)
    sql = "select scheme, colour, colour_before from colour_at($as_at, null) order by scheme"
    assert street.cursor().execute(sql, {"as_at": SUNDAY_EVENING}).fetchall() == [
        ("enterprise", "yellow", "red"),
        ("shop", "green", None),
    ]
    assert street.cursor().execute(sql, {"as_at": datetime(2026, 10, 1)}).fetchall() == [
        ("enterprise", "red", None)
    ]


@pytest.mark.parametrize(
    ("communities", "grids", "expected"),
    [
        ([], [], ["A", "B", "C"]),
        (["东港"], [], ["A", "B"]),
        ([], ["WG-0102", "WG-0201"], ["B", "C"]),
        (["东港"], ["WG-0201"], []),
    ],
)
def test_a_scope_without_names_takes_everything(
    tmp_path: Path, communities: list[str], grids: list[str], expected: list[str]
) -> None:
    hazards: list[Row] = [
        {"hazard_no": "A", "grid_code": "WG-0101", "community": "东港"},
        {"hazard_no": "B", "grid_code": "WG-0102", "community": "东港"},
        {"hazard_no": "C", "grid_code": "WG-0201", "community": "西塘"},
    ]
    street = street_of(tmp_path, hazard=hazards)
    sql = "select hazard_no from hazard where in_scope(grid_code, community, $grids, $communities) order by 1"
    rows = street.cursor().execute(sql, {"grids": grids, "communities": communities}).fetchall()
    assert [row[0] for row in rows] == expected
