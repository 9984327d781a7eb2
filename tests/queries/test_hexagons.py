"""Points in hexagons, and hot spots: against plain Python, planted clusters, noise and lonely crowds."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import h3
import numpy as np
import pandas as pd
import pytest

from data.trouble import Trouble
from data.warehouse import Snapshot
from queries import Scope, hexagons
from queries.hexagons.honeycomb import MOST_CELLS
from queries.hexagons.spots import false_discovery, with_spots
from tests.builders import street_of
from tests.queries.streets import AS_AT, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
MIDDLE = h3.latlng_to_cell(30.005, 120.005, 9)


def land(radius: int) -> list[str]:
    """The hexagons within so many steps of the middle."""
    return sorted(h3.grid_disk(MIDDLE, radius))


def counted(values: dict[str, int]) -> pd.DataFrame:
    """Hexagons with their points, as `honeycomb` lays them."""
    lat, lon = zip(*(h3.cell_to_latlng(cell) for cell in values), strict=True)
    return pd.DataFrame({"cell": list(values), "lon": lon, "lat": lat, "value": list(values.values())})


def around(cell: str, values: dict[str, int]) -> list[int]:
    return [values[other] for other in h3.grid_disk(cell, 1) if other in values]


def gi_star(cell: str, values: dict[str, int]) -> float:
    """Ord and Getis (1995), formula 14.3 with weights of 0 and 1."""
    own, every, n = around(cell, values), list(values.values()), len(values)
    weights = len(own)
    spread = pstdev(every) * ((n * weights - weights**2) / (n - 1)) ** 0.5
    return float((sum(own) - fmean(every) * weights) / spread)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_scores_agree_with_their_twin(seed: int) -> None:
    dice = random.Random(seed)
    values = {cell: dice.choice([0, 0, 1, 2, 9]) for cell in land(6) if dice.random() < 0.8}
    found = with_spots(counted(values)).set_index("cell")
    assert found["z_score"].to_dict() == pytest.approx({cell: gi_star(cell, values) for cell in values})
    assert found["neighbour_count"].to_dict() == {cell: len(around(cell, values)) - 1 for cell in values}


def test_the_chances_agree_with_every_possible_neighbourhood() -> None:
    """Small enough to try all: of twenty hexagons there are 77,520 sets of seven."""
    dice = random.Random(7)
    values = {cell: dice.choice([0, 1, 1, 2, 3, 5]) for cell in [*land(2), land(20)[0]]}
    assert len(values) == 20
    sums: dict[int, list[int]] = {}
    found = with_spots(counted(values)).set_index("cell")
    for cell in values:
        own = around(cell, values)
        if len(own) not in sums:
            sums[len(own)] = [sum(each) for each in combinations(values.values(), len(own))]
        every = sums[len(own)]
        above = sum(each >= sum(own) for each in every) / len(every)
        below = sum(each <= sum(own) for each in every) / len(every)
        assert found["p_value"][cell] == pytest.approx(min(1, 2 * min(above, below)), abs=0.006)


def test_the_correction_agrees_with_benjamini_and_hochberg_s_own_example() -> None:
    """Their fifteen p-values of 1995: four stand at 5 %; a missing one stays missing and is not counted."""
    told = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    told += [0.6528, 0.7590, 1.0]
    found = false_discovery(np.array([*reversed(told), np.nan]))
    assert (found <= 0.05).sum() == 4
    expected = [min(p * 15 / rank for rank, p in list(enumerate(told, 1))[at:]) for at in range(15)]
    assert found[:15][::-1].tolist() == pytest.approx(expected)
    assert np.isnan(found[15])


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_cluster_is_hot_and_its_surroundings_are_not(seed: int) -> None:
    noise = np.random.default_rng(seed).poisson(2, 271)
    values = dict(zip(land(9), noise.tolist(), strict=True))
    for cell in h3.grid_disk(MIDDLE, 1):
        values[cell] += 10
    found = with_spots(counted(values)).set_index("cell")["spot"]
    hot = set(found.index[found == "hot"])
    assert set(h3.grid_disk(MIDDLE, 1)) <= hot <= set(h3.grid_disk(MIDDLE, 3))
    assert not (found == "cold").any()


def test_an_empty_quarter_of_a_busy_street_is_cold() -> None:
    noise = np.random.default_rng(1).poisson(12, 271)
    values = dict(zip(land(9), noise.tolist(), strict=True))
    values |= dict.fromkeys(h3.grid_disk(MIDDLE, 2), 0)
    found = with_spots(counted(values)).set_index("cell")["spot"]
    assert set(h3.grid_disk(MIDDLE, 1)) <= set(found.index[found == "cold"])


@pytest.mark.parametrize("mean", [0.3, 2, 20])
def test_noise_has_no_spots_in_nearly_every_draw(mean: float) -> None:
    dice = np.random.default_rng(20261122)
    draws = [dice.poisson(mean, 271).tolist() for _ in range(12)]
    told = [with_spots(counted(dict(zip(land(9), draw, strict=True))))["spot"] for draw in draws]
    assert sum((spot != "none").any() for spot in told) <= 2


def test_a_lonely_crowd_is_not_hot_though_the_normal_curve_would_have_it() -> None:
    values = dict.fromkeys(land(9), 1) | {MIDDLE: 300}
    found = with_spots(counted(values)).set_index("cell")
    ring = found.loc[list(h3.grid_disk(MIDDLE, 1))]
    assert (ring["z_score"] > 5).all()
    # the crowd falls among any seven of 271 hexagons that often
    assert ring["p_value"].tolist() == pytest.approx([2 * 7 / 271] * 7, rel=0.05)
    assert (found["spot"] == "none").all()


@pytest.mark.parametrize("values", [{}, dict.fromkeys(land(9), 3), dict.fromkeys(land(2), 1) | {MIDDLE: 50}])
def test_too_few_hexagons_or_all_alike_tell_nothing(values: dict[str, int]) -> None:
    cells = counted(values) if values else counted({MIDDLE: 1}).iloc[:0]
    found = with_spots(cells)
    assert found[["z_score", "p_value", "q_value"]].isna().all(axis=None)
    assert set(found["spot"]) <= {"none"}


RING = [[120.0, 30.0], [120.02, 30.0], [120.02, 30.02], [120.0, 30.02], [120.0, 30.0]]
GRID = {"grid_code": "A1", "polygon": f'{{"type": "Polygon", "coordinates": [{RING}]}}'}


def scattered(seed: int, count: int = 80) -> list[Row]:
    dice = random.Random(seed)
    return [
        {
            "grid_code": "A1",
            "lon": 120 + dice.choice([0.004, dice.random() * 0.02]),
            "lat": 30 + dice.choice([0.004, dice.random() * 0.02]),
            "crs": "WGS-84",
        }
        for _ in range(count)
    ]


SEEDS = {"hazard": 5, "patrol": 6, "report": 7}


@pytest.fixture(scope="module")
def dotted(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    ledgers: Any = {hexagons.LEDGERS[points]: scattered(seed) for points, seed in SEEDS.items()}
    return street_of(tmp_path_factory.mktemp("dotted"), grid=[GRID], **ledgers)


@pytest.mark.parametrize("points", SEEDS)
@pytest.mark.parametrize("resolution", [8, 10, 11])
def test_cells_hold_the_points_and_the_street_between_them(
    dotted: Snapshot, points: str, resolution: int
) -> None:
    rows = scattered(SEEDS[points])
    found = hexagons.cells(dotted, WEEK, points, resolution)
    decimals = 4 if resolution < 11 else 5
    expected = Counter(
        h3.latlng_to_cell(round(row["lat"], decimals), round(row["lon"], decimals), resolution)
        for row in rows
    )
    held = found[found["value"] > 0]
    assert dict(zip(held["cell"], held["value"], strict=True)) == expected
    shape = h3.LatLngPoly([(lat, lon) for lon, lat in RING])
    assert set(found["cell"]) == set(h3.polygon_to_cells(shape, resolution)) | set(expected)
    assert found["cell"].is_monotonic_increasing
    lat, lon = h3.cell_to_latlng(found["cell"][0])
    assert (found["lon"][0], found["lat"][0]) == (lon, lat)


def test_points_on_one_spot_are_told_together(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"lon": 120.00001, "lat": 30.00002, "crs": "WGS-84"},
        {"lon": 120.00004, "lat": 29.99996, "crs": "WGS-84"},
        {"lon": 120.001, "lat": 30.0, "crs": "WGS-84"},
        {"lon": 120.002, "lat": 30.0, "crs": "WGS-84", "voided_at": "2026-11-17 09:00"},
        {"lon": None, "lat": None},
        {"lon": 120.003, "lat": 30.0, "crs": "WGS-84", "reported_at": "2026-11-01 09:00"},
    ]
    found = hexagons.points(street_of(tmp_path, hazard=rows), WEEK)
    assert found.values.tolist() == [[120.0, 30.0, 2], [120.001, 30.0, 1]]


def test_the_scope_narrows_points_and_street_alike(tmp_path: Path) -> None:
    east = {"grid_code": "A2", "polygon": GRID["polygon"].replace("120.", "121.")}
    street = street_of(tmp_path, grid=[GRID, east], hazard=scattered(5))
    assert hexagons.cells(street, WEEK)["lon"].max() > 121
    own = hexagons.cells(street, replace(WEEK, grids=("A1",)))
    assert (own["lon"].max() < 120.03, own["value"].sum()) == (True, 80)
    assert hexagons.cells(street, replace(WEEK, grids=("A2",)))["value"].sum() == 0


def test_without_polygons_the_street_is_the_hull_of_its_points(tmp_path: Path) -> None:
    corners = [(120.0, 30.0), (120.02, 30.0), (120.02, 30.02), (120.0, 30.02)]
    rows: list[Row] = [{"lon": lon, "lat": lat, "crs": "WGS-84"} for lon, lat in corners]
    found = hexagons.cells(street_of(tmp_path, hazard=rows), WEEK)
    assert found["value"].sum() == 4
    assert h3.latlng_to_cell(30.01, 120.01, 9) in set(found["cell"])
    assert hexagons.cells(street_of(tmp_path / "bare", hazard=[{}]), WEEK).empty


def test_a_city_gets_coarser_hexagons(tmp_path: Path) -> None:
    city = GRID["polygon"].replace("120.02", "121.0").replace("30.02", "31.0")
    found = hexagons.cells(street_of(tmp_path, grid=[GRID | {"polygon": city}]), WEEK, "hazard", 11)
    assert {h3.get_resolution(cell) for cell in found["cell"]} == {8}
    assert 10_000 < len(found) <= MOST_CELLS * 1.01


@pytest.mark.parametrize(("points", "resolution"), [("resident", 9), ("hazard", 12), ("hazard", 3)])
def test_people_and_odd_sizes_are_refused(dotted: Snapshot, points: str, resolution: int) -> None:
    with pytest.raises(Trouble, match=r"没有名为「resident」的点|六边形的级别是 7 到 11"):
        hexagons.cells(dotted, WEEK, points, resolution)
