"""The spells of colour worked out at build tell each subject's colour at any moment, and as known at any."""

import random
from datetime import date, datetime, timedelta

import pytest

from data.warehouse import Snapshot, Store
from tests.builders import load, snapshot_of
from tests.queries.streets import Row

FIRST, SECOND = datetime(2026, 11, 1, 12), datetime(2026, 11, 22, 12)
MOMENTS = [datetime(2026, 9, 30), *(datetime(2026, 10, 1, 9) + timedelta(days=n * 4) for n in range(14))]


def ratings(seed: int) -> list[Row]:
    """Ratings of five firms, several of them on one day, with and without a moment of writing."""
    dice = random.Random(seed)
    days = [date(2026, 10, 1) + timedelta(days=dice.randrange(40)) for _ in range(60)]
    return [
        {
            "record_key": f"R{number:02}",
            "enterprise_key": f"F{dice.randrange(5)}",
            "scheme": dice.choice(["enterprise", "shop"]),
            "colour": dice.choice(["green", "yellow", "red"]),
            "rated_on": day,
            "updated_at": dice.choice([None, datetime(2026, 11, 20, number % 5)]),
        }
        for number, day in enumerate(days)
    ]


@pytest.fixture(scope="module", params=[1, 2])
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Snapshot, dict[datetime | None, list[Row]]]:
    """A snapshot of two loads, and the ratings known after each with the moment they became known."""
    rows = ratings(request.param)
    store = Store(tmp_path_factory.mktemp("street"))
    load(store, f"{FIRST}", rating=rows[:40])
    load(store, f"{SECOND}", rating=rows[40:])
    first = [row | {"known_since": FIRST} for row in rows[:40]]
    both = first + [row | {"known_since": SECOND} for row in rows[40:]]
    return snapshot_of(store), {None: both, FIRST: first, SECOND: both, datetime(2026, 10, 1): []}


def worn(rows: list[Row], as_at: datetime) -> dict[tuple[str, str], tuple[str, str | None, date]]:
    """Each subject's last colour and the one before it, in the order the ratings were given."""
    rated = [row for row in rows if row["rated_on"] <= as_at.date()]
    rated.sort(key=lambda row: (row["rated_on"], row["updated_at"] or row["known_since"], row["record_key"]))
    colours: dict[tuple[str, str], tuple[str, str | None, date]] = {}
    for row in rated:
        subject = row["enterprise_key"], row["scheme"]
        before = colours[subject][0] if subject in colours else None
        colours[subject] = (row["colour"], before, row["rated_on"])
    return colours


def test_a_colour_is_the_last_one_given(
    loaded: tuple[Snapshot, dict[datetime | None, list[Row]]],
) -> None:
    street, told = loaded
    sql = "select enterprise_key, scheme, colour, colour_before, rated_on from colour_at(?, ?)"
    for known_at, rows in told.items():
        for as_at in MOMENTS:
            with street.cursor() as cursor:
                found = cursor.execute(sql, [as_at, known_at]).fetchall()
            assert {(row[0], row[1]): row[2:] for row in found} == worn(rows, as_at)
            assert len(found) == len(worn(rows, as_at))
