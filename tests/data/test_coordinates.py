"""Coordinates of three systems become one, to the centimetre."""

import numpy as np
import pytest
from shapely import MultiPolygon, box

from data.coordinates import (
    distance_outside_m,
    from_wgs84,
    is_plausible,
    parse_pair,
    shares_inside,
    system_named_in,
    to_wgs84,
)
from data.map_shift import Degrees

METRES_PER_DEGREE = 111_195.0
SHIFTED = ("GCJ-02", "BD-09")
STREET = box(120.66, 30.50, 120.70, 30.54)


def metres_between(one: tuple[Degrees, Degrees], other: tuple[Degrees, Degrees]) -> Degrees:
    east = (one[0] - other[0]) * np.cos(np.radians(one[1]))
    metres: Degrees = np.hypot(east, one[1] - other[1]) * METRES_PER_DEGREE
    return metres


@pytest.fixture(scope="module")
def anywhere_in_china() -> tuple[Degrees, Degrees]:
    chance = np.random.default_rng(20261122)
    return chance.uniform(73.0, 135.5, 200_000), chance.uniform(3.0, 54.0, 200_000)


@pytest.mark.parametrize("system", SHIFTED)
def test_the_way_back_misses_by_less_than_a_centimetre(
    anywhere_in_china: tuple[Degrees, Degrees], system: str
) -> None:
    shifted = from_wgs84(*anywhere_in_china, system)
    assert metres_between(anywhere_in_china, shifted).min() > 10
    assert metres_between(anywhere_in_china, to_wgs84(*shifted, system)).max() < 0.01


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_published_pairs_of_gcj_02_come_out(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    lon, lat = to_wgs84(*gcj, "GCJ-02")
    assert (lon[0], lat[0]) == pytest.approx(wgs, abs=1e-8)


def test_a_published_pair_of_bd_09_comes_out() -> None:
    wgs = to_wgs84(116.404, 39.915, "GCJ-02")
    lon, lat = to_wgs84(116.41036949371029, 39.92133699351021, "BD-09")
    assert (lon[0], lat[0]) == pytest.approx((wgs[0][0], wgs[1][0]), abs=1e-7)


def test_the_shift_at_haining_is_as_large_as_it_is_known_to_be() -> None:
    street = np.array([120.68]), np.array([30.52])
    assert metres_between(street, from_wgs84(*street, "GCJ-02"))[0] == pytest.approx(489, abs=1)
    assert metres_between(street, from_wgs84(*street, "BD-09"))[0] == pytest.approx(1_130, abs=60)


@pytest.mark.parametrize("system", ["WGS-84", *SHIFTED])
def test_outside_china_nothing_is_shifted(system: str) -> None:
    lon, lat = np.array([-71.06, 2.35, 139.69, 151.2, 0.0]), np.array([42.36, 48.86, 35.68, -33.87, 90.0])
    for convert in (from_wgs84, to_wgs84):
        assert np.array_equal(convert(lon, lat, system), (lon, lat))


@pytest.mark.parametrize("system", SHIFTED)
def test_points_at_the_edge_of_the_box_come_back_too(system: str) -> None:
    lat = np.linspace(5, 50, 1_000)
    east = np.full_like(lat, 137.8346), lat
    assert metres_between(east, to_wgs84(*from_wgs84(*east, system), system)).max() < 0.01


@pytest.mark.parametrize("system", ["WGS-84", *SHIFTED])
def test_a_missing_coordinate_stays_missing(system: str) -> None:
    lon, lat = to_wgs84([120.68, np.nan, 120.68], [30.52, 30.52, np.nan], system)
    assert np.isfinite(lon).tolist() == [True, False, True]
    assert np.isfinite(lat).tolist() == [True, True, False]


def test_the_given_arrays_are_left_alone() -> None:
    lon, lat = np.array([120.68]), np.array([30.52])
    to_wgs84(lon, lat, "BD-09")
    assert (lon[0], lat[0]) == (120.68, 30.52)


def test_an_unknown_system_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="no such coordinate system"):
        to_wgs84(120.68, 30.52, "Beijing54")


