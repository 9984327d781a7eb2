"""A real dispatch ledger as patrols: its figures against facts.json and against the file read plainly."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data import template
from data.intake.load import Source, load
from data.intake.take import Wishes
from data.warehouse import Snapshot, Store
from queries import Scope, patrols

REAL = Path(__file__).parents[3] / "shared" / "data" / "patrol_sacramento"
FILE = REAL / "sacramento_dispatch_2019-01-01_15.csv.gz"
AS_AT = datetime(2019, 1, 15, 23, 59)
ALL = Scope(date(2019, 1, 1), date(2019, 1, 16), as_at=AS_AT)
WEEK = Scope(date(2019, 1, 7), date(2019, 1, 14), as_at=AS_AT)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.exists(), reason=f"公开数据不在 {REAL}，跳过真实文件的检验"),
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sacramento")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        store = Store(folder / "store")
        wishes = Wishes(template=template.load(Path("sacramento_dispatch")))
        load(store, [Source(FILE, FILE.name)], wishes)
        newest = store.newest()
        assert newest is not None
        yield newest


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with gzip.open(FILE, "rt", encoding="utf-8") as told:
        return list(csv.DictReader(told))


def within(rows: list[dict[str, str]], scope: Scope) -> list[dict[str, str]]:
    return [row for row in rows if f"{scope.since}" <= row["Occurence_Date"] < f"{scope.until}"]


def test_the_days_are_those_of_the_facts(city: Snapshot) -> None:
    told = json.loads((REAL / "facts.json").read_text("utf-8"))["facts"]
    days = patrols.visits_by_day(city, ALL)
    found = {f"{row['patrolled_on']:%Y-%m-%d}": row["visit_count"] for row in days.to_dict("records")}
    assert found == told["by_day"]
    assert days["visit_count"].sum() == told["rows"] == 12_101


def test_the_grids_reached_are_those_of_the_file(city: Snapshot, rows: list[dict[str, str]]) -> None:
    named = {row["Grid"] for row in rows} - {"", "UI"}
    reached = {row["Grid"] for row in within(rows, WEEK)} & named
    [told] = patrols.coverage(city, WEEK).to_dict("records")
    assert (told["covered_grids"], told["grid_count"]) == (len(reached), len(named)) == (534, 559)
    assert told["patrol_coverage_rate"] == pytest.approx(len(reached) / len(named))


def test_kinds_of_calls_are_counted_as_in_the_file(city: Snapshot, rows: list[dict[str, str]]) -> None:
    expected = Counter(row["Call_Type"].strip() for row in within(rows, WEEK))
    found = patrols.by_kind(city, WEEK)
    assert dict(zip(found["kind"], found["visit_count"], strict=True)) == expected


def test_waiting_since_the_last_call_agrees_with_the_file(city: Snapshot, rows: list[dict[str, str]]) -> None:
    last: dict[str, str] = {}
    for row in rows:
        last[row["Grid"]] = max(last.get(row["Grid"], ""), row["Occurence_Date"])
    late = {
        grid
        for grid, on in last.items()
        if grid not in ("", "UI") and AS_AT - datetime.fromisoformat(on) > timedelta(hours=72)
    }
    assert set(patrols.waiting_grids(city, ALL)["grid_code"]) == late
    [told] = patrols.waiting(city, ALL).to_dict("records")
    assert (told["waiting_grids"], told["never_visited_grids"]) == (len(late), 0)


def test_a_ledger_without_hours_judges_no_round_and_no_hour(city: Snapshot) -> None:
    [told] = patrols.round_measures(city, WEEK).to_dict("records")
    assert (told["required_round_days"], told["out_round_days"]) == (5, 5)
    assert (told["timed_rounds"], told["judged_round_days"]) == (0, 5), "one officer is too few, hours or not"
    assert told["crew_met_rate"] == 0
    assert set(patrols.round_days(city, WEEK)["round_state"]) == {"too_few"}
    [rhythm] = patrols.rhythm(city, WEEK).to_dict("records")
    assert (rhythm["timed_visits"], rhythm["untimed_visits"]) == (0, 5779)
    assert pd.isna(rhythm["unpredictability"])
    assert patrols.by_hour(city, WEEK)["visit_count"].sum() == 0


def test_the_weeks_of_the_file(city: Snapshot, rows: list[dict[str, str]]) -> None:
    days = [date.fromisoformat(row["Occurence_Date"]) for row in rows]
    expected = Counter(day - timedelta(days=day.weekday()) for day in days)
    weeks = patrols.by_week(city, ALL)
    found = {row["week_on"].date(): row["visit_count"] for row in weeks.to_dict("records")}
    assert found == expected
