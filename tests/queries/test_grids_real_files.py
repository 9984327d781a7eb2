"""Boston's and New York's own polygons as grids, and Boston's cases in them by the facts and by shapely.

The files are open data beside the repository, never in it: without them these tests are skipped.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import h3
import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from data import template
from data.intake.load import Source, load
from data.intake.take import Wishes
from data.warehouse import Snapshot, Store
from queries import Scope, grids, hazards, hexagons, narrowing
from tests.queries.grid_twins import by_code

REAL = Path(__file__).parents[3] / "shared" / "data"
FILES = {
    "nyc_districts": "geo/nyc_community_districts_71.geojson",
    "boston_neighborhoods": "geo/boston_neighborhoods_26.geojson",
    "boston_311": "hazard_boston311/boston311_sample_2015_2019.csv",
}
YEARS = Scope(date(2015, 1, 1), date(2020, 1, 1), as_at=datetime(2019, 12, 31, 23, 59, 59))
BOSTON = Scope(YEARS.since, YEARS.until, ("波士顿市",), as_at=YEARS.as_at)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"公开数据不在 {REAL}，跳过真实文件的检验"),
]


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cities")
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        store = Store(folder / "store")
        for name, place in FILES.items():
            load(store, [Source(REAL / place, place)], Wishes(template=template.load(Path(name))))
        newest = store.newest()
        assert newest is not None
        yield newest


def shapes(name: str, key: str) -> dict[str, BaseGeometry]:
    """The city's own polygons, repaired, by the name that becomes the grid code."""
    features = json.loads((REAL / FILES[name]).read_text("utf-8"))["features"]
    return {
        each["properties"][key]: shapely.make_valid(shapely.from_geojson(json.dumps(each["geometry"])))
        for each in features
    }


def cases() -> list[tuple[float, float]]:
    """Longitude and latitude of every case that has them."""
    with (REAL / FILES["boston_311"]).open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["LONGITUDE"] and row["LATITUDE"]]
    return [(float(row["LONGITUDE"]), float(row["LATITUDE"])) for row in rows]


def facts() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((REAL / "hazard_boston311" / "facts.json").read_text("utf-8"))["facts"]
    return told


def km2(shape: BaseGeometry) -> float:
    """The area on a plane laid at the shape's middle."""
    up = 111_132.95 - 559.85 * np.cos(2 * np.radians(shape.centroid.y))
    across = 111_412.88 * np.cos(np.radians(shape.centroid.y))
    return float(shape.area * up * across / 1e6)


def test_boston_s_cases_stand_in_their_neighbourhoods(cities: Snapshot) -> None:
    found = by_code(grids.by_grid(cities, BOSTON, "filed"))
    counted = {code: row["value"] for code, row in found.items() if row["value"]}
    assert counted == facts()["points_in_polygon"]
    twin = Counter(
        name
        for name, shape in shapes("boston_neighborhoods", "name").items()
        for lon, lat in cases()
        if shapely.intersects_xy(shape, lon, lat)
    )
    assert counted == twin
    assert (
        sum(counted.values()) == hazards.case_measures(cities, replace(YEARS, grids=tuple(found)))["filed"][0]
    )


def test_a_neighbourhood_without_a_case_is_unreported_not_empty(cities: Snapshot) -> None:
    found = by_code(grids.by_grid(cities, BOSTON, "filed"))
    silent = set(found) - set(facts()["points_in_polygon"])
    assert silent == {"Harbor Islands"}
    assert {(found[code]["value"], found[code]["is_reported"]) for code in silent} == {(None, False)}


def test_the_cases_per_square_kilometre_agree_with_shapely_s_area(cities: Snapshot) -> None:
    found = by_code(grids.by_grid(cities, BOSTON, "filed_per_km2"))
    outlines = shapes("boston_neighborhoods", "name")
    for code, count in facts()["points_in_polygon"].items():
        assert found[code]["value"] == pytest.approx(count / km2(outlines[code]), rel=2e-3), code
    # the densest first
    assert found["Bay Village"]["place_no"] == 1


@pytest.mark.parametrize(
    ("name", "key", "community"),
    [("boston_neighborhoods", "name", "波士顿市"), ("nyc_districts", "community_board", "纽约市")],
)
def test_the_cities_own_polygons_are_grids(cities: Snapshot, name: str, key: str, community: str) -> None:
    found = grids.polygons(cities, YEARS)
    own = found[found["community"] == community]
    outlines = shapes(name, key)
    assert set(own["grid_code"]) == set(outlines)
    for code, lon, lat, area_m2, text in zip(
        own["grid_code"], own["lon"], own["lat"], own["area_m2"], own["polygon"], strict=True
    ):
        shape = shapely.from_geojson(text)
        assert shape.is_valid
        assert shapely.intersects_xy(shape, lon, lat), code
        assert area_m2 / 1e6 == pytest.approx(km2(outlines[code]), rel=2e-3), code


def test_what_lies_outside_boston_is_listed(cities: Snapshot) -> None:
    whole = shapely.union_all(
        [
            *shapes("boston_neighborhoods", "name").values(),
            *shapes("nyc_districts", "community_board").values(),
        ]
    )
    outside = [point for point in cases() if not shapely.intersects_xy(whole, *point)]
    found = grids.outside(cities, narrowing.whole(BOSTON))
    assert sorted(zip(found["lon"], found["lat"], strict=True)) == pytest.approx(sorted(outside))
    assert len(outside) == len(cases()) - sum(facts()["points_in_polygon"].values())
    assert found["distance_m"].is_monotonic_decreasing
    assert (found["distance_m"] > 0).all()


def test_boston_s_hexagons_hold_every_case(cities: Snapshot) -> None:
    found = hexagons.cells(cities, BOSTON, resolution=8)
    in_boston = sum(facts()["points_in_polygon"].values())
    assert found["value"].sum() == in_boston
    middles = [
        cell
        for cell in found["cell"][found["value"] == 0]
        if not any(
            shapely.intersects_xy(shape, *reversed(h3.cell_to_latlng(cell)))
            for shape in shapes("boston_neighborhoods", "name").values()
        )
    ]
    assert middles == []
    assert set(found["spot"]) >= {"hot", "none"}
