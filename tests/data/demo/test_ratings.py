"""Ratings of the invented street: explained by what was found, mostly green, with falls and recoveries."""

import numpy as np
import pytest

from data.demo import firms, places, rating_ledgers, ratings, rules
from tests.data.demo.conftest import Years


@pytest.fixture(scope="module")
def marks(three_years: Years) -> list[ratings.Marks]:
    everyone = firms.found(three_years.street, 1.0)
    spots = places.settle(three_years.street, everyone, 1.0)
    facts = ratings.hazard_facts(three_years.hazards, spots)
    which = np.flatnonzero(~everyone.is_shop)
    return list(ratings.rate(rules.ENTERPRISE, everyone, which, facts, three_years.rhythm))


def test_most_are_green_and_few_are_red(marks: list[ratings.Marks]) -> None:
    shares = np.bincount(marks[-2].colour, minlength=3) / marks[-2].colour.size
    assert 0.6 < shares[0] < 0.85
    assert 0.01 < shares[2] < 0.08


def test_some_fall_to_red_and_climb_back_to_green(marks: list[ratings.Marks]) -> None:
    colours = np.array([month.colour for month in marks])
    fallen = (colours == 2).any(axis=0)
    back = [0 in colours[np.argmax(colours[:, at] == 2) :, at] for at in np.flatnonzero(fallen)]
    assert fallen.sum() > 40
    assert sum(back) > 30


def test_nobody_climbs_from_red_to_green_in_one_step(marks: list[ratings.Marks]) -> None:
    colours = np.array([month.colour for month in marks])
    assert not ((colours[:-1] == 2) & (colours[1:] == 0)).any()


def test_what_the_findings_deduct_is_what_the_score_lacks(
    marks: list[ratings.Marks], three_years: Years
) -> None:
    everyone = firms.found(three_years.street, 1.0)
    which = np.flatnonzero(~everyone.is_shop)
    rated = rating_ledgers.rating_ledger(rules.ENTERPRISE, everyone, which, marks[10]).to_pandas()
    found = rating_ledgers.finding_ledger(rules.ENTERPRISE, everyone, which, marks[10]).to_pandas()
    lost = found.groupby("企业编号")["扣分"].sum().reindex(rated["企业编号"]).fillna(0)
    within = lost.to_numpy() <= 30
    assert (100 - rated["总得分"].to_numpy()[within] == lost.to_numpy()[within]).mean() > 0.99
