"""A community that sends a register and daily counts tells the same people twice; they are counted once."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.warehouse import Store
from queries import Scope
from queries.people import flow_by_day
from tests.builders import load, snapshot_of, street_of

SCOPE = Scope(date(2026, 2, 1), date(2026, 3, 1))
LOADS = [datetime(2026, 2, 12, 9), datetime(2026, 2, 20, 9)]


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


@pytest.mark.parametrize("known_at", [None, datetime(2026, 2, 1), *LOADS])
def test_the_flows_counted_at_the_build_are_those_of_the_ledger(
    tmp_path: Path, known_at: datetime | None
) -> None:
    dice = random.Random(3)
    store = Store(tmp_path)
    for at in LOADS:
        flows = [
            {
                "person_key": dice.choice([f"p{n}", None]),
                "moved_on": date(2026, 2, 1) + timedelta(days=dice.randrange(20)),
                "direction": dice.choice(["leave", "return", "stay"]),
                "person_count": dice.randrange(4),
                "record_key": f"{dice.randrange(80)}",
            }
            for n in range(40)
        ]
        load(store, f"{at}", population_flow={row["record_key"]: row for row in flows}.values())
    with snapshot_of(store).cursor() as cursor:
        for day in range(1, 25):
            moments = [datetime(2026, 2, day, 8), known_at]
            flow, counted = (
                sorted(cursor.execute(f"select * from {name}(?, ?)", moments).fetchall(), key=repr)
                for name in ("flow_at", "flow_counted")
            )
            assert flow == counted
