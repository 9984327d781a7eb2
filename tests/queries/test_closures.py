"""Closings that do not look real, hazards reported twice, the life of one case: literals and a twin."""

import math
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from queries import Scope, closures, hazards
from tests.builders import Row, street_of
from tests.queries import case_twins as twins
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))
LATER = Scope(date(2026, 9, 7), date(2026, 9, 14), as_at=datetime(2026, 11, 22, 18))
MONDAY = datetime(2026, 9, 7, 9)
CLOSED: Row = {
    "hazard_no": "YH-1",
    "place": "海天五金厂",
    "kind": "消防",
    "unit": "消防站",
    "reported_at": MONDAY,
    "filed_at": MONDAY,
    "due_at": MONDAY + timedelta(days=10),
    "handled_at": MONDAY + timedelta(days=2),
    "closed_at": MONDAY + timedelta(days=2, hours=1),
}


def sign(folder: Path, name: str, case: Row, others: list[Row] | None = None, scope: Scope = LATER) -> Any:
    """One sign of the first case as the rules count it: true, false or None where it cannot be judged."""
    street = street_of(folder, hazard=[{**CLOSED, **case}, *(others or [])])
    rule = closures.rules(street, scope).set_index("sign").loc[name]
    if rule["could_judge"] == 0:
        return None
    return bool(rule["spoken_against"])


@pytest.mark.parametrize("told", [True, False, None])
def test_closed_by_its_own_verifier_is_as_the_ledger_says(tmp_path: Path, told: bool | None) -> None:
    assert sign(tmp_path, "self_verified", {"is_self_verified": told}) is told


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({"has_photo_column": None}, None),
        ({"has_photo_column": True, "photo_after": "YH-1_后.jpg"}, False),
        # a column that is empty from top to bottom holds pictures nobody can read, or none at all
        ({"has_photo_column": True}, None),
    ],
)
def test_no_after_photo_speaks_only_where_photos_are_usual(tmp_path: Path, case: Row, expected: Any) -> None:
    assert sign(tmp_path, "without_photo", case) is expected


def test_no_after_photo_among_closings_that_have_one_is_a_sign(tmp_path: Path) -> None:
    usual: list[Row] = [
        {**CLOSED, "hazard_no": f"YH-{n}", "has_photo_column": True, "photo_after": f"YH-{n}.jpg",
         "closed_at": MONDAY - timedelta(days=n), "filed_at": MONDAY - timedelta(days=n + 5),
         "reported_at": MONDAY - timedelta(days=n + 5), "handled_at": None, "place": f"店{n}"}
        for n in range(2, 12)
    ]  # fmt: skip
    assert sign(tmp_path, "without_photo", {"has_photo_column": True}, usual) is True


@pytest.mark.parametrize(
    ("closed", "expected"),
    [("07:59:59", False), ("08:00", True), ("10:00", True), ("10:00:01", False)],
)
def test_the_last_two_hours_before_the_limit(tmp_path: Path, closed: str, expected: bool) -> None:
    case = {"due_at": "2026-09-09 10:00", "handled_at": None, "closed_at": f"2026-09-09 {closed}"}
    assert sign(tmp_path, "last_minute", case) is expected


@pytest.mark.parametrize("case", [{"due_at": None}, {"closed_at": "2026-09-09", "handled_at": None}])
def test_without_a_limit_or_an_hour_nobody_can_say_it_was_the_last_minute(tmp_path: Path, case: Row) -> None:
    assert sign(tmp_path, "last_minute", case) is None


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ({"filed_at": "2026-09-20 09:00"}, True),
        ({"filed_at": "2026-10-20 09:00"}, False),
        ({"filed_at": "2026-09-20 09:00", "kind": "用电"}, False),
        ({"filed_at": "2026-09-20 09:00", "part": "仓库"}, False),
        ({"filed_at": "2026-09-20 09:00", "place": "临江饭店"}, False),
        ({"filed_at": "2026-09-20 09:00", "place": "临江饭店", "reopen_of": "YH-1"}, True),
    ],
)
def test_what_is_found_again_within_thirty_days_was_not_gone(
    tmp_path: Path, again: Row, expected: bool
) -> None:
    back = {"hazard_no": "YH-2", "place": "海天五金厂", "kind": "消防", "reported_at": again["filed_at"]}
    assert sign(tmp_path, "recurred", {}, [{**back, **again}]) is expected


def test_while_it_is_being_watched_nobody_can_say_it_will_not_recur(tmp_path: Path) -> None:
    moment = Scope(LATER.since, LATER.until, as_at=datetime(2026, 9, 30))
    assert sign(tmp_path, "recurred", {}, scope=moment) is None


