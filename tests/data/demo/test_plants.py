"""The planted stories are told by the ledgers, whatever the last day is and however small the street."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.demo.plants import PLANTS, STORIES
from data.demo.ratings import GREEN, RED, YELLOW
from data.demo.rhythm import number
from data.rules import UNRATED
from tests.data.demo.conftest import coloured, firm_files, lived

DAYS = [date(2026, 11, 22), date(2026, 11, 30), date(2027, 3, 1), date(2028, 2, 29), date(2026, 7, 31)]
Track = list[tuple[int, int, int]]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def tracks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], Track]:
    """(days ago, colour, score) of every look, by scheme and subject number, of the smallest street."""
    years = lived(request.param, 365, 0.02)
    files = firm_files(years, tmp_path_factory.mktemp("none"))
    found: dict[tuple[str, str], Track] = {}
    for kind in ("enterprise", "shop"):
        which, seen = coloured(files, kind)
        ago = number(request.param) - seen.points.days
        for at, who in enumerate(which):
            mine = np.flatnonzero(seen.points.subjects == at)
            found[kind, years.firms.numbers[who]] = [
                (int(ago[each]), int(seen.worn[each]), int(seen.scores[each])) for each in mine
            ]
    return found


def track(tracks: dict[tuple[str, str], Track], story: str, kind: str = "enterprise") -> Track:
    """The looks at the first subject with the story."""
    number_of = next(each.subject_no for each in PLANTS if each.story == story)
    return tracks[kind, number_of]


def changes(told: Track) -> Track:
    """The looks that gave another colour than the one before."""
    return [now for before, now in zip([(0, UNRATED, 0), *told], told, strict=False) if before[1] != now[1]]


def test_every_story_has_a_subject_and_every_subject_one_story() -> None:
    assert {each.story for each in PLANTS} == set(STORIES)
    assert len({each.subject_no for each in PLANTS}) == len(PLANTS)


def test_one_has_been_red_since_seventy_five_days(tracks: dict[tuple[str, str], Track]) -> None:
    assert changes(track(tracks, "long_red"))[-1] == (75, RED, 100)


def test_one_is_green_by_a_single_point(tracks: dict[tuple[str, str], Track]) -> None:
    assert track(tracks, "near_edge")[-1][1:] == (GREEN, 86)


def test_one_is_green_and_falls_due_in_three_days(tracks: dict[tuple[str, str], Track]) -> None:
    assert {colour for _, colour, _ in track(tracks, "near_due")} == {GREEN}


def test_one_came_back_to_green_and_fell_again_within_sixty_days(
    tracks: dict[tuple[str, str], Track],
) -> None:
    yellow, green, again = changes(track(tracks, "rebound"))[-3:]
    assert [yellow[1], green[1], again[1]] == [YELLOW, GREEN, YELLOW]
    assert again[0] == 12
    assert 0 < green[0] - again[0] <= 60


def test_one_relapsed_within_its_probation(tracks: dict[tuple[str, str], Track]) -> None:
    red, yellow, again = changes(track(tracks, "relapse"))[-3:]
    assert [red[1], yellow[1], again[1]] == [RED, YELLOW, RED]
    assert again[0] == 20
    assert 0 < yellow[0] - again[0] <= 60


def test_shops_escalate_where_a_hazard_is_overdue_for_a_week(tracks: dict[tuple[str, str], Track]) -> None:
    yellow, red = changes(track(tracks, "escalated", "shop"))[-2:]
    assert (yellow, red) == ((14, YELLOW, 90), (8, RED, 90))


def test_one_is_green_as_an_enterprise_and_red_as_a_shop(tracks: dict[tuple[str, str], Track]) -> None:
    assert track(tracks, "conflict")[-1][1] == GREEN
    assert changes(track(tracks, "conflict", "shop"))[-1] == (25, RED, 100)


def test_one_is_yellow_by_the_rule_and_set_to_green_by_hand(tracks: dict[tuple[str, str], Track]) -> None:
    assert changes(track(tracks, "override"))[-1] == (19, YELLOW, 92)


def test_one_was_never_seen_and_one_not_for_long(tracks: dict[tuple[str, str], Track]) -> None:
    assert track(tracks, "never_visited") == []
    assert track(tracks, "stale")[-1][1] == GREEN


def test_a_closed_shop_is_not_rated_any_more(tracks: dict[tuple[str, str], Track]) -> None:
    assert changes(track(tracks, "closed_shop", "shop"))[-1][:2] == (120, UNRATED)


def test_one_red_needs_one_thing_only_to_be_yellow(tracks: dict[tuple[str, str], Track]) -> None:
    yellow, red = changes(track(tracks, "low_hanging"))[-2:]
    assert (yellow[1:], red) == ((YELLOW, 80), (40, RED, 80))


def test_nobody_calls_where_nobody_should(tmp_path: Path) -> None:
    years = lived(DAYS[0], 365, 0.05)
    files = firm_files(years, tmp_path)
    seen = files.told.first_seen
    hidden = [number_of for number_of, first in zip(years.firms.numbers, seen, strict=True) if first > 10**6]
    planted = {each.subject_no for each in PLANTS if each.story == "never_visited"}
    assert planted <= set(hidden)
    named = {
        years.firms.numbers[years.places.subject[place]]
        for month in years.visits
        for place in month.place[month.is_named]
        if years.places.subject[place] >= 0
    }
    assert not planted & named