@pytest.mark.parametrize(
    ("heading", "system"),
    [
        ("经度（GCJ-02）", "GCJ-02"), ("经度(gcj02)", "GCJ-02"), ("高德经度", "GCJ-02"),
        ("腾讯坐标", "GCJ-02"), ("火星坐标", "GCJ-02"),
        ("经 度\n（ＧＣＪ－０２）", "GCJ-02"), ("经度(BD-09)", "BD-09"), ("经度BD09", "BD-09"),
        ("百度纬度", "BD-09"), ("WGS84经度", "WGS-84"),
        ("经度（WGS-84）", "WGS-84"), ("GPS经度", "WGS-84"), ("CGCS2000纬度", "WGS-84"),
        ("天地图坐标", "WGS-84"), ("经度", None), ("坐标", None),
        ("lng", None), ("百度经度(GCJ-02)", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_may_name_its_system(heading: str, system: str | None) -> None:
    assert system_named_in(heading) == system


@pytest.mark.parametrize("system", ["WGS-84", *SHIFTED])
def test_the_right_system_puts_the_most_points_inside_the_street(system: str) -> None:
    chance = np.random.default_rng(3)
    true = chance.uniform(120.66, 120.70, 500), chance.uniform(30.50, 30.54, 500)
    shares = shares_inside(*from_wgs84(*true, system), STREET)
    assert set(shares) == {"WGS-84", "GCJ-02", "BD-09"}
    assert max(shares, key=shares.__getitem__) == system
    assert shares[system] > 0.99
    assert sorted(shares.values())[1] < 0.92


def test_missing_points_do_not_count_in_the_shares() -> None:
    assert shares_inside([120.68, np.nan], [30.52, np.nan], STREET)["WGS-84"] == 1.0
    assert shares_inside([np.nan], [np.nan], STREET) == {"WGS-84": 0.0, "GCJ-02": 0.0, "BD-09": 0.0}


def test_the_distance_outside_is_in_metres() -> None:
    lon = [120.68, 120.70 + 0.02, 120.68, 120.66 - 0.01, np.nan, 30.52]
    lat = [30.52, 30.52, 30.54 + 0.02, 30.50 - 0.01, 30.52, 120.68]
    outside = distance_outside_m(lon, lat, STREET)
    east, north = 0.02 * 95_790, 0.02 * METRES_PER_DEGREE
    assert outside[:4] == pytest.approx([0.0, east, north, np.hypot(east / 2, north / 2)], rel=0.005)
    assert np.isnan(outside[4])
    assert outside[5] > 1_000_000


def test_a_point_between_two_parts_of_a_street_is_measured_to_the_nearer() -> None:
    street = MultiPolygon([box(120.60, 30.50, 120.62, 30.54), STREET])
    assert distance_outside_m([120.65], [30.52], street) == pytest.approx([958], abs=5)


def test_what_cannot_be_a_street_is_not_plausible() -> None:
    lon = [120.68, 30.52, 43.8, -71.06, 0.0, 181.0, np.nan, np.inf]
    lat = [30.52, 120.68, 87.6, 42.36, 0.0, 30.0, 30.52, 30.52]
    assert is_plausible(lon, lat).tolist() == [True, False, False, True, False, False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "120.68,30.52", "120.68，30.52", "120.68 30.52", "120.68;30.52", "[120.68, 30.52]", "(120.68,30.52)",
        "POINT(120.68 30.52)", "E120.68 N30.52", "120.68°E,30.52°N", "30.52N,120.68E", "lat:30.52,lng:120.68",
        '{"lng":120.68,"lat":30.52}', "经度120.68 纬度30.52", "北纬30.52 东经120.68",
        "１２０．６８，３０．５２",
    ],
)  # fmt: skip
def test_a_pair_is_longitude_and_latitude_unless_it_says_otherwise(text: str) -> None:
    assert parse_pair(text) == (120.68, 30.52)


def test_a_pair_may_lie_in_the_west_or_south() -> None:
    assert parse_pair("-71.06,42.36") == (-71.06, 42.36)
    assert parse_pair("42.36N 71.06W") == (-71.06, 42.36)


@pytest.mark.parametrize(
    "text",
    [
        "30.52,120.68",
        "30.52 120.68",
        "0,0",
        "120.68",
        "",
        "无",
        "东门口",
        "120.68,30.52,5",
        "120°40′48″,30°31′12″",
        "\ue001#N/A",
    ],
)
def test_a_swapped_or_strange_pair_is_dropped(text: str) -> None:
    assert parse_pair(text) is None
