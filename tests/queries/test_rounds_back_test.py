"""The back-test of tomorrow's round: a slow twin, planted and absent risk, and no glance into the future."""

import math
import random
from collections.abc import Hashable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, rounds, run
from queries.rounds import replay
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import COMMUNITIES, Row, cases, ratings
from tests.queries.test_rounds import calls, grids, named

AS_AT = datetime(2026, 11, 22, 23, 59, 59, 999999)
NOW = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
DAY = timedelta(days=1)
Rows = dict[Any, dict[Hashable, Any]]


def test_a_street_without_patrols_has_nothing_to_replay(tmp_path: Path) -> None:
    assert rounds.back_test(street_of(tmp_path, grid=[{}]), NOW).empty


def test_the_replay_begins_with_the_patrol_ledger(tmp_path: Path) -> None:
    """The first visit leaves a state to go on from; the day after is the first that can be decided."""
    young = [{"patrolled_at": datetime(2026, 11, 3, 9) + nth * DAY} for nth in range(20)]
    found = [{"reported_at": "2026-11-05 09:10", "source": "patrol"}]
    street = street_of(tmp_path, patrol_log=young, hazard=found)
    answer = line(rounds.back_test(street, NOW), "oldest", "all")
    assert answer["measured_from_on"] == pd.Timestamp("2026-11-04")
    assert answer["measured_to_on"] == pd.Timestamp("2026-11-08")
    assert (answer["replayed_count"], answer["back_test_verdict"]) == (1, "too_few")
    assert answer["days_earlier"] is None


def history(quota: list[list[int]], gap: list[float], **more: list[list[float]]) -> replay.History:
    """One community of grids over some days; every grid like the others where nothing is said."""
    shape = np.array(quota).shape
    return replay.History(
        community=np.zeros(shape[1], np.int64),
        quota=np.array(quota),
        gap=np.array(gap),
        hazards_per_day=np.array(more.get("hazards_per_day", np.ones(shape))),
        colour_weight=np.ones(shape),
        possible_from=np.zeros(shape, np.int64),
    )


def test_oldest_first_goes_round_the_grids_in_turn() -> None:
    visited = replay.replay(history([[1, 1, 1]] * 4, gap=[1, 3, 2]), replay.oldest_first)
    assert visited.argmax(axis=1).tolist() == [1, 2, 0, 1]


def test_twice_the_wait_weighs_as_much_as_four_times_the_hazards() -> None:
    told = history([[1, 1]] * 3, gap=[2, 4], hazards_per_day=[[4.1, 1.0]] * 3)
    assert replay.replay(told, replay.suggested(told)).argmax(axis=1).tolist() == [0, 1, 0]


def test_a_hazard_is_not_found_before_it_can_have_been_there() -> None:
    """Found on day 8, the visit before was on day 3: it came on day 4, 5, 6, 7 or 8, each as likely."""
    visited = np.zeros((14, 1), np.bool_)
    visited[[2, 5, 10]] = True
    found = replay.Finds(np.array([0]), np.array([8]), np.array([4]), np.array([1]))
    assert replay.found_on(visited, found).tolist() == [(5 + 5 + 10 + 10 + 10) / 5]


def test_what_is_never_reached_counts_as_found_when_the_replay_ends() -> None:
    found = replay.Finds(np.array([0]), np.array([8]), np.array([7]), np.array([1]))
    assert replay.found_on(np.zeros((14, 1), np.bool_), found).tolist() == [14]


@pytest.mark.parametrize("seed", range(5))
def test_every_community_reaches_as_many_grids_as_it_did(seed: int) -> None:
    dice = np.random.default_rng(seed)
    community = np.array([0, 0, 0, 1, 1])
    went = dice.random((30, 5)) < 0.4
    quota = np.array([[row[community == each].sum() for each in community] for row in went])
    told = history(quota.tolist(), gap=[0.0] * 5)
    told = replay.History(
        community, quota, told.gap, dice.random((30, 5)), told.colour_weight, told.possible_from
    )
    for visited in (
        replay.replay(told, replay.suggested(told)),
        replay.replay(told, replay.oldest_first),
        replay.shuffled(told, dice),
    ):
        for each in (0, 1):
            assert (visited[:, community == each].sum(axis=1) == went[:, community == each].sum(axis=1)).all()


