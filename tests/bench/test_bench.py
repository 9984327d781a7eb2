"""The bench runs and tells of everything, and its plain answers are the answers. Speed is not judged here."""

import os
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import DESK, WALL
from data.warehouse import Snapshot
from queries.catalogue import find, questions
from tests.bench import answering, asking, colours, importing, snapshots, visiting
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
    visited = visiting.table()
    visited.rows.extend(visiting.measure(street, PATROLS))
    titles = [title for group in (*DESK.values(), *WALL.values()) for _, title in group]
    assert [row[0] for row in visited.rows] == titles
    # the wall has no filters; every other page sent something, and packed it
    load_kb, packed_kb, filter_kb = (visiting.HEADINGS.index(name) for name in visiting.SENT[:3])
    for row in visited.rows:
        assert float(str(row[load_kb])) > float(str(row[packed_kb])) > 0
        assert (row[filter_kb] is None) == (row[0] == "大屏")


def test_every_page_s_questions_are_told(street: Snapshot) -> None:
    asked = {(row[0], row[2]) for row in asking.measure(street, PATROLS)}
    assert ("今日态势", "overview.figures") in asked
    assert {title for title, _ in asked} == {title for group in DESK.values() for _, title in group}


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


def test_colours_are_measured_and_the_plain_points_are_the_points(tmp_path: Path) -> None:
    results = colours.measure(tmp_path, 300, 12)
    assert [row[:3] for row in results.rows] == [
        ("facts", "300", 12),
        ("colours", "300", 12),
        ("both, committed", "300", 12),
    ]
    plain = pd.read_parquet(tmp_path / "colours-300" / "plain.parquet")
    with duckdb.connect(tmp_path / "colours-300" / "street.duckdb", read_only=True) as street:
        ours = street.execute(
            "select scheme, enterprise_key, evaluated_on, score from colour_evaluation"
            " where day(evaluated_on) = 1 order by all"
        ).fetchall()
    assert len(ours) > 2000
    plain["day"] = plain["day"].dt.date
    rows = plain[["scheme", "enterprise_key", "day", "score"]].itertuples(index=False, name=None)
    assert sorted(rows) == ours


def test_growth_is_told_from_one_size_to_the_next() -> None:
    visited = visiting.table()
    blank = (0.0,) * 4
    visited.rows.append(("巡查", "1M", 9.0, 100.0, 9.0, 50.0, None, None, None, None, *blank))
    visited.rows.append(("巡查", "10M", 9.0, 150.0, 9.0, 50.0, None, None, None, None, *blank))
    assert visiting.growth(visited).rows == [("巡查", "1M", "10M", 1.5, 1.0, None, None)]


def test_sizes_are_read_as_they_are_written() -> None:
    assert row_counts("1M,60k,500") == (500, 60_000, 1_000_000)
