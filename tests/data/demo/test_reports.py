"""The invented people repeat themselves: at a pace of each grid's own, and only while it is there."""

import numpy as np
import pytest

from data.demo import firms, places, reports
from data.demo.columns import DAY, NEVER
from data.demo.lifecycle import SNAP
from tests.data.demo.conftest import Years


@pytest.fixture(scope="module")
def snaps(three_years: Years) -> list[reports.Reports]:
    spots = places.settle(three_years.street, firms.found(three_years.street, 1.0), 1.0)
    months = zip(three_years.rhythm.months, three_years.hazards, strict=True)
    return [reports.month(SNAP, *month, found, spots, three_years.rhythm) for month, found in months]


def test_a_fifth_to_two_fifths_of_the_reports_repeat_another(snaps: list[reports.Reports]) -> None:
    repeats = np.concatenate([month.repeats for month in snaps])
    assert 0.2 < np.mean(repeats >= 0) < 0.4


def test_what_is_repeated_came_before_in_the_same_place_and_is_not_handled_yet(
    snaps: list[reports.Reports],
) -> None:
    for month in snaps:
        again = np.flatnonzero(month.repeats >= 0)
        first = np.searchsorted(month.number, month.repeats[again])
        assert (month.number[first] == month.repeats[again]).all()
        assert (month.place[first] == month.place[again]).all()
        assert (month.reported[first] <= month.reported[again]).all()
        handled = month.handled[first]
        assert ((handled == NEVER) | (month.reported[again] <= handled)).all()
        assert (month.repeats[first] < 0).all()


def test_each_grid_s_repeats_come_at_its_own_pace(three_years: Years, snaps: list[reports.Reports]) -> None:
    spots = places.settle(three_years.street, firms.found(three_years.street, 1.0), 1.0)
    repeats, exposure = np.zeros(80), np.zeros(80)
    for month in snaps:
        grid = spots.grid[month.place]
        until = np.where(month.handled == NEVER, three_years.rhythm.cut, month.handled)
        first = month.is_known_valid & (month.repeats < 0)
        np.add.at(exposure, grid[first], (until - month.reported)[first] / DAY)
        np.add.at(repeats, grid[month.repeats >= 0], 1)
    pace = reports.voices()
    assert abs(repeats.sum() / (pace * exposure).sum() - 1) < 0.06
    assert np.corrcoef(repeats, pace * exposure)[0, 1] > 0.97
    shy = pace == reports.SHY_REPEATS_A_DAY
    assert shy.sum() == reports.SHY_GRIDS
    assert repeats[shy].sum() / exposure[shy].sum() < 0.02
