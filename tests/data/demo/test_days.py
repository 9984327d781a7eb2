"""The demonstration can be written on any day, also where a season is just beginning."""

from datetime import date
from pathlib import Path

import pytest

from data.demo import write
from data.trouble import Trouble


@pytest.mark.parametrize(
    "until", [date(2026, 12, 29), date(2027, 1, 1), date(2027, 2, 6), date(2028, 2, 29), date(2029, 12, 27)]
)
def test_it_is_written_on_the_awkward_days_of_winter(tmp_path: Path, until: date) -> None:
    assert len(write(tmp_path, until, years=1, scale=0.02)) > 20


@pytest.mark.parametrize(("until", "years"), [(date(2032, 1, 1), 3), (date(2026, 11, 22), 0)])
def test_a_year_the_calendar_does_not_know_is_refused_in_words(
    tmp_path: Path, until: date, years: int
) -> None:
    with pytest.raises(Trouble, match="演示数据只能写到 2030 年以内"):
        write(tmp_path, until, years)
