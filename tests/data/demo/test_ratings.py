"""Ratings of the invented street: by the draft rules, with falls, recoveries and a few own views."""

import numpy as np
import pytest

from data.colouring.evaluating import Evaluated
from data.demo import rating_ledgers, ratings
from data.demo.ratings import GREEN, HELD_BACK, LET_OFF, RED, YELLOW
from data.rule_shelf import shipped
from data.rules import UNRATED
from tests.data.demo.conftest import Years, coloured, firm_files

Seen = dict[str, tuple[np.ndarray, Evaluated]]


@pytest.fixture(scope="module")
def seen(three_years: Years, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    files = firm_files(three_years, tmp_path_factory.mktemp("none"))
    return {kind: coloured(files, kind) for kind in ("enterprise", "shop")}


def monthly(seen: Evaluated, years: Years) -> np.ndarray:
    """The colour of everybody (columns) on the first of every month (rows)."""
    at = [ratings.on_day(seen, day) for day in ratings.rating_days(years.rhythm)]
    return np.array([np.where(each >= 0, seen.worn[each], UNRATED) for each in at])


@pytest.mark.parametrize("kind", ["enterprise", "shop"])
def test_most_are_green_some_yellow_and_few_red(seen: Seen, three_years: Years, kind: str) -> None:
    colours = monthly(seen[kind][1], three_years)[-12:]
    shares = np.bincount(colours.ravel(), minlength=4)[:UNRATED] / np.sum(colours != UNRATED)
    assert 0.8 < shares[GREEN] < 0.9
    assert 0.08 < shares[YELLOW] < 0.15
    assert 0.01 < shares[RED] < 0.04


def test_some_fall_to_red_and_climb_back_to_green(seen: Seen, three_years: Years) -> None:
    colours = monthly(seen["enterprise"][1], three_years)
    fallen = np.flatnonzero((colours == RED).any(axis=0))
    back = [GREEN in colours[np.argmax(colours[:, at] == RED) :, at] for at in fallen]
    assert fallen.size > 40
    assert sum(back) > 30


def test_nobody_climbs_from_red_to_green_in_one_step(seen: Seen) -> None:
    for _, told in seen.values():
        same = np.diff(told.points.subjects) == 0
        assert not (same & (told.worn[:-1] == RED) & (told.worn[1:] == GREEN)).any()


def test_nearly_everybody_is_rated_in_the_end(seen: Seen, three_years: Years) -> None:
    unrated = monthly(seen["enterprise"][1], three_years)[-1] == UNRATED
    numbers = [three_years.firms.numbers[at] for at in seen["enterprise"][0][unrated]]
    assert numbers == ["QY00027"]


def test_a_rating_says_what_the_points_were_lost_for(seen: Seen, three_years: Years) -> None:
    which, told = seen["enterprise"]
    rule = shipped("enterprise")
    [rating] = [each for each in ratings.ratings(told, three_years.rhythm, which < 0) if each.is_review]
    table = rating_ledgers.ledger(rule, three_years.firms, which, rating).to_pandas()
    parts = table[["隐患整改", "主体责任落实", "危险源监控", "意识形态"]].sum(axis=1)
    assert (parts == table["总得分"]).all()
    assert (table.loc[table["三色评定"] != "绿", "评定说明"].str.len() > 0).all()


def test_a_few_meetings_decide_otherwise_and_say_so(seen: Seen, three_years: Years) -> None:
    which, told = seen["shop"]
    own = total = 0
    for rating in ratings.ratings(told, three_years.rhythm, which < 0):
        if not rating.is_review:
            by_rule = told.worn[ratings.on_day(told, rating.rated_on)[rating.which]]
            differs = np.flatnonzero(by_rule != rating.colour)
            assert {rating.reasons[at] for at in differs} <= {HELD_BACK, LET_OFF}
            own, total = own + differs.size, total + rating.which.size
    assert 0.001 < own / total < 0.02
