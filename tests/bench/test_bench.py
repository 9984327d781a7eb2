"""The bench runs and tells of everything, and its plain answers are the answers. Speed is not judged here."""

import os
from pathlib import Path

import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries.catalogue import find, questions
from tests.bench import answering, importing, snapshots, visiting
from tests.bench.frames import Frames
from tests.bench.plain_answers import SAME
from tests.bench.printing import Table, row_counts
from tests.pages.street import small_street

if not hasattr(os, "wait4"):
    pytest.skip("the cost of a child process cannot be read here", allow_module_level=True)

PATROLS = 3000


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small street that is grown."""
    return small_street(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def built() -> Table:
    """What building the grown street came to."""
    return snapshots.table()


@pytest.fixture(scope="module")
def street(base: Snapshot, built: Table, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A few thousand patrols."""
    return snapshots.grown(base, tmp_path_factory.mktemp("grown"), PATROLS, built)


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The day of the small street, and a key of its own."""
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    monkeypatch.setenv("STREET_KEY_FILE", str(tmp_path / "key"))


def test_a_grown_street_has_as_many_patrols_as_asked_for(street: Snapshot, built: Table) -> None:
    with street.cursor() as cursor:
        counted = cursor.execute("select count(*), count(distinct patrol_no) from patrol_log").fetchone()
    assert counted == (3000, 3000)
    assert [row[:2] for row in built.rows] == [("build", "3k")]


def test_every_question_stands_in_the_table(street: Snapshot) -> None:
    results = answering.table()
    results.rows.extend(answering.measure(street, PATROLS, times=1))
    assert {row[0] for row in results.rows} == {question.name for question in questions()}
    assert all(question.name in str(results) for question in questions())


def test_the_import_is_measured_for_both_kinds_of_file(base: Snapshot, tmp_path: Path) -> None:
    results = importing.measure(base, tmp_path, [2000], workbook=500)
    assert [(row[0], row[1]) for row in results.rows] == [("csv gb18030", "2k"), ("xlsx", "500")]
    # both keep the same rows: all but those told twice, in no grid or on no day
    assert [row[-2:] for row in results.rows] == [(1993, 1993), (497, 497)]


def test_every_page_is_visited(street: Snapshot) -> None:
    pages = {str(row[0]) for row in visiting.measure(street, PATROLS)}
    assert {"pages/overview/today.py", "pages/overview/wall.py"} <= pages


@pytest.mark.parametrize("name", SAME)
def test_a_plain_answer_is_the_answer(street: Snapshot, name: str) -> None:
    frames = Frames(street)
    for scope in answering.scopes(street).values():
        ours, plain = find(name).ask(street, scope), SAME[name](frames, scope)
        assert len(plain) == len(ours)
        shared = [
            column for column in plain if column in ours and pd.api.types.is_numeric_dtype(ours[column])
        ]
        if "hazard_no" in ours:
            assert list(plain["hazard_no"]) == list(ours["hazard_no"])
        for column in set(shared) - {"source_row"}:
            assert list(plain[column].astype(float).fillna(-1)) == pytest.approx(
                list(ours[column].astype(float).fillna(-1))
            )


def test_sizes_are_read_as_they_are_written() -> None:
    assert row_counts("1M,60k,500") == (500, 60_000, 1_000_000)
