"""Every shipped template loads the real file it was made for, and the answers are those computed elsewhere.

The files are open data beside the repository, never in it: without them these tests are skipped.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely

from data import template
from data.intake.load import Source, check, load
from data.intake.report import FileReport
from data.intake.take import Wishes
from data.warehouse import Store

REAL = Path(__file__).parents[3] / "shared" / "data"
FILES = {
    "nyc_districts": "geo/nyc_community_districts_71.geojson",
    "boston_neighborhoods": "geo/boston_neighborhoods_26.geojson",
    "boston_311": "hazard_boston311/boston311_sample_2015_2019.csv",
    "nyc_311": "hazard_nyc311_open/nyc311_2022-05-01_night.csv",
    "nyc_council_casework": "hazard_nyc_council/nyc_council_casework_2015_2017.csv.gz",
    "nyc_restaurant_inspections": "inspection_nyc/nyc_restaurant_violations_bx_bk_si.csv.gz",
    "sacramento_dispatch": "patrol_sacramento/sacramento_dispatch_2019-01-01_15.csv.gz",
    "wuhan_migration_scale": "migration_wuhan_2020/migration_scale_from_wuhan.csv",
    "wuhan_migration_by_province": "migration_wuhan_2020/human_mobility_from_wuhan.csv",
    "city_movement": "migration_wuhan_2020/exante_within_city_movement_2020.csv",
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"公开数据不在 {REAL}，跳过真实文件的检验"),
]


class Loaded:
    """A warehouse holding every real file, and the reports of their loads by template."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reports: dict[str, FileReport] = {}
        for name, place in FILES.items():
            wishes = Wishes(template=template.load(Path(name)))
            (self.reports[name],) = load(store, [Source(REAL / place, place)], wishes).files
        newest = store.newest()
        assert newest is not None
        self.cursor: duckdb.DuckDBPyConnection = newest.cursor()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self.cursor.execute(sql).fetchall()

    def of(self, name: str, asked: str, table: str = "hazard", rest: str = "") -> list[tuple[Any, ...]]:
        """Rows of a table that one file brought."""
        file = Path(FILES[name]).name
        return self.ask(
            f"select {asked} from {table} join batch using (batch_id) where file_name = '{file}' {rest}"
        )


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("real")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        yield Loaded(Store(folder / "store"))


