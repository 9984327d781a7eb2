"""A community that sends a register and daily counts tells the same people twice; they are counted once."""

from datetime import date
from pathlib import Path

from queries import Scope
from queries.people import flow_by_day
from tests.builders import street_of

SCOPE = Scope(date(2026, 2, 1), date(2026, 3, 1))


def left_on_the_tenth(folder: Path, counted: int) -> int:
    persons = [{"person_key": f"p{n}", "grid_code": "WG-0101", "person_count": None} for n in range(10)]
    counts = [{"person_key": None, "grid_code": None, "person_count": counted}]
    street = street_of(folder, population_flow=[*persons, *counts])
    days = flow_by_day(street, SCOPE)
    return int(days.loc[days["direction"] == "leave", "person_count"].fillna(0).sum())


def test_a_register_that_names_as_many_as_the_count_is_not_added_to_it(tmp_path: Path) -> None:
    assert left_on_the_tenth(tmp_path, counted=10) == 10


def test_the_larger_of_register_and_count_holds(tmp_path: Path) -> None:
    assert left_on_the_tenth(tmp_path, counted=14) == 14
