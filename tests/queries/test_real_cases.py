"""The questions of 隐患销号 on real cases: Boston's with limits, New York's council over three years.

The files are open data beside the repository, never in it: without them these tests are skipped.
"""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import template
from data.intake.load import Source, load
from data.intake.take import Wishes
from data.warehouse import Snapshot, Store
from queries import Scope, handling, hazards
from tests.builders import snapshot_of
from tests.queries import case_twins as twins

REAL = Path(__file__).parents[3] / "shared" / "data"
BOSTON, COUNCIL = "hazard_boston311", "hazard_nyc_council"
FILES = {BOSTON: "boston311_sample_2015_2019.csv", COUNCIL: "nyc_council_casework_2015_2017.csv.gz"}
TEMPLATES = {BOSTON: "boston_311", COUNCIL: "nyc_council_casework"}
NOW = datetime(2026, 11, 22, 18)
DAY = timedelta(days=1)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"公开数据不在 {REAL}，跳过真实文件的检验"),
]


@dataclass(frozen=True)
class City:
    """A snapshot of one city's file, its rows as they stand in the file, and what was computed from it."""

    street: Snapshot
    rows: list[dict[str, str]]
    facts: dict[str, Any]


def city(folder: str, store: Store) -> City:
    path = REAL / folder / FILES[folder]
    wishes = Wishes(template=template.load(Path(TEMPLATES[folder])))
    load(store, [Source(path, path.name)], wishes)
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        rows = list(csv.DictReader(file))
    told = json.loads((REAL / folder / "facts.json").read_text("utf-8"))["facts"]
    return City(snapshot_of(store), rows, told)


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("boston")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        yield city(BOSTON, Store(folder / "store"))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("council")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        yield city(COUNCIL, Store(folder / "store"))


BOSTON_YEARS = Scope(date(2015, 1, 1), date(2025, 1, 1), as_at=NOW)
COUNCIL_YEARS = Scope(date(2015, 1, 1), date(2018, 1, 1), as_at=NOW)


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def kept(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The council's cases: of rows that repeat a key the first holds."""
    return list({row["unique_key"]: row for row in reversed(rows)}.values())


def test_boston_s_limits_are_kept_and_missed_as_its_file_says(boston: City) -> None:
    due = [(moment(row["TARGET_DT"]), moment(row["CLOSED_DT"])) for row in boston.rows if row["TARGET_DT"]]
    late = sum(1 for limit, closed in due if limit and closed and closed > limit)
    found = hazards.figures(boston.street, BOSTON_YEARS).set_index("figure")
    on_time = found.loc["on_time_handling_rate"]
    assert late == boston.facts["closed_after_target"]
    assert on_time["denominator"] == len(due) == boston.facts["rows"] - boston.facts["no_target"]
    assert on_time["numerator"] == len(due) - late
    assert found.loc["closing_rate", "value"] == 1, "the sample holds closed cases only"
    assert found.loc[["open_stock", "overdue_stock"], "value"].tolist() == [0, 0]


def test_boston_s_late_cases_stand_where_they_were(boston: City) -> None:
    due = hazards.cases(boston.street, BOSTON_YEARS, count="need_to_handle")
    late = due[due["closed_at"] > due["due_eff_at"]]["place"].value_counts().to_dict()
    told = boston.facts["overdue_by_top_neighborhood"]
    assert {place: late[place] for place in told} == told


def test_boston_s_units_add_up(boston: City) -> None:
    rows = handling.standings(boston.street, BOSTON_YEARS, by="unit")
    due = Counter(row["Department"] for row in boston.rows if row["TARGET_DT"])
    assert dict(zip(rows["group_name"], rows["need_to_handle"], strict=True)) == due
    assert (rows.loc[~rows["is_rankable"], "need_to_handle"] < 30).all()


def test_boston_s_median_is_the_file_s(boston: City) -> None:
    curve = hazards.time_to_close(boston.street, BOSTON_YEARS)
    assert curve["median_days"].iloc[0] * 24 == pytest.approx(boston.facts["median_hours"], abs=0.001)
    assert curve["still_open_count"].iloc[0] == 0


def test_the_council_s_closings(council: City) -> None:
    told = council.facts
    first = hazards.time_to_close(council.street, COUNCIL_YEARS).iloc[0]
    assert (first["case_count"], first["still_open_count"]) == (told["distinct_keys"], told["unclosed"])
    assert round(100 * (1 - first["still_open_rate"]), 3) == told["closure_rate_pct"]
    assert first["median_days"] == told["median_days_to_close"]
    balance = hazards.balance(council.street, COUNCIL_YEARS).iloc[0]
    assert balance["newly_filed"] == told["distinct_keys"]
    assert balance["newly_filed"] - balance["closed"] == balance["closing_stock"]


def test_the_council_s_kinds_last_as_long_as_plain_python_says(council: City) -> None:
    curves = handling.time_to_close_by(council.street, COUNCIL_YEARS, by="kind").groupby("group_name").head(1)
    assert len(curves) == 5
    row = curves.iloc[-1]
    lifetimes = []
    for case in kept(council.rows):
        if case["complaint_type"] == row["group_name"]:
            opened, closed = moment(case["opendate"]), moment(case["closedate"])
            assert opened is not None
            lifetimes.append(((closed or NOW) - opened, closed is not None))
    steps = twins.kaplan_meier(lifetimes)
    assert row["case_count"] == len(lifetimes)
    for name, share in (("median_days", 0.5), ("third_quartile_days", 0.25)):
        assert row[name] == next(lasted / DAY for lasted, left in steps if left <= share + 1e-9)


def test_the_council_s_stock_of_a_past_evening(council: City) -> None:
    evening = datetime(2016, 12, 31, 23, 59, 59)
    scope = Scope(date(2016, 1, 1), date(2017, 1, 1), as_at=evening)
    still = [
        case
        for case in kept(council.rows)
        if (opened := moment(case["opendate"])) and opened <= evening and not _closed_by(case, evening)
    ]
    [stage] = handling.stages(council.street, scope).query("stage == 'filed'").to_dict("records")
    asleep = handling.sleeping(council.street, scope, rows=200_000)
    assert stage["stage_stock"] == len(still)
    assert len(asleep) == sum(
        1 for case in still if evening - (moment(case["opendate"]) or evening) > 14 * DAY
    )


def _closed_by(case: dict[str, str], evening: datetime) -> bool:
    closed = moment(case["closedate"])
    return closed is not None and closed <= evening
