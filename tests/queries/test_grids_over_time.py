"""A measure through the weeks: every frame and every week of a trend is the answer of its own days."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.trouble import Trouble
from queries import Scope, grids
from tests.builders import street_of
from tests.queries.grid_twins import Ground, by_code
from tests.queries.streets import AS_AT, Row

COLUMNS = ["grid_code", "value", "numerator", "denominator", "is_reported", "is_small"]


def last_instant(until: date) -> datetime:
    return datetime.combine(until, datetime.min.time()) - timedelta(microseconds=1)


@pytest.mark.parametrize("measure", ["visit_count", "overdue_stock", "on_time_handling_rate", "red_shops"])
@pytest.mark.parametrize("step", ["week", "day"])
def test_every_frame_is_the_answer_of_its_own_days(ground: Ground, measure: str, step: str) -> None:
    scope = Scope(date(2026, 11, 4), date(2026, 11, 25), as_at=AS_AT)
    frames = grids.frames(ground.street, scope, measure, step)
    starts = [date(2026, 11, 2) + timedelta(days=n) for n in range(0, 23, 7 if step == "week" else 1)]
    starts = [day for day in starts if day <= AS_AT.date() and (step == "week" or day >= scope.since)]
    assert frames["frame_on"].dt.date.unique().tolist() == starts
    for start in starts:
        until = min(start + timedelta(days=7 if step == "week" else 1), scope.until)
        own = Scope(max(start, scope.since), until, as_at=min(last_instant(until), AS_AT))
        expected = grids.by_grid(ground.street, own, measure).sort_values("grid_code", ignore_index=True)
        rows = frames[frames["frame_on"] == pd.Timestamp(start)].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows[COLUMNS], expected[COLUMNS])


def test_lunar_days_are_those_of_the_travel_season(tmp_path: Path) -> None:
    """正月初一 2026 is 17 February, and the season begins fifteen days before it."""
    rows: list[Row] = [{"patrolled_at": f"2026-02-{day:02} 09:00"} for day in (1, 2, 2, 4)]
    scope = Scope(date(2026, 1, 28), date(2026, 2, 6), as_at=datetime(2026, 2, 5, 12))
    frames = grids.frames(street_of(tmp_path, patrol_log=rows), scope, "visit_count", "lunar_day")
    assert frames["frame_on"].dt.day.tolist() == [2, 3, 4, 5]
    assert frames["value"].tolist() == [2, 0, 1, 0]


def test_too_many_days_are_refused(tmp_path: Path) -> None:
    year = Scope(date(2024, 1, 1), date(2026, 1, 1), as_at=AS_AT)
    with pytest.raises(Trouble, match="逐日播放最多 400 天，现在是 731 天"):
        grids.frames(street_of(tmp_path, grid=[{}]), year, "visit_count", "day")


def test_a_trend_is_its_weeks(ground: Ground) -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 19), as_at=AS_AT)
    found = grids.trend(ground.street, scope, "WG-0101", "filed", weeks=4)
    assert found["week_on"].dt.date.tolist() == [date(2026, 10, 26) + timedelta(days=7 * n) for n in range(4)]
    for start, value in zip(found["week_on"].dt.date, found["value"], strict=True):
        until = min(start + timedelta(days=7), scope.until)
        own = Scope(start, until, as_at=last_instant(until))
        assert value == by_code(grids.by_grid(ground.street, own, "filed"))["WG-0101"]["value"]
