"""Rounds, owed days and waiting grids: literal streets, then invented ones against plain Python."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median

import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, patrols
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, COMMUNITIES, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
SCOPES = [
    WEEK,
    Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=datetime(2026, 11, 18, 12)),
    Scope(date(2026, 11, 1), date(2026, 11, 20), communities=("二号社区",), as_at=AS_AT),
]


def visit(at: str, **cells: object) -> Row:
    return {"patrolled_at": f"2026-11-{at}", "crew_size": 3, "stay_minutes": 20, **cells}


def states(street: Snapshot, scope: Scope = WEEK) -> dict[str, str]:
    days = patrols.round_days(street, scope).to_dict("records")
    return {f"{row['patrolled_on']:%d} {row['community']}": str(row["round_state"]) for row in days}


def test_a_round_is_valid_with_three_people_for_three_hours(tmp_path: Path) -> None:
    rows = [
        visit("16 08:30"), visit("16 11:10"),  # until 11:30: 180 minutes
        visit("17 08:30"), visit("17 11:09"),  # a minute short
        visit("18 08:30", crew_size=2), visit("18 11:10", crew_size=2),
        visit("19 08:30", crew_size=2),
    ]  # fmt: skip
    assert states(street_of(tmp_path, patrol_log=rows), Scope(date(2026, 11, 16), date(2026, 11, 20))) == {
        "19 一号社区": "both",
        "18 一号社区": "too_few",
        "17 一号社区": "too_short",
        "16 一号社区": "valid",
    }


def test_morning_and_afternoon_are_two_rounds_and_the_evening_is_none(tmp_path: Path) -> None:
    rows = [visit("16 09:00"), visit("16 11:59"), visit("16 12:00"), visit("16 17:59"), visit("16 18:00")]
    found = patrols.rounds(street_of(tmp_path, patrol_log=rows), WEEK)
    assert found[["half_day", "visit_count", "round_minutes"]].values.tolist() == [
        ["afternoon", 2, 379],
        ["morning", 2, 199],
    ]


def test_what_a_ledger_does_not_note_is_not_held_against_the_round(tmp_path: Path) -> None:
    rows = [
        visit("16 00:00"),  # a day without an hour
        visit("17 08:30", crew_size=None), visit("17 11:30", crew_size=None),
        visit("18 08:30", crew_size=None),  # unknown crew, but certainly too short
    ]  # fmt: skip
    street = street_of(tmp_path, patrol_log=rows)
    assert states(street, Scope(date(2026, 11, 16), date(2026, 11, 19))) == {
        "18 一号社区": "too_short",
        "17 一号社区": "unknown",
        "16 一号社区": "unknown",
    }
    [told] = patrols.round_measures(street, Scope(date(2026, 11, 16), date(2026, 11, 19))).to_dict("records")
    assert (told["required_round_days"], told["out_round_days"], told["judged_round_days"]) == (3, 3, 1)
    assert (told["crew_known_rounds"], told["timed_rounds"]) == (1, 2)
    assert told["valid_round_rate"] == 0


def test_a_day_is_owed_once_its_evening_begins_and_a_weekend_never(tmp_path: Path) -> None:
    rows = [visit("16 09:00"), visit("20 09:00"), visit("21 09:00")]
    street = street_of(tmp_path, patrol_log=rows, grid=[{}])
    before = Scope(WEEK.since, WEEK.until, as_at=datetime(2026, 11, 18, 17, 59))
    assert list(states(street, before)) == ["17 一号社区", "16 一号社区"]
    assert list(states(street)) == [f"{day} 一号社区" for day in (20, 19, 18, 17, 16)]
    assert states(street)["18 一号社区"] == "none"


def test_days_the_ledger_does_not_reach_are_unreported_not_missed(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[visit("17 09:00"), visit("18 09:00")])
    told = states(street)
    assert [told[f"{day} 一号社区"] for day in (16, 17, 18, 19, 20)] == [
        "unreported", "too_short", "too_short", "unreported", "unreported",
    ]  # fmt: skip
    [measures] = patrols.round_measures(street, WEEK).to_dict("records")
    assert (measures["required_round_days"], measures["unreported_round_days"]) == (2, 3)


def test_without_a_patrol_ledger_no_figure_has_a_value(tmp_path: Path) -> None:
    figures = patrols.figures(street_of(tmp_path, grid=[{}]), WEEK)
    assert figures["value"].isna().all()
    assert figures["value_before"].isna().all()
    [waiting] = patrols.waiting(street_of(tmp_path / "b", grid=[{}]), WEEK).to_dict("records")
    assert pd.isna(waiting["waiting_grids"])


def test_an_empty_round_met_nobody_and_found_nothing(tmp_path: Path) -> None:
    rows = [
        visit("16 09:00", contact_count=0, finding_count=0),
        visit("17 09:00", contact_count=0, finding_count=0), visit("17 10:00", contact_count=2),
        visit("18 09:00", contact_count=None, finding_count=0),
    ]  # fmt: skip
    street = street_of(tmp_path, patrol_log=rows)
    empty = patrols.rounds(street, WEEK)["is_empty"].tolist()
    assert empty[1:] == [False, True]
    assert empty[0] is not True
    [told] = patrols.round_measures(street, WEEK).to_dict("records")
    assert (told["empty_rounds"], told["noted_rounds"], told["empty_round_rate"]) == (1, 2, 0.5)


def test_a_chosen_grid_is_told_its_whole_community_s_rounds(tmp_path: Path) -> None:
    rows = [visit("16 08:30", grid_code="WG-0101"), visit("16 11:30", grid_code="WG-0102")]
    street = street_of(tmp_path, patrol_log=rows)
    scope = Scope(date(2026, 11, 16), date(2026, 11, 17), grids=("WG-0102",))
    assert states(street, scope) == {"16 一号社区": "valid"}


def test_an_office_may_owe_rounds_every_day(tmp_path: Path) -> None:
    from data.patrol_rule import REFERENCE

    tmp_path.mkdir(exist_ok=True)
    told = REFERENCE.read_text("utf-8").replace('"workday" #', '"every_day" #')
    (tmp_path / "patrol.toml").write_text(told, "utf-8")
    street = street_of(tmp_path, patrol_log=[visit("16 09:00"), visit("22 09:00")])
    assert len(patrols.round_days(street, WEEK)) == 7


def rounds_in(rows: list[Row], scope: Scope) -> dict[tuple[str, date, str], list[Row]]:
    """The visits of every round, by community, day and half-day."""
    since, until = (datetime.combine(day, time()) for day in (scope.since, scope.until))
    found: dict[tuple[str, date, str], list[Row]] = defaultdict(list)
    for row in rows:
        at = row["patrolled_at"]
        if not (since <= at < until and at <= scope.as_at and at.hour < 18):
            continue
        half = "unknown" if at.time() == time() else "morning" if at.hour < 12 else "afternoon"
        found[(row["community"], at.date(), half)].append(row)
    return found


def minutes(half: str, rows: list[Row]) -> int | None:
    if half == "unknown":
        return None
    ends = [row["patrolled_at"] + timedelta(minutes=row["stay_minutes"] or 0) for row in rows]
    lasted: timedelta = max(ends) - min(row["patrolled_at"] for row in rows)
    return round(lasted / timedelta(minutes=1))


@pytest.mark.parametrize("scope", SCOPES)
def test_the_rounds_agree_with_their_twin(invented: Invented, scope: Scope) -> None:
    expected = {
        key: (minutes(key[2], rows), len(rows), sum(row["contact_count"] or 0 for row in rows))
        for key, rows in rounds_in(invented.visits, scope).items()
        if not scope.communities or key[0] in scope.communities
    }
    found = {
        (row["community"], row["patrolled_on"].date(), row["half_day"]): (
            row["round_minutes"],
            row["visit_count"],
            row["contact_count"],
        )
        for row in patrols.rounds(invented.street, scope).to_dict("records")
    }
    assert found == expected


@pytest.mark.parametrize("scope", SCOPES)
def test_the_days_that_went_out_agree_with_their_twin(invented: Invented, scope: Scope) -> None:
    assert scope.as_at
    rounds = rounds_in(invented.visits, scope)
    first = min(row["patrolled_at"] for row in invented.visits).date()
    last = max(row["patrolled_at"] for row in invented.visits if row["patrolled_at"] <= scope.as_at).date()
    days = [scope.since + timedelta(days=nth) for nth in range(scope.day_count)]
    owed = [
        (community, day)
        for day in days
        # no holiday within these weeks
        if day.weekday() < 5 and datetime.combine(day, time(18)) <= scope.as_at and first <= day <= last
        for community in scope.communities or set(COMMUNITIES.values())
    ]
    gone = [pair for pair in owed if any(key[:2] == pair for key in rounds)]
    [told] = patrols.round_measures(invented.street, scope).to_dict("records")
    assert (told["required_round_days"], told["out_round_days"]) == (len(owed), len(gone))
    assert told["round_out_rate"] == pytest.approx(len(gone) / len(owed))


def test_the_weeks_agree_with_their_twin(invented: Invented) -> None:
    scope = SCOPES[1]
    weeks = patrols.by_week(invented.street, scope)
    assert weeks["week_on"].dt.date.tolist() == [
        date(2026, 10, 12) + timedelta(weeks=nth) for nth in range(6)
    ]
    for week in weeks.to_dict("records"):
        rows = [
            row
            for row in invented.visits
            if week["week_on"] <= row["patrolled_at"] < week["week_on"] + timedelta(weeks=1)
            and row["patrolled_at"] <= scope.as_at
        ]
        reached = {row["grid_code"] for row in rows if (row["stay_minutes"] or 5) >= 5}
        evening = {
            row["grid_code"] for row in rows if time(19, 30) <= row["patrolled_at"].time() < time(21, 30)
        }
        assert week["visit_count"] == len(rows)
        assert week["covered_grids"] == len(reached)
        assert week["evening_grids"] == len(evening)
        assert week["patrol_coverage_rate"] == len(reached) / 4


def test_a_week_has_as_many_visits_as_its_days(tmp_path: Path) -> None:
    visit = {"community": "一号社区", "patrolled_at": "2026-11-17 09:00"}
    street = street_of(tmp_path, patrol_log=[visit | {"grid_code": "WG-0101"}, visit | {"grid_code": None}])
    week = Scope(date(2026, 11, 16), date(2026, 11, 23), communities=("一号社区",))
    assert patrols.visits_by_day(street, week)["visit_count"].sum() == 2
    [told] = patrols.by_week(street, week).to_dict("records")
    assert (told["visit_count"], told["covered_grids"], told["patrol_coverage_rate"]) == (2, 1, 1.0)


def test_the_wait_of_the_grids_agrees_with_its_twin(invented: Invented) -> None:
    last = {
        grid: max(
            row["patrolled_at"]
            for row in invented.visits
            if row["grid_code"] == grid
            and row["patrolled_at"] <= AS_AT
            and (row["stay_minutes"] is None or row["stay_minutes"] >= 5)
        )
        for grid in COMMUNITIES
    }
    hours = {grid: (AS_AT - at) / timedelta(hours=1) for grid, at in last.items()}
    [told] = patrols.waiting(invented.street, WEEK).to_dict("records")
    assert told["median_unvisited_hours"] == pytest.approx(median(hours.values()))
    assert told["longest_unvisited_hours"] == pytest.approx(max(hours.values()))
    listed = patrols.waiting_grids(invented.street, WEEK)
    assert set(listed["grid_code"]) == {grid for grid, waited in hours.items() if waited > 72}
    assert told["waiting_grids"] == len(listed)


@pytest.mark.parametrize("scope", SCOPES)
def test_every_head_figure_is_what_its_own_question_says(invented: Invented, scope: Scope) -> None:
    figures = patrols.figures(invented.street, scope).set_index("figure")
    for suffix, asked in (("", scope), ("_before", scope.before())):
        rounds = patrols.round_measures(invented.street, asked).iloc[0]
        reach = patrols.coverage(invented.street, asked).iloc[0]
        loop = patrols.findings(invented.street, asked).iloc[0]
        waits = patrols.waiting(invented.street, asked).iloc[0]
        parts = {
            "valid_round_rate": (rounds["valid_round_days"], rounds["judged_round_days"]),
            "patrol_coverage_rate": (reach["covered_grids"], reach["grid_count"]),
            "waiting_grids": (waits["waiting_grids"], waits["grid_count"]),
            "loop_closed_rate": (loop["loop_answered"], loop["loop_due"]),
        }
        if scope is not SCOPES[1] or not suffix:  # before the ledger began nothing was reported
            for figure, expected in parts.items():
                found = figures.loc[figure]
                assert (found[f"numerator{suffix}"], found[f"denominator{suffix}"]) == expected, (
                    figure + suffix
                )


def test_the_golden_week(tmp_path: Path) -> None:
    """Two communities, one week and the week before, every figure of the head worked out by hand."""
    one, two = ("WG-0101", "一号社区"), ("WG-0201", "二号社区")

    def went(where: tuple[str, str], on: str, *hours: str, **cells: object) -> list[Row]:
        grid, community = where
        own = {"grid_code": grid, "community": community, "contact_count": 2, **cells}
        return [visit(f"{on} {hour}", **own) for hour in hours]

    rows = [
        *went(one, "02", "08:30", "11:30"),
        # the week before: 一号 valid on two of five days, 二号 on none
        *went(one, "09", "08:30", "11:30"), *went(one, "10", "13:30", "16:30"), *went(two, "11", "09:00"),
        # this week: 一号 valid on Monday, Tuesday, Friday; 二号 on Tuesday, short-handed on Wednesday
        *went(one, "16", "08:30", "11:30"), *went(one, "17", "13:30", "16:30"),
        *went(one, "20", "08:30", "11:30"),
        *went(two, "17", "08:30", "11:30"), *went(two, "18", "08:30", "11:30", crew_size=2),
        *went(two, "18", "19:30", place="红店"),
    ]  # fmt: skip
    street = street_of(
        tmp_path,
        patrol_log=rows,
        enterprise=[
            {"record_key": "S1", "enterprise_no": "S1", "name": "红店", "subject_kind": "shop",
             "grid_code": "WG-0201", "community": "二号社区"},
            {"record_key": "S2", "enterprise_no": "S2", "name": "黄店", "subject_kind": "shop"},
        ],
        rating=[
            {"enterprise_key": "S1", "scheme": "shop", "colour": "red", "rated_on": "2026-10-01"},
            {"enterprise_key": "S2", "scheme": "shop", "colour": "yellow", "rated_on": "2026-10-01"},
        ],
        hazard=[
            {"source": "patrol", "reported_at": "2026-11-03 09:00", "filed_at": "2026-11-03 09:00",
             "due_at": f"2026-11-{due} 18:00", "handled_at": handled}
            for due, handled in (("12", None), ("17", "2026-11-17 10:00"), ("18", None), ("27", None))
        ],
    )  # fmt: skip
    found = patrols.figures(street, WEEK)
    assert found[["card", "figure", "numerator", "denominator"]].values.tolist() == [
        [1, "valid_round_rate", 4, 10],
        [2, "patrol_coverage_rate", 2, 2],
        [3, "waiting_grids", 1, 2],
        [4, "visit_coverage_rate", 1, 2],
        [5, "evening_coverage_rate", 1, 2],
        [6, "loop_closed_rate", 1, 2],
    ]
    assert found[["numerator_before", "denominator_before"]].values.tolist() == [
        [2, 10], [2, 2], [2, 2], [0, 1], [0, 2], [0, 1],
    ]  # fmt: skip
    assert found["change"].tolist() == pytest.approx([0.2, 0, -1, 0.5, 0.5, 0.5])
