"""Visits, coverage and waiting grids against plain Python."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from queries import Scope, patrols
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, COMMUNITIES, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)


def visits_in(invented: Invented, scope: Scope) -> list[Row]:
    since, until = (datetime.combine(day, datetime.min.time()) for day in (scope.since, scope.until))
    return [
        row
        for row in invented.visits
        if since <= row["patrolled_at"] < until and row["patrolled_at"] <= scope.as_at
    ]


def is_long(row: Row) -> bool:
    return row["stay_minutes"] is None or row["stay_minutes"] >= 5


@pytest.mark.parametrize("as_at", [AS_AT, datetime(2026, 11, 18, 12)])
def test_coverage_agrees_with_its_twin(invented: Invented, as_at: datetime) -> None:
    scope = Scope(WEEK.since, WEEK.until, as_at=as_at)
    rows = visits_in(invented, scope)
    covered = {row["grid_code"] for row in rows if is_long(row)}
    found_some = sum((row["finding_count"] or 0) > 0 for row in rows)
    [answer] = patrols.coverage(invented.street, scope).to_dict("records")
    # firms and cases have brought the street all four grids
    assert answer == {
        "visit_count": len(rows),
        "finding_visits": found_some,
        "finding_count": sum(row["finding_count"] or 0 for row in rows),
        "contact_count": sum(row["contact_count"] or 0 for row in rows),
        "covered_grids": len(covered),
        "grid_count": 4,
        "patrol_coverage_rate": len(covered) / 4,
        "finding_rate": found_some / len(rows),
    }


def test_passing_by_in_under_five_minutes_covers_nothing(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"grid_code": "WG-0101", "stay_minutes": 4},
        {"grid_code": "WG-0102", "stay_minutes": 5},
        {"grid_code": "WG-0103", "stay_minutes": None},
    ]
    [answer] = patrols.coverage(street_of(tmp_path, patrol_log=rows), WEEK).to_dict("records")
    assert (answer["visit_count"], answer["covered_grids"], answer["grid_count"]) == (3, 2, 3)


def test_without_a_visit_the_finding_rate_is_nothing(tmp_path: Path) -> None:
    [answer] = patrols.coverage(street_of(tmp_path, grid=[{}]), WEEK).to_dict("records")
    assert answer["finding_rate"] != answer["finding_rate"]
    assert answer["patrol_coverage_rate"] == 0


def test_every_day_that_has_begun_has_a_line(invented: Invented) -> None:
    scope = Scope(WEEK.since, WEEK.until, as_at=datetime(2026, 11, 19, 9))
    days = patrols.visits_by_day(invented.street, scope)
    rows = visits_in(invented, scope)
    assert days["patrolled_on"].dt.day.tolist() == [16, 17, 18, 19]
    assert days["visit_count"].tolist() == [
        sum(row["patrolled_at"].day == day for row in rows) for day in (16, 17, 18, 19)
    ]


def test_before_the_ledger_begins_nobody_knows_of_a_visit(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[{"patrolled_at": "2026-11-18 09:00"}], grid=[{}])
    counts = patrols.visits_by_day(street, WEEK)["visit_count"]
    assert counts.isna().tolist()[:3] == [True, True, False]
    assert counts.dropna().tolist()[0] == 1


def test_the_wait_of_a_grid_is_since_its_last_real_visit(invented: Invented) -> None:
    grids = patrols.visits_by_grid(invented.street, WEEK).set_index("grid_code")
    assert list(grids.index) == ["WG-0101", "WG-0102", "WG-0201", "WG-0202"] == list(COMMUNITIES)
    for code, grid in grids.iterrows():
        own = [row for row in invented.visits if row["grid_code"] == code and row["patrolled_at"] <= AS_AT]
        last = max(row["patrolled_at"] for row in own if is_long(row))
        assert grid["last_visit_at"] == last
        assert grid["unvisited_hours"] == pytest.approx((AS_AT - last) / timedelta(hours=1))
        assert grid["visit_count"] == sum(row["grid_code"] == code for row in visits_in(invented, WEEK))


def test_a_grid_never_visited_waits_without_a_number(tmp_path: Path) -> None:
    [grid] = patrols.visits_by_grid(street_of(tmp_path, grid=[{}]), WEEK).to_dict("records")
    assert grid["visit_count"] == 0
    assert not grid["is_covered"]
    assert grid["unvisited_hours"] != grid["unvisited_hours"]