def facts(folder: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((REAL / folder / "facts.json").read_text("utf-8"))["facts"]
    return told


def test_every_shipped_template_for_a_foreign_file_has_its_file() -> None:
    """One that takes a ledger's own headings is for the street's own files: test_polarity has those."""
    loaded = {name: template.load(Path(name)) for name in template.shipped_names()}
    foreign = {name for name, each in loaded.items() if not each.outputs[0].has_own_headings}
    assert foreign == set(FILES)


@pytest.mark.parametrize(
    ("name", "accepted", "merged"),
    [
        ("nyc_districts", {"grid": 71}, 0),
        ("boston_neighborhoods", {"grid": 26}, 0),
        ("boston_311", {"hazard": 2135}, 0),
        ("nyc_311", {"hazard": 506}, 0),
        ("nyc_council_casework", {"hazard": 149_663}, 70),
        ("nyc_restaurant_inspections", {"enterprise": 9634, "finding": 171_074, "rating": 56_228}, 165_124),
        ("sacramento_dispatch", {"grid": 559, "patrol_log": 12_101}, 11_234),
        ("wuhan_migration_scale", {"migration_index": 72}, 0),
        ("wuhan_migration_by_province", {"migration_index": 1096}, 0),
        ("city_movement", {"migration_index": 672}, 0),
    ],
)
def test_nothing_of_a_real_file_is_lost(
    loaded: Loaded, name: str, accepted: dict[str, int], merged: int
) -> None:
    report = loaded.reports[name]
    assert (report.file_reason, report.accepted, report.merged, report.rejected) == (
        None,
        accepted,
        merged,
        [],
    )


def test_boston_cases(loaded: Loaded) -> None:
    told = facts("hazard_boston311")
    asked = (
        "count(*), count(*) filter (where due_at is null), count(*) filter (where lon is null),"
        " count(*) filter (where closed_at > due_at),"
        " round(median(date_diff('second', reported_at, closed_at)) / 3600, 3)"
    )
    assert loaded.of("boston_311", asked) == [
        tuple(
            told[each]
            for each in ("rows", "no_target", "no_coordinates", "closed_after_target", "median_hours")
        )
    ]
    assert (
        dict(loaded.of("boston_311", "year(reported_at)::varchar, count(*)", rest="group by 1"))
        == told["by_year"]
    )
    by_source = told["by_source"]
    assert dict(loaded.of("boston_311", "source, count(*)", rest="group by 1")) == {
        "snap": by_source["Citizens Connect App"],
        "patrol": by_source["City Worker App"] + by_source["Employee Generated"],
        "hotline": by_source["Constituent Call"],
        "other": by_source["Maximo Integration"] + by_source["Self Service"] + by_source["Twitter"],
    }


@pytest.mark.parametrize(
    ("name", "crossing", "first"),
    [("nyc_districts", 12, "01 Staten Island"), ("boston_neighborhoods", 1, "Hyde Park")],
)
def test_crossing_boundaries_are_repaired_and_reported(
    loaded: Loaded, name: str, crossing: int, first: str
) -> None:
    (note,) = loaded.reports[name].notes
    assert note.startswith(f"{crossing} 个网格的边界自相交，修复后收下：{first}")
    shapes = [shapely.from_geojson(text) for (text,) in loaded.of(name, "polygon", "grid")]
    assert all(shape.is_valid and shape.area > 0 for shape in shapes)
    told = json.loads((REAL / FILES[name]).read_text("utf-8"))["features"]
    before = sum(shapely.from_geojson(json.dumps(each["geometry"])).area for each in told)
    assert sum(shape.area for shape in shapes) == pytest.approx(before, rel=1e-5)


def test_boston_points_fall_into_their_neighbourhoods(loaded: Loaded) -> None:
    told = facts("hazard_boston311")
    found = dict(loaded.of("boston_311", "grid_code, count(*)", rest="and grid_code is not null group by 1"))
    assert found == told["points_in_polygon"]
    late = loaded.of("boston_311", "place, count(*)", rest="and closed_at > due_at group by 1")
    overdue = told["overdue_by_top_neighborhood"]
    assert {place: count for place, count in late if place in overdue} == overdue


def test_new_york_s_night(loaded: Loaded) -> None:
    told = facts("hazard_nyc311_open")
    found = dict(loaded.of("nyc_311", "status, count(*)", rest="group by 1"))
    names = {"Closed": "closed", "In Progress": "in_progress", "Open": "open"}
    assert found == {names[status]: count for status, count in told["by_status"].items()}
    minutes = "date_diff('second', reported_at, closed_at) / 60"
    asked = f"count(closed_at), round(median({minutes}), 4), round(max({minutes}), 2), count(*) - count(lon)"
    assert loaded.of("nyc_311", asked) == [
        tuple(told[each] for each in ("closed", "median_minutes_to_close", "max_minutes", "no_coordinates"))
    ]
    top = loaded.of("nyc_311", "upper(grid_code), count(*)", rest="group by 1 order by 2 desc limit 5")
    assert dict(top) == told["top5_boards"]


def test_new_york_s_council(loaded: Loaded) -> None:
    told = facts("hazard_nyc_council")
    asked = (
        "count(*), round(100.0 * count(closed_at) / count(*), 3),"
        " median(date_diff('day', reported_at, closed_at)),"
        " min(reported_at), max(reported_at)"
    )
    assert loaded.of("nyc_council_casework", asked) == [
        (
            told["distinct_keys"],
            told["closure_rate_pct"],
            told["median_days_to_close"],
            datetime.fromisoformat(told["open_min"]),
            datetime.fromisoformat(told["open_max"]),
        )
    ]
    # The facts count rows; 70 rows repeat the key of another.
    by_year = dict(loaded.of("nyc_council_casework", "year(reported_at), count(*)", rest="group by 1"))
    assert by_year == {2015: 48_450, 2016: 51_921, 2017: 49_292}
    assert sum(told["by_year"].values()) - sum(by_year.values()) == 70


def test_restaurants(loaded: Loaded) -> None:
    told = facts("inspection_nyc")
    colours = dict(loaded.ask("select colour, count(*) from rating group by 1"))
    assert colours == {
        "green": told["green_0_13"], "yellow": told["yellow_14_27"], "red": told["red_28up"],
    }  # fmt: skip
    latest = loaded.ask(
        "select colour, count(*) from"
        " (select arg_max(colour, rated_on) as colour from rating group by enterprise_key)"
        " group by 1"
    )
    assert dict(latest) == told["latest_colour"]
    asked = "select count(*), min(rated_on), max(rated_on), median(score), max(score) from rating"
    assert loaded.ask(asked) == [
        (
            told["scored_inspections"],
            date.fromisoformat(told["date_min"]),
            date.fromisoformat(told["date_max"]),
            told["median_score"],
            told["max_score"],
        )
    ]
    assert loaded.ask("select count(*) from enterprise") == [(told["establishments"],)]


def test_sacramento_s_grids_keep_their_zeros(loaded: Loaded) -> None:
    told = facts("patrol_sacramento")
    by_day = loaded.ask("select patrolled_at::date::varchar, count(*) from patrol_log group by 1")
    assert dict(by_day) == told["by_day"]
    officers = loaded.of("sacramento_dispatch", "count(*) filter (where crew_size is null)", "patrol_log")
    assert officers == [(told["no_officer"],)]
    zeros = "select count(*) from grid where community = '萨克拉门托市' and grid_code like '0%'"
    assert loaded.ask(zeros) == [(334,)]
    assert loaded.ask("select count(*) from patrol_log where grid_code = '0744'") != [(0,)]


def test_wuhan_s_series(loaded: Loaded) -> None:
    series = loaded.of(
        "wuhan_migration_scale",
        "year(indexed_on), count(*), round(sum(index_value), 2), min(indexed_on)",
        "migration_index",
        "group by 1 order by 1",
    )
    # What the file dates 2019 happened eleven days later: it aligns the lunar new year, not the date.
    assert series == [(2019, 36, 192.16, date(2019, 1, 12)), (2020, 36, 167.29, date(2020, 1, 1))]
    peak = "select index_value from migration_index where indexed_on = '2019-02-02' and destination is null"
    assert loaded.ask(peak) == [(9.6,)]
    shares = loaded.of(
        "wuhan_migration_by_province",
        "indexed_on, sum(share)",
        "migration_index",
        "group by 1 having sum(share) > 100",
    )
    assert shares == []


def test_polygons_without_a_template_load_by_their_code(loaded: Loaded) -> None:
    path = REAL / "geo" / "beijing_subdistricts_343.geojson"
    (report,) = check(loaded.store, [Source(path, path.name)], Wishes(ledger="grid")).files
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"grid": 343}, [])
    path = REAL / "geo" / "five_cities_districts.geojson"
    (report,) = check(loaded.store, [Source(path, path.name)], Wishes()).files
    assert report.file_reason == "missing_required_column"
