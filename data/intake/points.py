"""Reads a row's coordinates: converted to WGS-84 where their system is declared, dropped where they cannot be right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data import coordinates

FARTHEST_OUTSIDE_M = 2_000
LEAST_POINTS_TO_JUDGE = 30
UNDECLARED = "undeclared"

Floats = NDArray[np.float64]


@dataclass
class PointTally:
    """How the coordinates of one file fared; kept over its blocks for the report."""

    given: int = 0
    dropped: int = 0
    undeclared_lon: Floats | None = None
    undeclared_lat: Floats | None = None

    def notes(self, outline: BaseGeometry | None) -> list[str]:
        """Sentences for the report: how many were dropped, and which system undeclared ones seem to be."""
        told = []
        if self.dropped:
            told.append(
                f"{self.given} 行有坐标，其中 {self.dropped} 行的坐标不能用（写错、经纬度颠倒或在街道外 2 公里以上），已略去坐标，行保留。"
            )
        if outline is None or self.undeclared_lon is None or self.undeclared_lat is None:
            return told
        if len(self.undeclared_lon) >= LEAST_POINTS_TO_JUDGE:
            shares = coordinates.shares_inside(self.undeclared_lon, self.undeclared_lat, outline)
            spelt = "，".join(f"按 {system} 有 {share:.0%}" for system, share in shares.items())
            best = max(shares, key=lambda system: shares[system])
            told.append(
                f"坐标没有声明坐标系，未作转换。落在街道网格内的比例：{spelt}。"
                f"最像 {best}；请在表头写明（如「经度（{best}）」）或用 --crs {best} 重新装载。"
            )
        return told


def cleaned(
    lon: Floats, lat: Floats, system: str | None, outline: BaseGeometry | None, tally: PointTally
) -> tuple[Floats, Floats]:
    """Longitudes and latitudes in WGS-84, NaN where there is none or it cannot be right."""
    given = ~(np.isnan(lon) & np.isnan(lat))
    possible = given & (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ~((lon == 0) & (lat == 0))
    lon, lat = np.where(possible, lon, np.nan), np.where(possible, lat, np.nan)
    if system is None:
        tally.undeclared_lon = _joined(tally.undeclared_lon, lon[possible])
        tally.undeclared_lat = _joined(tally.undeclared_lat, lat[possible])
    else:
        lon, lat = coordinates.to_wgs84(lon, lat, system)
    if outline is not None and possible.any():
        far = np.zeros(len(lon), dtype=bool)
        far[possible] = (
            coordinates.distance_outside_m(lon[possible], lat[possible], outline) > FARTHEST_OUTSIDE_M
        )
        possible &= ~far
    tally.given += int(given.sum())
    tally.dropped += int((given & ~possible).sum())
    return np.where(possible, lon, np.nan), np.where(possible, lat, np.nan)


def _joined(before: Floats | None, more: Floats) -> Floats:
    return more if before is None else np.concatenate([before, more])
