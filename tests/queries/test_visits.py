"""Calls on enterprises and shops by the interval of their colour, against plain Python."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from queries import Scope, patrols, visits
from tests.builders import street_of
from tests.queries.streets import Row, firms, ratings
from tests.queries.streets import visits as walks

AS_AT = datetime(2026, 11, 22, 18)
WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
DAYS = {
    "enterprise": {"green": 90, "yellow": 30, "red": 7, "unrated": 30},
    "shop": {"green": 30, "yellow": 15, "red": 7, "unrated": 30},
}


def firm(number: str, **cells: object) -> Row:
    return {"record_key": number, "enterprise_no": number, "name": f"{number}公司", **cells}


def rated(number: str, colour: str, on: str = "2026-06-01", scheme: str = "enterprise") -> Row:
    return {"enterprise_key": number, "colour": colour, "rated_on": on, "scheme": scheme}


def call(on: str, place: str, **cells: object) -> Row:
    return {"patrolled_at": f"{on} 09:00", "place": place, "stay_minutes": 10, **cells}


LONG_AGO = call("2026-01-05", "路口")


def test_a_red_enterprise_wants_a_call_within_seven_days(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[firm("A"), firm("B")],
        rating=[rated("A", "red"), rated("B", "red")],
        patrol_log=[LONG_AGO, call("2026-11-15", "A公司"), call("2026-11-14", "B公司")],
    )
    [red] = visits.coverage_by_colour(street, WEEK).to_dict("records")
    assert (red["visited_in_time"], red["visit_due_subjects"], red["visit_coverage_rate"]) == (1, 2, 0.5)
    [late] = visits.overdue(street, WEEK).to_dict("records")
    assert (late["name"], late["since_visit_days"], late["visit_overdue_days"]) == ("B公司", 8, 1)
    assert late["visit_due_on"] == pd.Timestamp(2026, 11, 21)


def test_a_call_is_of_its_own_grid_and_no_mere_passing_by(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[firm("A")],
        rating=[rated("A", "red")],
        patrol_log=[
            LONG_AGO,
            call("2026-11-20", "A公司", grid_code="WG-0102"),
            call("2026-11-20", "A公司", stay_minutes=4),
            call("2026-11-20", "A公司门口"),
        ],
    )
    [never] = visits.overdue(street, WEEK).to_dict("records")
    assert pd.isna(never["last_visit_at"])
    assert never["visit_due_on"] == pd.Timestamp(2026, 1, 12), "seven days after the ledger began"


def test_the_unrated_are_due_too_and_the_gone_are_not(tmp_path: Path) -> None:
    street = street_of(tmp_path, enterprise=[firm("A"), firm("B", state="已注销")], patrol_log=[LONG_AGO])
    [grey] = visits.coverage_by_colour(street, WEEK).to_dict("records")
    assert (grey["colour"], grey["interval_days"]) == ("unrated", 30)
    assert (grey["visit_due_subjects"], grey["never_visited_subjects"]) == (1, 1)


def test_nobody_is_due_before_an_interval_has_passed(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[firm("A"), firm("B", registered_on="2026-11-01")],
        patrol_log=[call("2026-10-25", "路口")],
    )
    assert visits.coverage_by_colour(street, WEEK)["visit_due_subjects"].tolist() == [0]
    later = Scope(WEEK.since, date(2026, 12, 1), as_at=datetime(2026, 11, 25, 18))
    assert visits.overdue(street, later)["name"].tolist() == ["A公司"], "B came on the first of November"
    nothing = street_of(tmp_path / "none", enterprise=[firm("A")])
    assert visits.overdue(nothing, later).empty, "without a patrol ledger nobody can be late"


def test_a_shop_under_both_schemes_keeps_to_the_shorter_interval(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[firm("A", subject_kind="shop")],
        rating=[rated("A", "green", scheme="shop"), rated("A", "red")],
        patrol_log=[LONG_AGO, call("2026-11-10", "A公司")],
    )
    [late] = visits.overdue(street, WEEK).to_dict("records")
    assert (late["scheme"], late["colour"], late["interval_days"]) == ("enterprise", "red", 7)


def test_tomorrow_s_gaps_are_those_still_in_time_today(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[firm(letter) for letter in "ABCD"],
        rating=[rated(letter, "red") for letter in "ABCD"],
        patrol_log=[
            LONG_AGO,
            call("2026-11-14", "A公司"),  # ran out yesterday
            call("2026-11-15", "B公司"),  # runs out today
            call("2026-11-16", "C公司"),  # tomorrow
            call("2026-11-17", "D公司"),  # the day after
            call("2026-11-20", "路口", grid_code="WG-0102"),  # 72 hours: tomorrow at nine
            call("2026-11-21", "路口", grid_code="WG-0103"),
        ],
    )
    gaps = patrols.gaps_tomorrow(street, WEEK)
    assert gaps[["gap_kind", "name"]].values.tolist() == [
        ["grid", "WG-0102 网格"],
        ["enterprise", "B公司"],
        ["enterprise", "C公司"],
    ]
    assert gaps["runs_out_at"].tolist()[0] == pd.Timestamp(2026, 11, 23, 9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_coverage_agrees_with_its_twin(tmp_path: Path, seed: int) -> None:
    subjects = [{**each, "name": f"{each['record_key']}号"} for each in firms(seed)]
    colours = ratings(seed, subjects)
    rounds = walks(seed)
    for nth, row in enumerate(rounds):
        row["place"] = f"F{nth % 37:02}号"
    street = street_of(tmp_path, enterprise=subjects, rating=colours, patrol_log=rounds)
    expected: dict[tuple[str, str], list[int]] = {}
    for subject in subjects:
        if subject["state"] == "已注销":
            continue
        own = [each for each in colours if each["enterprise_key"] == subject["record_key"]]
        colour = max(own, key=lambda each: each["rated_on"])["colour"] if own else "unrated"
        days = DAYS[subject["subject_kind"]][colour]
        calls = [
            row["patrolled_at"].date()
            for row in rounds
            if row["place"] == subject["name"]
            and row["grid_code"] == subject["grid_code"]
            and row["patrolled_at"] <= AS_AT
            and (row["stay_minutes"] is None or row["stay_minutes"] >= 5)
        ]
        begun = min(row["patrolled_at"] for row in rounds).date()
        due_on = max(calls, default=begun) + timedelta(days=days)
        tally = expected.setdefault((subject["subject_kind"], colour), [0, 0])
        tally[0] += bool(calls) and due_on >= AS_AT.date()
        tally[1] += bool(calls) or due_on < AS_AT.date()
    found = {
        (row.scheme, row.colour): [row.visited_in_time, row.visit_due_subjects]
        for row in visits.coverage_by_colour(street, WEEK).itertuples()
    }
    assert found == expected
