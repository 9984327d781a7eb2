"""What patrols find, when they go and whether they go where the hazards are, against plain Python."""

import math
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from queries import Scope, hazards, patrols
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
SIX_WEEKS = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT)


def found(at: str, **cells: object) -> Row:
    moment = f"2026-11-{at}"
    return {"source": "patrol", "reported_at": moment, "filed_at": moment, **cells}


def visits_in(invented: Invented, scope: Scope) -> list[Row]:
    since, until = (datetime.combine(day, datetime.min.time()) for day in (scope.since, scope.until))
    return [
        row
        for row in invented.visits
        if since <= row["patrolled_at"] < until and row["patrolled_at"] <= scope.as_at
    ]


def test_on_the_spot_is_by_the_finder_or_within_a_round(tmp_path: Path) -> None:
    rows = [
        found("16 09:00", is_self_handled=True, closed_at="2026-11-16 09:00"),
        found("16 09:00", closed_at="2026-11-16 12:00"),
        found("16 09:00", closed_at="2026-11-16 12:01"),
        found("16 09:00"),
        found("16 09:00", source="hotline", is_self_handled=True),
        found("13 09:00", is_self_handled=True),
        found("16 09:00", voided_at="2026-11-16 10:00", is_self_handled=True),
    ]
    [told] = patrols.findings(street_of(tmp_path, hazard=rows), WEEK).to_dict("records")
    assert (told["spot_handled"], told["found_hazards"], told["spot_handled_rate"]) == (2, 4, 0.5)


def test_the_loop_is_closed_by_the_limit(tmp_path: Path) -> None:
    rows = [
        found("10 09:00", due_at="2026-11-17 18:00", handled_at="2026-11-17 18:00"),
        found("10 09:00", due_at="2026-11-17 18:00", handled_at="2026-11-17 18:01"),
        found("10 09:00", due_at="2026-11-17 18:00"),
        found("10 09:00", due_at="2026-11-23 18:00"),
        found("10 09:00", due_at="2026-11-17 18:00", source="snap"),
    ]
    street = street_of(tmp_path, hazard=rows)
    [told] = patrols.findings(street, WEEK).to_dict("records")
    assert (told["loop_answered"], told["loop_due"]) == (1, 3)
    assert len(patrols.found_hazards(street, WEEK)) == 2
    assert len(patrols.found_hazards(street, WEEK, count="loop_answered")) == 1


def test_an_unknown_count_is_said_to_be_unknown(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="没有名为「所有」的数"):
        patrols.found_hazards(street_of(tmp_path, hazard=[found("16 09:00")]), WEEK, count="所有")


def test_a_weekend_does_not_count_towards_the_workday_for_assigning(tmp_path: Path) -> None:
    rows = [
        found("13 17:00", dispatched_at="2026-11-16 08:00"),  # Friday to Monday: out of this week
        found("16 09:00", dispatched_at="2026-11-17 23:00"),
        found("16 09:00", dispatched_at="2026-11-18 00:01"),
        found("16 09:00"),  # two workdays without
        found("20 09:00"),  # still has Monday
        found("21 09:00", dispatched_at="2026-11-22 09:00"),  # found on a Saturday
    ]
    street = street_of(tmp_path, hazard=rows)
    [told] = patrols.findings(street, WEEK).to_dict("records")
    assert (told["assigned_in_time"], told["to_assign"]) == (2, 4)
    [before] = patrols.findings(street, Scope(date(2026, 11, 9), date(2026, 11, 16), as_at=AS_AT)).to_dict(
        "records"
    )
    assert (before["assigned_in_time"], before["to_assign"]) == (1, 1)


def test_a_ledger_that_notes_no_dispatch_judges_no_assigning(tmp_path: Path) -> None:
    [told] = patrols.findings(street_of(tmp_path, hazard=[found("16 09:00")]), WEEK).to_dict("records")
    assert told["to_assign"] == 0
    assert pd.isna(told["assigned_in_time_rate"])


def test_the_loop_agrees_with_the_hazards_own_measures(invented: Invented, tmp_path: Path) -> None:
    rows = [{**case, "source": "patrol" if nth % 2 else "snap"} for nth, case in enumerate(invented.cases)]
    both = street_of(tmp_path, hazard=rows)
    only = street_of(tmp_path / "only", hazard=[row for row in rows if row["source"] == "patrol"])
    [told] = patrols.findings(both, WEEK).to_dict("records")
    [measures] = hazards.case_measures(only, WEEK).to_dict("records")
    assert told["loop_due"] == measures["need_to_handle"]
    assert told["loop_closed_rate"] == pytest.approx(measures["on_time_handling_rate"])


def test_findings_an_hour_are_those_of_the_time_on_the_spot(invented: Invented) -> None:
    rows = visits_in(invented, WEEK)
    hours = sum(row["stay_minutes"] or 0 for row in rows) / 60
    count = sum(row["finding_count"] or 0 for row in rows)
    [told] = patrols.findings(invented.street, WEEK).to_dict("records")
    assert told["findings_per_hour"] == pytest.approx(count / hours)


@pytest.mark.parametrize("scope", [WEEK, SIX_WEEKS])
def test_the_visit_ratio_agrees_with_its_twin(invented: Invented, scope: Scope) -> None:
    since, until = (datetime.combine(day, datetime.min.time()) for day in (scope.since, scope.until))
    per_grid = Counter(
        case["grid_code"]
        for case in invented.cases
        if since <= case["reported_at"] < until
        and case["reported_at"] <= AS_AT
        and not (case.get("voided_at") and case["voided_at"] <= AS_AT)
    )
    most = max(per_grid.values())  # a fifth of four grids is one, and all that tie with it
    heavy = {grid for grid, count in per_grid.items() if count == most}
    rows = visits_in(invented, scope)
    visits = sum(row["grid_code"] in heavy for row in rows) / len(rows)
    share = most * len(heavy) / sum(per_grid.values())
    [told] = patrols.visit_ratio(invented.street, scope).to_dict("records")
    assert told["heavy_grids"] == len(heavy)
    assert told["visit_ratio"] == pytest.approx(visits / share)


