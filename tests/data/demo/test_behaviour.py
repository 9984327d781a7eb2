"""The invented street behaves like one: volumes, rhythm, seasons, life cycles, silence."""

import numpy as np

from data.demo.columns import DAY, NEVER
from data.demo.kinds import KINDS
from data.demo.lifecycle import HOTLINE
from tests.data.demo.conftest import Years


def test_three_years_hold_some_sixty_thousand_visits_and_forty_thousand_hazards(three_years: Years) -> None:
    assert 57_000 < three_years.of_visits("number").size < 63_000
    assert 37_500 < three_years.of_cases("grid").size < 42_500


def test_weekends_are_quieter_than_weekdays(three_years: Years) -> None:
    day = three_years.of_visits("moment") // DAY
    by_weekday = np.bincount((day + 3) % 7)
    assert by_weekday[5:].max() < 0.5 * by_weekday[:5].min()


def test_the_weeks_before_the_festival_are_the_busiest(three_years: Years) -> None:
    rhythm = three_years.rhythm
    offset = rhythm.lunar_offset[rhythm.at(three_years.of_visits("moment") // DAY)]
    before = np.sum((offset >= -20) & (offset <= -6))
    usual = np.sum((offset >= 40) & (offset <= 54))
    assert before > 1.2 * usual


def test_the_last_day_has_visits_and_hazards_and_nothing_after_its_cut(three_years: Years) -> None:
    for moments in (three_years.of_visits("moment"), three_years.of_cases("reported")):
        assert np.sum(moments // DAY == three_years.rhythm.days[-1]) >= 2
        assert moments.max() <= three_years.rhythm.cut
        recent = [np.sum(moments // DAY == three_years.rhythm.days[-1] - ago) for ago in range(10)]
        assert min(recent) > 0


def test_the_silent_grid_is_silent_but_for_the_hotline(three_years: Years) -> None:
    silent, last = three_years.street.silent, three_years.rhythm.days[-1]
    visited = three_years.of_visits("moment")[three_years.of_visits("grid") == silent] // DAY
    assert visited.max() <= last - 96
    assert np.sum(visited > last - 96 - 90) > 60
    mine = (three_years.of_cases("grid") == silent) & (three_years.of_cases("reported") // DAY > last - 90)
    assert set(three_years.of_cases("source")[mine]) <= {HOTLINE}


def test_some_spots_are_hot_and_stay_hot(three_years: Years) -> None:
    place = np.concatenate([month.place for month in three_years.hazards])
    half = np.concatenate([month.place for month in three_years.hazards[:18]]).size
    first, second = (np.bincount(each, minlength=place.max() + 1) for each in (place[:half], place[half:]))
    hottest = np.argsort(-first)[: first.size // 20]
    assert first[hottest].sum() > 0.25 * first.sum()
    assert second[hottest].sum() > 0.2 * second.sum()


def test_grids_differ_in_what_is_found_and_in_punctuality(three_years: Years) -> None:
    found = np.bincount(three_years.of_cases("grid"), minlength=80)
    assert np.quantile(found, 0.9) > 2.5 * np.quantile(found, 0.1)
    rates = on_time_rates(three_years)
    assert 0.65 < rates.min() < 0.84
    assert rates.max() > 0.93


def on_time_rates(three_years: Years) -> np.ndarray:
    """On-time handling of every grid, strict, over all due cases."""
    due, extended = three_years.of_lives("due"), three_years.of_lives("extended")
    until = np.where(extended != NEVER, extended, due)
    counted = (until != NEVER) & ((until + 1) * DAY <= three_years.rhythm.cut)
    counted &= ~three_years.of_lives("is_suspended") & (three_years.of_lives("voided") == NEVER)
    handled = three_years.of_lives("handled")
    good = counted & (handled != NEVER) & (handled < (until + 1) * DAY)
    grid = three_years.of_cases("grid")
    return np.asarray(np.bincount(grid[good], minlength=80) / np.bincount(grid[counted], minlength=80))


def test_punctuality_is_that_of_a_real_street(three_years: Years) -> None:
    found = np.bincount(three_years.of_cases("grid"), minlength=80)
    assert 0.85 < np.average(on_time_rates(three_years), weights=found) < 0.93


def test_side_exits_are_as_rare_as_they_should_be(three_years: Years) -> None:
    size = three_years.of_cases("grid").size
    filed = three_years.of_lives("filed") != NEVER
    shares = {
        "self": three_years.of_lives("is_self_handled").mean(),
        "void": np.mean(three_years.of_lives("voided") != NEVER),
        "rework": np.mean(three_years.of_lives("rework") > 0),
        "extended": np.mean(three_years.of_lives("extended") != NEVER),
        "suspended": three_years.of_lives("is_suspended").mean(),
        "open": np.sum(
            filed & (three_years.of_lives("closed") == NEVER) & (three_years.of_lives("voided") == NEVER)
        )
        / size,
    }
    ranges = {
        "self": (0.15, 0.2),
        "void": (0.012, 0.025),
        "rework": (0.03, 0.06),
        "extended": (0.02, 0.05),
        "suspended": (0.001, 0.006),
        "open": (0.015, 0.045),
    }
    for name, (low, high) in ranges.items():
        assert low < shares[name] < high, (name, shares[name])


def test_no_case_is_closed_before_it_is_checked_or_handled_before_it_is_filed(three_years: Years) -> None:
    steps = ["filed", "dispatched", "handled_first", "handled", "verified", "closed"]
    moments = [three_years.of_cases("reported"), *(three_years.of_lives(step) for step in steps)]
    for at, early in enumerate(moments):
        for late in moments[at + 1 :]:
            both = (early != NEVER) & (late != NEVER)
            assert (early[both] <= late[both]).all()


def test_fires_are_a_winter_matter_and_wiring_a_summer_one(three_years: Years) -> None:
    month = (three_years.of_cases("reported") // DAY).view("M8[D]").astype("M8[M]").view(np.int64) % 12 + 1
    kind = three_years.of_cases("kind")
    names = [each.name for each in KINDS]

    def in_months(name: str, months: list[int]) -> int:
        return int(np.sum((kind == names.index(name)) & np.isin(month, months)))

    assert in_months("消防安全", [12, 1]) > 1.5 * in_months("消防安全", [6, 7])
    assert in_months("用电安全", [6, 7]) > 1.5 * in_months("用电安全", [12, 1])


def test_some_hazards_come_back_to_the_same_place_within_a_month(three_years: Years) -> None:
    place = np.concatenate([month.place for month in three_years.hazards])
    key, reported = place * 100 + three_years.of_cases("kind"), three_years.of_cases("reported")
    closed, order = three_years.of_lives("closed"), np.lexsort((reported, key))
    gap = reported[order][1:] - closed[order][:-1]
    back = (key[order][1:] == key[order][:-1]) & (closed[order][:-1] != NEVER) & (gap > 0) & (gap < 30 * DAY)
    assert 0.05 < back.sum() / np.sum(closed != NEVER) < 0.2


def test_a_few_cases_are_closed_on_paper_at_the_end_of_a_month(three_years: Years) -> None:
    hasty = three_years.of_lives("is_hasty")
    assert 30 < hasty.sum() < 200
    took = three_years.of_lives("closed")[hasty] - three_years.of_lives("filed")[hasty]
    assert took.max() < 20 * 60


def test_major_hazards_are_few(three_years: Years) -> None:
    assert 20 < np.sum(three_years.of_cases("level") == 2) < 120