@cache
def known_before(street: Snapshot, day: date) -> Rows:
    """What `suggestion` answered the evening before, by grid."""
    evening = datetime.combine(day, datetime.min.time()) - timedelta(microseconds=1)
    answer = rounds.suggestion(street, Scope(day, day + DAY, as_at=evening))
    return {row["grid_code"]: row for row in answer.to_dict("records")}


def days_waited(invented: Invented, order: str) -> tuple[int, float]:
    """How many hazards, and how long they wait, replaying four weeks visit by visit, day by possible day."""
    first = AS_AT.date() - 27 * DAY
    days = [first + nth * DAY for nth in range(28)]
    went = {
        (row["grid_code"], row["patrolled_at"].date())
        for row in invented.visits
        if row["stay_minutes"] is None or row["stay_minutes"] >= 5
    }
    begun = min(row["patrolled_at"].date() for row in invented.visits)
    last = {
        code: max((day for grid, day in went if grid == code and day < first), default=begun)
        for code in COMMUNITIES
    }
    visits: dict[str, list[date]] = {code: [] for code in COMMUNITIES}
    for day in days:
        grid = known_before(invented.street, day)
        for community in set(COMMUNITIES.values()):
            own = [code for code in COMMUNITIES if COMMUNITIES[code] == community]
            quota = sum((code, day) in went for code in own)

            def urgency(code: str, day: date = day, grid: Rows = grid) -> float:
                gap = (day - last[code]).days
                weight = grid[code]["hazards_per_day"] * gap / 2 * grid[code]["colour_weight"]
                return float(gap * weight if order == "suggested" else gap)

            for code in sorted(own, key=urgency, reverse=True)[:quota]:
                visits[code].append(day)
                last[code] = day
    waits = []
    for case in invented.cases:
        day = case["reported_at"].date()
        if case.get("source") != "patrol" or "reopen_of" in case or not first <= day < days[14]:
            continue
        if case.get("voided_at", datetime.max) <= AS_AT:
            continue
        before = max((at for code, at in went if code == case["grid_code"] and at < day), default=first - DAY)
        since = max(before + DAY, first)
        possible = [since + nth * DAY for nth in range((day - since).days + 1)]
        for began in possible:
            found = min((at for at in visits[case["grid_code"]] if at >= began), default=days[-1] + DAY)
            waits.append(((found - began).days, 1 / len(possible)))
    count = round(sum(weight for _, weight in waits))
    return count, sum(wait * weight for wait, weight in waits) / count


def test_the_replay_agrees_with_its_twin(tmp_path: Path, invented: Invented) -> None:
    """The twin decides every day by what `suggestion` answered the evening before."""
    dice = random.Random(4)
    found = [row | {"source": dice.choice(["patrol", "patrol", "snap"])} for row in invented.cases]
    street = street_of(
        tmp_path,
        hazard=found,
        patrol_log=invented.visits,
        enterprise=invented.firms,
        rating=invented.ratings,
    )
    told = Invented(street, found, invented.visits, invented.firms, invented.ratings)
    oldest = line(rounds.back_test(street, NOW, weeks=2), "oldest", "all")
    for order, column in (("oldest", "compared_wait"), ("suggested", "suggested_wait")):
        count, wait = days_waited(told, order)
        assert (oldest["replayed_count"], oldest[column]) == (count, pytest.approx(wait))
    assert oldest["days_earlier"] == pytest.approx(oldest["compared_wait"] - oldest["suggested_wait"])