def history(count: int, hours: Any) -> list[Row]:
    """Closings of the year before, each after so many hours, one after the other."""
    rows: list[Row] = []
    for n in range(count):
        filed = datetime(2026, 1, 5, 9) + timedelta(hours=30 * n)
        closed = filed + timedelta(hours=hours(n))
        moments = {"reported_at": filed, "filed_at": filed, "handled_at": None, "closed_at": closed}
        rows.append({**CLOSED, "hazard_no": f"OLD-{n}", "place": f"店{n}", "due_at": None, **moments})
    return rows


@pytest.mark.parametrize(("minutes", "expected"), [(20, True), (60 * 24, False)])
def test_faster_than_its_kind_ever_was_is_a_sign(tmp_path: Path, minutes: int, expected: bool) -> None:
    case = {"handled_at": None, "closed_at": MONDAY + timedelta(minutes=minutes)}
    assert sign(tmp_path, "too_fast", case, history(120, lambda n: 20 + n % 40)) is expected


def test_below_a_hundred_closings_of_a_kind_nothing_is_too_fast(tmp_path: Path) -> None:
    case = {"handled_at": None, "closed_at": MONDAY + timedelta(minutes=1)}
    assert sign(tmp_path, "too_fast", case, history(99, lambda n: 20 + n % 40)) is None


def test_what_is_closed_later_does_not_change_what_is_usual(tmp_path: Path) -> None:
    case = {"handled_at": None, "closed_at": MONDAY + timedelta(minutes=20)}
    later = [
        {**row, "hazard_no": f"NEW-{n}", "reported_at": MONDAY + timedelta(days=10),
         "filed_at": MONDAY + timedelta(days=10), "closed_at": MONDAY + timedelta(days=10, minutes=1)}
        for n, row in enumerate(history(300, lambda n: 1))
    ]  # fmt: skip
    assert sign(tmp_path, "too_fast", case, [*history(120, lambda n: 20 + n % 40), *later]) is True


def many_at_once(day: str, count: int) -> list[Row]:
    start = datetime.fromisoformat(f"{day} 15:00")
    return [
        {**CLOSED, "hazard_no": f"B-{n}", "place": f"摊{n}", "due_at": None, "handled_at": None,
         "closed_at": start + timedelta(minutes=4 * n)}
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [("2026-09-11", 8, True), ("2026-09-10", 8, False), ("2026-09-11", 3, False)],
    ids=["the Friday before Monday's meeting", "a Thursday", "only three"],
)
def test_a_burst_before_the_meeting_is_a_sign(tmp_path: Path, day: str, count: int, expected: bool) -> None:
    rows = [*many_at_once(day, count), *history(120, lambda n: 20 + n % 40)]
    assert sign(tmp_path, "burst", {}, rows) is expected


def test_the_day_of_the_meeting_is_a_parameter(tmp_path: Path) -> None:
    rows = [*many_at_once("2026-09-10", 8), *history(120, lambda n: 20 + n % 40)]
    street = street_of(tmp_path, hazard=rows)
    found = closures.review_list(street, LATER, meeting_weekday=5)
    assert set(found.loc[found["is_burst"].fillna(False), "hazard_no"]) == {f"B-{n}" for n in range(8)}


def test_the_review_list_names_every_reason_and_leaves_unknown_ones_empty(tmp_path: Path) -> None:
    again = {"hazard_no": "YH-2", "reported_at": "2026-09-20", "filed_at": "2026-09-20", "reopen_of": "YH-1"}
    street = street_of(tmp_path, hazard=[{**CLOSED, "is_self_verified": True}, again])
    [row] = closures.review_list(street, LATER).to_dict("records")
    assert (row["hazard_no"], row["signs"], row["sign_count"]) == ("YH-1", "self_verified recurred", 2)
    assert row["recurred_no"] == "YH-2"
    assert row["is_without_photo"] is not False


def card(figures: pd.DataFrame, name: str) -> dict[Any, Any]:
    """One card of the figures."""
    [found] = figures[figures["figure"] == name].to_dict("records")
    return found


def test_a_clean_looking_case_that_nobody_can_judge_is_not_called_real(tmp_path: Path) -> None:
    real = card(closures.figures(street_of(tmp_path, hazard=[CLOSED]), LATER), "really_closed_rate")
    assert real["denominator"] == 0
    assert math.isnan(real["value"])


