"""People on the move: counted once, placed in the farmers' calendar, and never few."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from data.warehouse import Snapshot
from queries import Scope, people
from tests.builders import street_of

SEASON = Scope(date(2026, 2, 9), date(2026, 2, 13), as_at=datetime(2026, 2, 28))


def street_with(tmp_path: Path, *rows: dict[str, Any]) -> Snapshot:
    return street_of(tmp_path, population_flow=rows, at="2026-02-28 10:00")


def leaving(answer: pd.DataFrame) -> list[int | None]:
    counts = answer[answer["direction"] == "leave"]["person_count"]
    return [None if count is pd.NA else int(count) for count in counts]


def test_every_day_and_direction_has_a_line_with_its_lunar_day(tmp_path: Path) -> None:
    answer = people.flow_by_day(street_with(tmp_path, {"moved_on": "2026-02-10", "person_count": 30}), SEASON)
    assert len(answer) == 3 * 4
    tenth = answer[(answer["direction"] == "leave") & (answer["moved_on"].dt.day == 10)].iloc[0]
    # 正月初一 of 2026 is 17 February
    assert (tenth["person_count"], tenth["new_year_offset"], tenth["chunyun_day"]) == (30, -7, 9)
    assert tenth["lunar_text"] == "腊月廿三"


def test_a_small_day_is_hidden_and_takes_another_with_it(tmp_path: Path) -> None:
    answer = people.flow_by_day(
        street_with(
            tmp_path,
            {"moved_on": "2026-02-09", "person_count": 50},
            {"moved_on": "2026-02-10", "person_count": 2},
            {"moved_on": "2026-02-11", "person_count": 9},
        ),
        SEASON,
    )
    assert leaving(answer) == [50, None, None, 0]


def test_a_register_and_a_daily_count_of_one_community_are_not_added(tmp_path: Path) -> None:
    persons = [{"moved_on": "2026-02-10", "person_key": f"p{number}"} for number in range(8)]
    answer = people.flow_by_day(
        street_with(tmp_path, *persons, {"moved_on": "2026-02-10", "person_count": 10}), SEASON
    )
    assert leaving(answer) == [0, 10, 0, 0]


def test_few_people_of_a_province_are_told_as_others(tmp_path: Path) -> None:
    answer = people.origins(
        street_with(
            tmp_path,
            {"moved_on": "2026-02-10", "province": "安徽", "person_count": 40},
            {"moved_on": "2026-02-10", "province": "河南", "person_count": 6},
            {"moved_on": "2026-02-10", "province": "青海", "person_count": 1},
        ),
        SEASON,
    )
    assert answer[["province", "person_count"]].values.tolist() == [["安徽", 40], ["其他", 7]]
