"""The shifts between WGS-84 and the systems of Chinese maps, GCJ-02 and BD-09, both ways.

GCJ-02 (高德, 腾讯, most phone programs) lies some 500 m off, BD-09 (百度) some 1,100 m. Outside China the
three are the same. Arrays are degrees, float64; NaN stands for "no coordinate" and stays NaN.
"""

import numpy as np
import numpy.typing as npt

SYSTEMS = ("WGS-84", "GCJ-02", "BD-09")
Degrees = npt.NDArray[np.float64]

# The box inside which maps are shifted, the ellipsoid (Krasovsky 1940) and the turn that Baidu adds.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_AXIS_M, _ECCENTRICITY = 6_378_245.0, 0.006693421622965943
_BAIDU_TURN = np.pi * 3_000 / 180
_REACH = 0.1  # degrees: no shift is larger
_ROUNDS = 12  # each round of the inverse divides the error by 50 or more


def from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, system: str) -> tuple[Degrees, Degrees]:
    """The point in the shifted system."""
    lon, lat = as_degrees(lon, lat)
    inside = _in_box(lon, lat, 0.0)
    shifted_lon, shifted_lat = _shifted(lon, lat, system)
    return np.where(inside, shifted_lon, lon), np.where(inside, shifted_lat, lat)


def to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, system: str) -> tuple[Degrees, Degrees]:
    """The point in WGS-84: the inverse of `from_wgs84`, found by iteration to well under a centimetre."""
    lon, lat = as_degrees(lon, lat)
    if system == "WGS-84":
        return lon, lat
    near = _in_box(lon, lat, _REACH)
    goal_lon, goal_lat = lon[near], lat[near]
    true_lon, true_lat = goal_lon, goal_lat
    for _ in range(_ROUNDS):
        shifted_lon, shifted_lat = _shifted(true_lon, true_lat, system)
        true_lon, true_lat = true_lon + goal_lon - shifted_lon, true_lat + goal_lat - shifted_lat
    # A point whose origin lies outside the box was never shifted.
    was_shifted = _in_box(true_lon, true_lat, 0.0)
    lon[near] = np.where(was_shifted, true_lon, goal_lon)
    lat[near] = np.where(was_shifted, true_lat, goal_lat)
    return lon, lat


def as_degrees(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Degrees, Degrees]:
    """Both as new float64 arrays of one dimension at least."""
    return np.array(lon, dtype=np.float64, ndmin=1), np.array(lat, dtype=np.float64, ndmin=1)


def _in_box(lon: Degrees, lat: Degrees, margin: float) -> npt.NDArray[np.bool_]:
    across = (lon >= _WEST - margin) & (lon <= _EAST + margin)
    return across & (lat >= _SOUTH - margin) & (lat <= _NORTH + margin)


def _shifted(lon: Degrees, lat: Degrees, system: str) -> tuple[Degrees, Degrees]:
    if system == "WGS-84":
        return lon, lat
    if system == "GCJ-02":
        return _gcj_from_wgs(lon, lat)
    if system == "BD-09":
        return _bd_from_gcj(*_gcj_from_wgs(lon, lat))
    raise ValueError(f"no such coordinate system: {system}")


def _gcj_from_wgs(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    x, y = lon - 105.0, lat - 35.0
    root = 0.1 * np.sqrt(np.abs(x))
    ripple = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root
    east += (ripple + _waves(x, (20.0, 40.0, 150.0, 300.0), (1.0, 3.0, 12.0, 30.0))) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 2.0 * root
    north += (ripple + _waves(y, (20.0, 40.0, 160.0, 320.0), (1.0, 3.0, 12.0, 30.0))) * 2.0 / 3.0
    angle = np.radians(lat)
    bulge = 1.0 - _ECCENTRICITY * np.sin(angle) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY) / bulge**1.5
    parallel_m = _AXIS_M / np.sqrt(bulge) * np.cos(angle)
    return lon + np.degrees(east / parallel_m), lat + np.degrees(north / meridian_m)


def _waves(at: Degrees, heights: tuple[float, ...], lengths: tuple[float, ...]) -> Degrees:
    return sum(
        (height * np.sin(np.pi * at / length) for height, length in zip(heights, lengths, strict=True)),
        start=np.zeros_like(at),
    )


def _bd_from_gcj(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
