"""Corrections across files: what is known of a record after each batch, against a slow plain-Python twin."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import Store
from tests.builders import draft, load, snapshot_of

Row = dict[str, Any]
CELLS = ("level", "kind", "closed_at", "rework_count")


def hazards(store: Store, known_at: str | None = None) -> list[Row]:
    moment = datetime.fromisoformat(known_at) if known_at else None
    names = ("hazard_no", *CELLS, "updated_at")
    sql = f"select {', '.join(names)} from hazard_known($known_at) order by hazard_no"
    rows = snapshot_of(store).cursor().execute(sql, {"known_at": moment}).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_a_later_file_corrects_a_record_of_the_same_key(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-15 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "level": "major"}])
    assert [row["level"] for row in hazards(store)] == ["major"]


def test_a_blank_cell_of_a_later_file_does_not_erase_a_known_value(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-15 09:00", hazard=[{"hazard_no": "A01", "level": "major", "kind": "消防"}])
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "kind": "用电"}])
    assert [(row["level"], row["kind"]) for row in hazards(store)] == [("major", "用电")]


def test_an_older_version_of_a_record_does_not_overwrite_a_newer_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    newer = {"hazard_no": "A01", "level": "major", "updated_at": "2026-11-14 12:00"}
    older = {"hazard_no": "A01", "level": "general", "kind": "消防", "updated_at": "2026-11-13 12:00"}
    load(store, "2026-11-15 09:00", hazard=[newer])
    load(store, "2026-11-16 09:00", hazard=[older])
    [row] = hazards(store)
    assert row["level"] == "major"
    assert row["updated_at"] == datetime(2026, 11, 14, 12)
    assert row["kind"] == "消防", "what the newer version left blank is learnt from the older one"


def test_a_row_without_a_version_time_corrects_one_that_has_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    timed = {"hazard_no": "A01", "level": "major", "updated_at": "2026-11-14 12:00"}
    load(store, "2026-11-15 09:00", hazard=[timed])
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    assert [row["level"] for row in hazards(store)] == ["general"]


def test_both_versions_stay_and_are_known_in_their_time(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-15 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "level": "major"}, {"hazard_no": "A02"}])
    assert hazards(store, "2026-11-15 08:59") == []
    assert [(row["hazard_no"], row["level"]) for row in hazards(store, "2026-11-15 09:00")] == [
        ("A01", "general")
    ]
    assert [(row["hazard_no"], row["level"]) for row in hazards(store, "2026-11-16 09:00")] == [
        ("A01", "major"),
        ("A02", None),
    ]


def test_a_row_sent_again_unchanged_makes_no_new_version(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day in (15, 16, 17):
        load(store, f"2026-11-{day} 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    versions = snapshot_of(store).cursor().execute("select known_at from hazard_version").fetchall()
    assert versions == [(datetime(2026, 11, 15, 9),)]


def test_every_version_names_its_batch_and_its_source_row(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = load(
        store, "2026-11-15 09:00", hazard=[{"hazard_no": "A01", "source_sheet": "一月", "source_row": 7}]
    )
    second = load(
        store,
        "2026-11-16 09:00",
        hazard=[{"hazard_no": "A01", "level": "major", "source_sheet": "二月", "source_row": 9}],
    )
    sql = "select batch_id, source_sheet, source_row from hazard_version order by known_at"
    assert snapshot_of(store).cursor().execute(sql).fetchall() == [
        (first.added[0], "一月", 7),
        (second.added[0], "二月", 9),
    ]


def test_a_clock_turned_back_does_not_turn_knowledge_back(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    load(store, "2026-11-10 09:00", hazard=[{"hazard_no": "A01", "level": "major"}])
    assert [row["level"] for row in hazards(store)] == ["major"]
    assert hazards(store, "2026-11-12 09:00") == []


def twin(loads: list[tuple[datetime, list[Row]]], known_at: datetime) -> list[Row]:
    """What is known at a moment, one cell at a time: the value told last in the order of versions wins."""
    told: dict[str, list[tuple[datetime, int, Row]]] = {}
    for turn, (moment, rows) in enumerate(loads):
        for row in rows if moment <= known_at else []:
            earlier = told.setdefault(row["hazard_no"], [])
            versions = [each["updated_at"] for _, _, each in earlier if each["updated_at"]]
            own = row["updated_at"] or max(versions, default=datetime.min)
            earlier.append((own, turn, row))
    return [{"hazard_no": key, **_latest(told[key])} for key in sorted(told)]


def _latest(told: Iterable[tuple[datetime, int, Row]]) -> Row:
    known: Row = dict.fromkeys(CELLS)
    versions = [row["updated_at"] for _, _, row in told if row["updated_at"]]
    for _, _, row in sorted(told, key=lambda each: each[:2]):
        known |= {name: row[name] for name in CELLS if row[name] is not None}
    return known | {"updated_at": max(versions, default=None)}


@pytest.mark.parametrize("seed", range(6))
def test_random_corrections_are_known_as_the_plain_twin_knows_them(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    start = datetime(2026, 11, 1, 9)
    loads: list[tuple[datetime, list[Row]]] = []
    for turn in range(7):
        numbers = chance.sample([f"A{n:02}" for n in range(30)], k=20)
        loads.append((start + timedelta(days=turn), [_random_row(chance, number) for number in numbers]))
    store = Store(tmp_path)
    with store.scratch() as scratch:
        store.publish([draft(scratch, moment.isoformat(), {"hazard": rows}) for moment, rows in loads])
    for moment, _ in loads:
        assert hazards(store, moment.isoformat()) == twin(loads, moment)
    assert hazards(store) == twin(loads, datetime.max)


def _random_row(chance: random.Random, number: str) -> Row:
    return {
        "hazard_no": number,
        "level": chance.choice([None, "general", "larger", "major"]),
        "kind": chance.choice([None, "消防", "用电"]),
        "closed_at": chance.choice([None, None, datetime(2026, 11, chance.randint(1, 9))]),
        "rework_count": chance.choice([None, 0, 1]),
        "updated_at": chance.choice([None, datetime(2026, 10, chance.randint(1, 28))]),
    }