def risky_street(folder: Path, rates: list[float], seed: int) -> pd.DataFrame:
    """A year-half of rounds by chance, one grid of six a day in each of two communities, and what they find.

    Every grid brings hazards at its own rate a day; whoever comes finds all that lie there.
    """
    dice = random.Random(seed)
    visits: list[Row] = []
    hazards: list[Row] = []
    places = [(f"WG-0{side}0{nth}", f"{side}号社区", rates[nth]) for side in (1, 2) for nth in range(6)]
    lying = dict.fromkeys((code for code, *_ in places), 0)
    for ago in range(200, 0, -1):
        morning = datetime(2026, 11, 23, 9) - ago * DAY
        for code, _, rate in places:
            lying[code] += poisson(dice, rate)
        for side in (places[:6], places[6:]):
            code, community, _ = dice.choice(side)
            at = {"grid_code": code, "community": community}
            visits.append(at | {"patrolled_at": morning})
            hazards += [
                at | {"reported_at": morning + timedelta(minutes=nth), "source": "patrol"}
                for nth in range(lying[code])
            ]
            lying[code] = 0
    street = street_of(folder, at="2026-11-23 10:00", patrol_log=visits, hazard=hazards)
    return rounds.back_test(street, NOW)


def line(answer: pd.DataFrame, order: str, level: str) -> dict[str, Any]:
    """The comparison with one order over hazards of one level."""
    [found] = answer[(answer["compared_order"] == order) & (answer["found_level"] == level)].to_dict(
        "records"
    )
    return {str(name): value for name, value in found.items()}


def poisson(dice: random.Random, mean: float) -> int:
    count, rest = 0, dice.random()
    while rest > math.exp(-mean):
        rest *= dice.random()
        count += 1
    return count


@pytest.mark.parametrize("seed", [1, 2])
def test_where_risk_differs_the_suggestion_beats_oldest_first(tmp_path: Path, seed: int) -> None:
    answer = risky_street(tmp_path, [2.4, 0.9, 0.2, 0.1, 0.05, 0.05], seed)
    assert line(answer, "oldest", "all")["back_test_verdict"] == "earlier"
    assert line(answer, "random", "all")["back_test_verdict"] == "earlier"
    assert line(answer, "oldest", "all")["days_earlier"] > 0.3


@pytest.mark.parametrize("seed", [1, 2])
def test_where_all_grids_are_alike_it_says_it_is_no_better(tmp_path: Path, seed: int) -> None:
    answer = risky_street(tmp_path, [0.6] * 6, seed)
    assert line(answer, "oldest", "all")["back_test_verdict"] != "earlier"
    assert line(answer, "oldest", "major")["back_test_verdict"] == "too_few"
    assert line(answer, "oldest", "major")["replayed_count"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_no_day_of_the_replay_knows_what_came_after_it(tmp_path: Path, seed: int) -> None:
    """Take away all that happened from 11-08 on: the days up to then were decided by the same knowledge."""
    day = datetime(2026, 11, 8)
    own = named(seed)
    rated, found, went = ratings(seed, own), cases(seed), calls(seed, own)
    then = street_of(
        tmp_path / "then",
        grid=grids(),
        enterprise=own,
        hazard=[row for row in found if row["reported_at"] < day],
        patrol_log=[row for row in went if row["patrolled_at"] < day],
        rating=[row for row in rated if row["rated_on"] < day.date()],
    )
    everything = street_of(
        tmp_path / "all", grid=grids(), enterprise=own, hazard=found, patrol_log=went, rating=rated
    )
    first, second = decided_by(then, day), decided_by(everything, day)
    assert len(first) == 4 * 14
    pd.testing.assert_frame_equal(first, second)


def decided_by(street: Snapshot, until: datetime) -> pd.DataFrame:
    """What every grid's place was decided by, on the days up to one."""
    rows = run(street, "rounds/back_test", NOW, weeks=2, run_out_days=rounds.RUN_OUT_DAYS)
    known = ["round_on", "grid_code", "last_visit_on", "gap_days", "hazards_per_day", "colour_weight"]
    return rows[rows["round_on"] <= pd.Timestamp(until)][known]


def test_the_same_question_has_the_same_answer(invented: Invented) -> None:
    first, again = (rounds.back_test(invented.street, NOW, weeks=1) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
