"""The patrol sums made at build are what counting the ledger gives, at any two moments."""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest

from data.warehouse import Snapshot, Store
from tests.builders import load, snapshot_of, street_of
from tests.queries import streets
from tests.queries.streets import Row

BEGINNING = datetime(1, 1, 1)
LOADS = [datetime(2026, 10, 30, 12), datetime(2026, 11, 12, 12), datetime(2026, 11, 22, 12)]
NEVER = datetime(2026, 10, 1)


@dataclass(frozen=True)
class Corrected:
    """A snapshot and what the ledger said after each of its loads."""

    street: Snapshot
    told: dict[datetime, list[Row]]

    def known(self, known_at: datetime | None) -> list[Row]:
        """The ledger as known then."""
        loaded = [at for at in LOADS if known_at is None or at <= known_at]
        return self.told[max(loaded)] if loaded else []


@pytest.fixture(scope="module", params=[1, 2])
def corrected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    """Visits loaded in three files; the later ones correct a third of what was told before."""
    dice = random.Random(request.param)
    rows = [
        {**row, "patrol_no": f"XC-{n:03}", "place": dice.choice(["红星厂", "东门店", None])}
        for n, row in enumerate(streets.visits(request.param))
    ]
    store, told = Store(tmp_path_factory.mktemp("street")), {}
    for at in LOADS:
        known = [row for row in rows if row["patrolled_at"] < at]
        load(store, f"{at}", patrol_log=known)
        told[at] = [dict(row) for row in known]
        for row in dice.sample(known, len(known) // 3):
            moved = timedelta(hours=dice.randrange(-30, 30))
            row |= {"stay_minutes": dice.choice([2, 5, 40]), "patrolled_at": row["patrolled_at"] + moved}
    return Corrected(snapshot_of(store), told)


def moments() -> list[datetime]:
    """Random moments, before the first visit and after the last, and the ones where a day turns."""
    dice = random.Random(7)
    turns = [datetime(2026, 11, 16), datetime(2026, 11, 17) - timedelta(microseconds=1), NEVER]
    return turns + [streets.START + timedelta(minutes=dice.randrange(50 * 24 * 60)) for _ in range(6)]


def rows_of(street: Snapshot, sql: str, *values: object) -> list[tuple[object, ...]]:
    with street.cursor() as cursor:
        return sorted(cursor.execute(sql, list(values)).fetchall(), key=repr)


@pytest.mark.parametrize("known_at", [None, NEVER, *LOADS])
@pytest.mark.parametrize("mart", ["patrol_day", "patrol_hour", "place_visit"])
def test_the_sums_are_those_of_the_ledger(corrected: Corrected, mart: str, known_at: datetime | None) -> None:
    for as_at in moments():
        summed = rows_of(corrected.street, f"select * from {mart}_at(?, ?)", as_at, known_at)
        counted = f"select * from {mart}_counted(?, ?, ?)"
        assert summed == rows_of(corrected.street, counted, BEGINNING, as_at, known_at)


@pytest.mark.parametrize("known_at", [None, NEVER, *LOADS])
def test_the_rounds_judged_at_the_build_are_those_of_the_ledger(
    corrected: Corrected, known_at: datetime | None
) -> None:
    for as_at in moments():
        for since, until in ((NEVER, datetime(2027, 1, 1)), (datetime(2026, 11, 2), datetime(2026, 11, 16))):
            asked = (since, until, as_at, known_at)
            told = rows_of(corrected.street, "select * from patrol_round(?, ?, ?, ?)", *asked)
            counted = rows_of(corrected.street, "select * from patrol_round_counted(?, ?, ?, ?)", *asked)
            assert told == counted


@pytest.mark.parametrize("known_at", [None, LOADS[1]])
def test_the_sums_of_a_day_agree_with_their_twin(corrected: Corrected, known_at: datetime | None) -> None:
    for as_at in moments():
        days: dict[tuple[str, date], list[Row]] = defaultdict(list)
        for row in corrected.known(known_at):
            if row["patrolled_at"] <= as_at:
                days[row["grid_code"], row["patrolled_at"].date()].append(row)
        twin = {(grid, day): counted(rows) for (grid, day), rows in days.items()}
        summed = rows_of(corrected.street, "select * from patrol_day_at(?, ?)", as_at, known_at)
        assert {(row[1], row[2]): row[3:] for row in summed} == twin


@pytest.mark.parametrize("known_at", [None, LOADS[1]])
def test_the_sums_of_an_hour_agree_with_their_twin(corrected: Corrected, known_at: datetime | None) -> None:
    for as_at in moments():
        hours: dict[tuple[str, datetime], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for row in corrected.known(known_at):
            if row["patrolled_at"] <= as_at:
                place = row["grid_code"], row["patrolled_at"].replace(minute=0)
                visits, findings = hours[place]
                hours[place] = visits + 1, findings + (row["finding_count"] or 0)
        columns = "grid_code, patrolled_on + to_hours(hour), visit_count, finding_count"
        sql = f"select {columns} from patrol_hour_at(?, ?)"
        summed = rows_of(corrected.street, sql, as_at, known_at)
        assert {(row[0], row[1]): row[2:] for row in summed} == hours


def counted(rows: list[Row]) -> tuple[object, ...]:
    """The columns of patrol_day behind its key."""
    long = [row for row in rows if row["stay_minutes"] is None or row["stay_minutes"] >= 5]
    at = [row["patrolled_at"] for row in rows]
    return (
        len(rows),
        len(long),
        sum((row["finding_count"] or 0) > 0 for row in rows),
        sum(row["finding_count"] == 0 == row["contact_count"] for row in rows),
        sum(time(19, 30) <= moment.time() < time(21, 30) for moment in at),
        sum(row["stay_minutes"] is not None for row in rows),
        sum(row["stay_minutes"] or 0 for row in rows),
        sum(row["finding_count"] or 0 for row in rows),
        sum(row["contact_count"] or 0 for row in rows),
        min(at),
        max(at),
        max((row["patrolled_at"] for row in long), default=None),
    )


def test_the_evening_runs_from_half_past_seven_until_half_past_nine(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    times = ["19:29", "19:30", "21:29", "21:30"]
    visits = [{"patrolled_at": f"2026-11-20 {said}"} for said in times]
    street = street_of(tmp_path_factory.mktemp("evening"), patrol_log=visits)
    sql = "select visit_count, evening_visit_count from patrol_day_at(?, null)"
    assert rows_of(street, sql, datetime(2026, 11, 21)) == [(4, 2)]
