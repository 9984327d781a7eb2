"""Colours through the warehouse: the order of loading does not matter, and what is foretold comes true."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import Snapshot, Store
from queries import Scope, subject_card
from tests.builders import load, snapshot_of
from tests.data.colouring.ledgers import FIRMS, column, evaluations, facts, fired, ledgers

FIRST = ("enterprise", "patrol_log")
ORDERS = (
    ("hazard", "finding", "responsibility_letter", "danger_source", "certificate", "rating_override"),
    ("rating_override", "certificate", "danger_source", "responsibility_letter", "finding", "hazard"),
)


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    """The same ledgers, loaded one by one in two orders on the same day."""
    found = []
    told = ledgers(3)
    for order in ORDERS:
        store = Store(tmp_path_factory.mktemp("street"))
        load(store, "2026-11-22 09:00", **{name: told[name] for name in FIRST})
        for minute, name in enumerate(order, 10):
            load(store, f"2026-11-22 09:{minute}", **{name: told[name]})
        found.append(snapshot_of(store))
    return found


def test_the_order_of_loading_changes_no_colour_no_fact_and_no_reason(streets: list[Snapshot]) -> None:
    for told in (evaluations, facts, fired):
        first, *others = (told(street) for street in streets)
        assert first
        assert all(other == first for other in others)


def test_each_scheme_has_every_colour_there(streets: list[Snapshot]) -> None:
    sql = "select distinct scheme || ' ' || assigned from colour_evaluation"
    assert {"enterprise green", "enterprise yellow", "enterprise red"} <= set(column(streets[0], sql))
    assert {"shop green", "shop yellow", "shop red"} <= set(column(streets[0], sql))


def test_building_again_gives_the_same_colours(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-22 10:00", **ledgers(5))
    before = evaluations(snapshot_of(store))
    load(store, "2026-11-22 11:00", grid=[{}])
    assert evaluations(snapshot_of(store)) == before != []


def test_the_day_a_card_foretells_is_the_day_the_colour_is_given(tmp_path: Path) -> None:
    """A major hazard in its limit, closed the next day: it never becomes overdue, so no look comes of it."""
    store, key = Store(tmp_path), FIRMS[0]
    case: dict[str, Any] = {
        "hazard_no": "YH-1",
        "place": "甲厂",
        "level": "major",
        "reported_at": "2026-11-18 09:00",
        "filed_at": "2026-11-18 09:30",
        "due_at": "2026-11-29 18:00",
    }
    papers = {"enterprise_key": key, "signed_on": "2026-01-05", "valid_until_on": "2027-12-31"}
    load(
        store,
        "2026-11-22 10:00",
        enterprise=[{"enterprise_no": key, "record_key": key, "name": "甲厂", "grid_code": "WG-0101"}],
        patrol_log=[{"patrolled_at": "2026-03-02 09:00", "place": "甲厂"}],
        hazard=[case, {"hazard_no": "YH-0", "reported_at": "2026-03-02 09:00"}],
        responsibility_letter=[papers],
        danger_source=[{"enterprise_key": key, "found_on": "2026-03-02", "registered_on": "2026-03-02"}],
    )
    scope = Scope(date(2026, 11, 1), date(2026, 11, 23))
    fixes = subject_card.fixes(snapshot_of(store), scope, enterprise_key=key)
    foretold = dict(zip(fixes["wanted_colour"], fixes["earliest_on"], strict=True))
    load(store, "2027-06-01 10:00", hazard=[{**case, "closed_at": "2026-11-23 09:00"}])
    given_on = (
        "select min(evaluated_on) from colour_evaluation where assigned = $colour and evaluated_on > $day"
    )
    for colour, day in foretold.items():
        [came] = column(snapshot_of(store), given_on, {"colour": colour, "day": date(2026, 11, 22)})
        assert came == day.date()
    assert {colour: str(day.date()) for colour, day in foretold.items()} == {
        "yellow": "2027-01-01",
        "green": "2027-03-01",
    }


def test_every_colour_holds_until_the_next_look(streets: list[Snapshot]) -> None:
    spelled = (
        "select enterprise_key, scheme, colour, colour_before, rated_on, until_on, colour_basis, score,"
        " evaluation_no from computed_spell order by all"
    )
    counted = (
        "select enterprise_key, scheme, colour, lag(colour) over in_turn, evaluated_on,"
        " lead(evaluated_on, 1, date '9999-12-31') over in_turn,"
        " if(is_overridden, 'override', 'rule'), cast(score as double), evaluation_no from colour_evaluation"
        " window in_turn as (partition by enterprise_key, scheme order by evaluated_on) order by all"
    )
    with streets[0].cursor() as cursor:
        assert cursor.execute(spelled).fetchall() == cursor.execute(counted).fetchall() != []
        overridden = cursor.execute(
            "select count(*) from computed_spell where colour_basis = 'override'"
        ).fetchall()
    assert overridden[0][0] > 0