def test_the_share_really_closed_is_counted_of_those_that_can_be_judged(tmp_path: Path) -> None:
    told = {"has_photo_column": True, "photo_after": "a.jpg", "is_self_verified": False}
    rows: list[Row] = [
        {**CLOSED, **told},
        {**CLOSED, **told, "hazard_no": "YH-2", "place": "店2"},
        {**CLOSED, **told, "hazard_no": "YH-3", "place": "店3", "is_self_verified": True},
        {**CLOSED, **told, "hazard_no": "YH-4", "place": "店4", "is_self_verified": None},
    ]
    street = street_of(tmp_path, hazard=rows)
    # closed on 9 September, so the thirty days end on 9 October
    october = Scope(date(2026, 10, 5), date(2026, 10, 12), as_at=datetime(2026, 10, 12))
    real = card(closures.figures(street, october), "really_closed_rate")
    assert (real["numerator"], real["denominator"]) == (2, 3)
    behind = closures.closings(street, october, count="judged_for_real")
    assert behind["is_really_closed"].tolist() == [True, True, False]
    too_early = Scope(date(2026, 10, 5), date(2026, 10, 12), as_at=datetime(2026, 10, 8))
    assert card(closures.figures(street, too_early), "really_closed_rate")["denominator"] == 0


@pytest.mark.parametrize(("again", "really"), [({"part": "仓库"}, 0), ({"kind": "用电"}, 1)])
def test_what_comes_back_at_the_place_was_not_really_closed_whatever_its_part(
    tmp_path: Path, again: Row, really: int
) -> None:
    told = {"has_photo_column": True, "photo_after": "a.jpg", "is_self_verified": False, "part": "车间"}
    back = {"hazard_no": "YH-2", "reported_at": "2026-09-20 09:00", "filed_at": "2026-09-20 09:00"}
    rows: list[Row] = [
        {**CLOSED, **told},
        {"place": CLOSED["place"], "kind": CLOSED["kind"], **back, **again},
    ]
    october = Scope(date(2026, 10, 5), date(2026, 10, 12), as_at=datetime(2026, 10, 12))
    real = card(closures.figures(street_of(tmp_path, hazard=rows), october), "really_closed_rate")
    assert (real["numerator"], real["denominator"]) == (really, 1)


def test_a_rule_counts_only_what_was_watched_to_the_end(tmp_path: Path) -> None:
    back = {"hazard_no": "YH-2", "reported_at": "2026-09-20 09:00", "filed_at": "2026-09-20 09:00"}
    again = {"place": CLOSED["place"], "kind": CLOSED["kind"], **back}
    running = Scope(LATER.since, LATER.until, as_at=datetime(2026, 9, 30))
    assert sign(tmp_path, "recurred", {}, [again], running) is None
    assert sign(tmp_path, "recurred", {}, [again]) is True


@pytest.mark.parametrize(("begun", "compared"), [("2026-11-09 08:00", 1.0), ("2026-11-10 08:00", None)])
def test_both_pages_compare_only_with_a_week_the_ledger_covers(
    tmp_path: Path, begun: str, compared: float | None
) -> None:
    due = ("2026-11-12 18:00", "2026-11-19 18:00")
    rows: list[Row] = [
        {"reported_at": begun, "filed_at": begun, "due_at": day, "closed_at": day} for day in due
    ]
    street = street_of(tmp_path, hazard=rows)
    for figures in (closures.figures(street, WEEK), hazards.figures(street, WEEK)):
        before = card(figures, "closing_rate")["value_before"]
        assert before == compared or (compared is None and math.isnan(before))


def test_the_counts_behind_the_cards_are_as_many_as_they_say(invented: Invented) -> None:
    scope = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT)
    review = card(closures.figures(invented.street, scope), "to_review_rate")
    assert len(closures.closings(invented.street, scope, count="to_review")) == review["numerator"] > 0
    assert len(closures.closings(invented.street, scope, count="closed_dated")) == review["denominator"]
    assert len(closures.review_list(invented.street, scope)) == review["numerator"]


def test_every_rule_judges_or_says_it_cannot(invented: Invented) -> None:
    scope = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT)
    closed = [
        case for case in twins.seen(invented.cases, AS_AT)
        if case.is_case and case.closed and datetime(2026, 10, 12) <= case.closed < datetime(2026, 11, 23)
    ]  # fmt: skip
    rules = closures.rules(invented.street, scope)
    assert (rules["could_judge"] + rules["could_not_judge"]).unique().tolist() == [len(closed)]
    last_minute = [
        case for case in closed
        if case.closed and case.due and case.due - timedelta(hours=2) <= case.closed <= case.due
        and case.closed.time() != datetime.min.time()
    ]  # fmt: skip
    found = rules.set_index("sign").loc["last_minute", "spoken_against"]
    assert found == len(last_minute)


# A degree of latitude is 111,320 m: 0.0004 are 44.5 m, 0.0005 are 55.7 m.
FIRST: Row = {"hazard_no": "A", "kind": "消防", "lon": 120.7, "lat": 30.5, "reported_at": "2026-11-17 09:00"}