def test_proportional_visits_make_a_ratio_of_one(tmp_path: Path) -> None:
    grids = [f"WG-010{nth}" for nth in range(1, 6)]
    cases = [found("17 09:00", grid_code=grid) for grid in [*grids, grids[0], grids[0], grids[0]]]
    visits = [{"grid_code": case["grid_code"]} for case in cases]
    [told] = patrols.visit_ratio(street_of(tmp_path, hazard=cases, patrol_log=visits), WEEK).to_dict(
        "records"
    )
    assert (told["heavy_grids"], told["heavy_hazards"], told["hazard_count"]) == (1, 4, 8)
    assert told["visit_ratio"] == 1


def test_minutes_a_week_are_of_the_time_gone_by(tmp_path: Path) -> None:
    rows = [{"patrolled_at": "2026-11-16 09:00", "stay_minutes": 30}]
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 19, 12))
    [grid] = patrols.dose_by_grid(street_of(tmp_path, patrol_log=rows), scope).to_dict("records")
    assert grid["weekly_stay_minutes"] == pytest.approx(60)


def test_the_hours_agree_with_their_twin(invented: Invented) -> None:
    cells = Counter(
        (row["patrolled_at"].isoweekday(), row["patrolled_at"].hour) for row in visits_in(invented, SIX_WEEKS)
    )
    timed = {cell: count for cell, count in cells.items() if cell[1] > 0}
    table = patrols.by_hour(invented.street, SIX_WEEKS)
    assert len(table) == 7 * 23
    assert {
        (row.weekday, row.hour): row.visit_count for row in table.itertuples() if row.visit_count
    } == timed
    total = sum(timed.values())
    entropy = -sum(count / total * math.log(count / total) for count in timed.values())
    [told] = patrols.rhythm(invented.street, SIX_WEEKS).to_dict("records")
    assert told["unpredictability"] == pytest.approx(entropy / math.log(7 * 23))
    assert (told["timed_visits"], told["untimed_visits"]) == (total, sum(cells.values()) - total)


def test_always_at_one_hour_can_be_foretold(tmp_path: Path) -> None:
    rows = [{"patrolled_at": "2026-11-16 09:10"}, {"patrolled_at": "2026-11-16 09:40"}]
    [told] = patrols.rhythm(street_of(tmp_path, patrol_log=rows), WEEK).to_dict("records")
    assert told["unpredictability"] == 0


def test_contacts_by_kind_agree_with_their_twin(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"kind": "企业走访", "contact_count": 4, "finding_count": 1},
        {"kind": "企业走访", "contact_count": None},
        {"kind": None, "contact_count": 7},
    ]
    found_kinds = patrols.by_kind(street_of(tmp_path, patrol_log=rows), WEEK)
    assert found_kinds["contact_count"].tolist() == [7, 4]
    assert found_kinds["contacts_per_visit"].tolist() == [7, 4], "a visit that noted none is not zero"


def test_a_long_silence_beside_grids_that_find_is_listed_with_its_chance(tmp_path: Path) -> None:
    beside: list[Row] = [
        {"grid_code": "WG-0102", "patrolled_at": AS_AT - timedelta(hours=nth), "finding_count": nth % 2}
        for nth in range(40)
    ]
    silent: list[Row] = [
        {"grid_code": "WG-0101", "patrolled_at": AS_AT - timedelta(days=nth), "finding_count": 0}
        for nth in range(7)
    ]
    [told] = patrols.silent_runs(street_of(tmp_path, patrol_log=[*beside, *silent]), WEEK).to_dict("records")
    assert (told["grid_code"], told["silent_visits"]) == ("WG-0101", 7)
    assert told["others_finding_rate"] == 0.5
    assert told["silent_chance"] == pytest.approx(0.5**7)
    fewer = street_of(tmp_path / "fewer", patrol_log=[*beside, *silent[:6]])
    assert patrols.silent_runs(fewer, WEEK).empty, "six in a row are 1.6 % likely"


def test_a_route_is_walked_in_the_order_of_its_hours(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"patrolled_at": "2026-11-18 10:00", "place": "乙", "lon": 120.1, "lat": 30.1},
        {"patrolled_at": "2026-11-18 09:00", "place": "甲"},
        {"patrolled_at": "2026-11-17 09:00", "place": "昨天"},
        {
            "patrolled_at": "2026-11-18 09:30",
            "place": "别处",
            "grid_code": "WG-0201",
            "community": "二号社区",
        },
    ]
    street = street_of(tmp_path, patrol_log=rows)
    newest = patrols.route(street, WEEK, community="一号社区")
    assert newest[["visit_no", "place"]].values.tolist() == [[1, "甲"], [2, "乙"]]
    assert patrols.route(street, WEEK, day="2026-11-17")["place"].tolist() == ["昨天"]


def test_no_question_tells_of_a_person() -> None:
    from queries.catalogue import find

    columns = {
        name
        for topic in ("findings", "rounds", "route", "by_kind")
        for name in find(f"patrols.{topic}").columns
    }
    assert not any("name" in name or "person" in name or "officer" in name for name in columns)
