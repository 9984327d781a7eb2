"""The invented street's people: a tide of leaving and returning, numbers that are right and nobody's."""

from datetime import date

import numpy as np
import pytest

from data.demo import firms, flows, persons, workers
from data.demo.columns import NEVER
from data.demo.rhythm import Rhythm, number
from data.demo.street import street
from tests.data.demo.conftest import UNTIL

RHYTHM = Rhythm(date(2023, 11, 23), UNTIL)
SEASONS = list(workers.seasons(street(), firms.found(street(), 1.0), RHYTHM, 1.0))


def test_three_festivals_of_more_than_3600_workers_each() -> None:
    assert [season.festival for season in SEASONS] == [
        date(2024, 2, 10),
        date(2025, 1, 29),
        date(2026, 2, 17),
    ]
    assert all(season.person.size >= 3_600 for season in SEASONS)


@pytest.mark.parametrize("season", SEASONS, ids=lambda season: str(season.festival.year))
def test_departures_peak_eight_or_nine_days_before_the_festival(season: workers.Season) -> None:
    left = season.left[season.left != NEVER] - number(season.festival)
    assert np.bincount(left + 40).argmax() - 40 in (-9, -8)


@pytest.mark.parametrize("season", SEASONS, ids=lambda season: str(season.festival.year))
def test_returns_peak_after_a_week_and_again_after_the_lantern_festival(season: workers.Season) -> None:
    back = np.bincount(season.returned[season.returned != NEVER] - number(season.festival), minlength=40)
    assert back.argmax() in (6, 7, 8)
    assert 11 + back[11:25].argmax() in (15, 16, 17)
    assert back[16] > 3 * back[12]


def test_two_thirds_of_a_roster_are_there_again_the_year_after() -> None:
    again = np.isin(SEASONS[1].person, SEASONS[0].person).mean()
    assert 0.6 < again < 0.75


def test_forty_two_employers_and_agencies_send_their_workers() -> None:
    names = workers.employers(firms.found(street(), 1.0))
    assert len(set(names)) == 42


def test_identity_numbers_are_right_distinct_and_of_no_region() -> None:
    numbers = persons.id_numbers("workers", 6_000)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    assert len(set(numbers)) == 6_000
    for each in numbers[:500]:
        total = sum(int(mark) * weight for mark, weight in zip(each[:17], weights, strict=True))
        assert each[17] == "10X98765432"[total % 11]
        assert each.startswith("990101")
        date.fromisoformat(f"{each[6:10]}-{each[10:12]}-{each[12:14]}")


def test_telephone_numbers_are_of_a_range_that_was_never_given_out() -> None:
    assert all(len(each) == 11 and each.startswith("154") for each in persons.phones("workers", 500))


def test_the_daily_counts_tell_the_same_tide() -> None:
    table = flows.ledger(street(), RHYTHM, date(2026, 1, 10), date(2026, 3, 20)).to_pandas()
    by_day = table.groupby(["流向", "日期"])["人数"].sum()
    peak = {
        direction: (by_day[direction].idxmax() - date(2026, 2, 17)).days for direction in ("返乡", "返岗")
    }
    assert peak["返乡"] in (-9, -8)
    assert peak["返岗"] in (6, 7, 8)
