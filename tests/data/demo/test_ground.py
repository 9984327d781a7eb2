"""The invented street's ground: grids that tile it without a gap, and lie where no street is."""

import re

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.ops import unary_union

from data.demo import census, firms, places
from data.demo.street import street

SHAPES = [shape(feature["geometry"]) for feature in census.polygons(street())["features"]]


def test_grids_tile_the_street_without_gap_or_overlap() -> None:
    whole = unary_union(SHAPES)
    assert all(each.is_valid for each in SHAPES)
    assert isinstance(whole, shapely.Polygon)
    assert len(whole.interiors) == 0
    assert abs(sum(each.area for each in SHAPES) - whole.area) < 1e-12


def test_there_are_eighty_grids_in_seventeen_communities() -> None:
    here = street()
    assert (len(here.grids), len(here.communities)) == (80, 17)
    assert all(3 <= len(community.grids) <= 8 for community in here.communities)


def test_grid_codes_are_fifteen_digits_of_a_county_not_in_use() -> None:
    codes = [grid.code for grid in street().grids]
    assert len(set(codes)) == 80
    assert all(re.fullmatch(r"990101001\d{6}", code) for code in codes)


def test_grids_are_blocks_not_scraps() -> None:
    areas = np.array([grid.polygon.area for grid in street().grids])
    assert areas.min() > 80_000
    assert 12e6 < areas.sum() < 30e6


def test_each_community_is_one_piece() -> None:
    here = street()
    for community in here.communities:
        assert unary_union([here.grids[at].polygon for at in community.grids]).geom_type == "Polygon"


def test_every_place_lies_in_its_grid() -> None:
    here = street()
    spots = places.settle(here, firms.found(here, 1.0), 1.0)
    for grid in here.grids:
        mine = spots.grid == grid.index
        assert shapely.contains_xy(grid.polygon.buffer(-5), spots.x[mine], spots.y[mine]).all()


def test_the_orientation_map_has_river_roads_and_communities() -> None:
    kinds = [feature["properties"]["kind"] for feature in census.orientation(street())["features"]]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "community": 17,
        "outline": 1,
        "river": 1,
        "road": 8,
    }