@pytest.mark.parametrize(
    ("other", "is_pair"),
    [
        ({}, True),
        ({"lat": 30.5004}, True),
        ({"lat": 30.5005}, False),
        ({"lon": 120.7005}, True),
        ({"lon": 120.7006}, False),
        ({"kind": "用电"}, False),
        ({"reported_at": "2026-11-20 09:00"}, True),
        ({"reported_at": "2026-11-20 09:01"}, False),
        ({"reopen_of": "A"}, False),
        ({"voided_at": "2026-11-19", "filed_at": "2026-11-18"}, False),
        ({"lon": None}, False),
    ],
)
def test_the_same_kind_close_by_and_soon_after_may_be_a_duplicate(
    tmp_path: Path, other: Row, is_pair: bool
) -> None:
    second = {**FIRST, "hazard_no": "B", "reported_at": "2026-11-18 09:00", **other}
    found = closures.duplicates(street_of(tmp_path, hazard=[FIRST, second]), WEEK)
    expected = [("A", "B")] if is_pair else []
    assert list(zip(found["first_hazard_no"], found["hazard_no"], strict=True)) == expected


def test_the_pairs_are_those_a_slow_search_finds(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"hazard_no": f"H{n:03}", "kind": ("消防", "用电")[n % 2],
         "lon": 120.7 + (n * 7919 % 1000) * 0.000004, "lat": 30.5 + (n * 104729 % 1000) * 0.000004,
         "reported_at": datetime(2026, 11, 12) + timedelta(minutes=n * 37 % 14_000)}
        for n in range(250)
    ]  # fmt: skip
    found = closures.duplicates(street_of(tmp_path, hazard=rows), WEEK, rows=100_000)
    by_time = sorted(rows, key=lambda row: (row["reported_at"], row["hazard_no"]))
    middle = sum(row["lat"] for row in rows) / len(rows)
    expected = set()
    for one, other in combinations(by_time, 2):
        north = (other["lat"] - one["lat"]) * 111_320
        east = (other["lon"] - one["lon"]) * 111_320 * math.cos(math.radians(middle))
        is_close = math.hypot(north, east) <= 50 and one["kind"] == other["kind"]
        is_soon = other["reported_at"] - one["reported_at"] <= timedelta(hours=72)
        in_week = datetime(2026, 11, 16) <= other["reported_at"] <= datetime(2026, 11, 22, 18)
        if is_close and is_soon and in_week:
            expected.add((one["hazard_no"], other["hazard_no"]))
    assert set(zip(found["first_hazard_no"], found["hazard_no"], strict=True)) == expected
    assert len(expected) > 50


def test_the_life_of_a_case_tells_its_steps_and_limits_in_order(tmp_path: Path) -> None:
    case = {
        **CLOSED,
        "dispatched_at": "2026-09-07 10:00",
        "handled_first_at": "2026-09-08 09:00",
        "rework_count": 1,
        "extended_due_at": "2026-09-20 18:00",
    }
    life = closures.case_life(street_of(tmp_path, hazard=[case]), LATER, hazard_no="YH-1")
    assert life["step"].tolist() == [
        "reported", "filed", "dispatched", "handled_first", "handled", "closed", "due", "extended_due"
    ]  # fmt: skip
    assert life.loc[life["is_limit"], "step"].tolist() == ["due", "extended_due"]
    assert life["since_report_days"].tolist()[:4] == [0, 0, pytest.approx(1 / 24), 1]


def test_a_case_still_open_ends_at_the_moment_looked_at(tmp_path: Path) -> None:
    case = {**CLOSED, "closed_at": None, "handled_at": None}
    life = closures.case_life(street_of(tmp_path, hazard=[case]), LATER, hazard_no="YH-1")
    assert (life["step"].iloc[-1], life["happened_at"].iloc[-1]) == ("as_at", LATER.as_at)


def test_the_card_of_a_case_names_its_file_and_row_and_its_neighbours(tmp_path: Path) -> None:
    other = {**CLOSED, "hazard_no": "YH-2", "kind": "用电", "reported_at": MONDAY - timedelta(days=3)}
    elsewhere = {**CLOSED, "hazard_no": "YH-3", "place": "临江饭店"}
    street = street_of(tmp_path, hazard=[{**CLOSED, "source_row": 7}, other, elsewhere])
    [card] = closures.case_card(street, LATER, hazard_no="YH-1").to_dict("records")
    assert (card["place"], card["stage"], card["source_row"]) == ("海天五金厂", "closed", 7)
    same = closures.same_place(street, LATER, hazard_no="YH-1")
    assert list(zip(same["hazard_no"], same["is_same_kind"], strict=True)) == [("YH-2", False)]
    assert closures.case_card(street, LATER, hazard_no="查无").empty
