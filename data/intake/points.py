"""Reads coordinates: converted to WGS-84 where declared, dropped where they cannot be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from data import coordinates
from data.cleaning import values
from data.intake.block import RowFaults, mapped

FARTHEST_OUTSIDE_M = 2_000
LEAST_POINTS_TO_JUDGE = 30
# Shares nearer to each other than this decide nothing.
CLEAR_LEAD = 0.05
UNDECLARED = "undeclared"
UNDECLARED_SAID = "坐标没有声明坐标系，按 WGS-84 存放；若是别的坐标系，请在表头写明，如「经度（GCJ-02）」。"
MOST_ROWS_NAMED = 5
TYPES = ("lon", "lat", "point")

if TYPE_CHECKING:
    from data.intake.work import Work

Floats = NDArray[np.float64]


@dataclass
class PointTally:
    """How the coordinates of one file fared; kept over its blocks for the report."""

    given: int = 0
    dropped: int = 0
    undeclared_lon: Floats | None = None
    undeclared_lat: Floats | None = None
    dropped_rows: list[int] = field(default_factory=list)

    def notes(self, outline: BaseGeometry | None, sheet: str = "") -> list[str]:
        """Sentences for the report: how many were dropped, and which system undeclared ones seem to be."""
        told = []
        if self.dropped:
            rows = "、".join(map(str, self.dropped_rows))
            where = f"工作表「{sheet}」第 {rows} 行" if sheet else f"第 {rows} 行"
            alike = "等，其余各行也是这样" if self.dropped > len(self.dropped_rows) else ""
            told.append(
                f"{self.given} 行有坐标，其中 {self.dropped} 行的坐标不能用"
                f"（写错、经纬度颠倒或在街道外 2 公里以上），已略去坐标，行保留：{where}{alike}。"
            )
        if self.undeclared_lon is None or self.undeclared_lat is None or not len(self.undeclared_lon):
            return told
        if outline is None or len(self.undeclared_lon) < LEAST_POINTS_TO_JUDGE:
            told.append(UNDECLARED_SAID)
        else:
            shares = coordinates.shares_inside(self.undeclared_lon, self.undeclared_lat, outline)
            told.append(_advice(shares))
        return told


def _advice(shares: Mapping[str, float]) -> str:
    """What points without a named system seem to be in, by the share of them inside the street's grids."""
    spelt = "，".join(f"按 {system} 有 {share:.0%}" for system, share in shares.items())
    best, second = sorted(shares, key=lambda system: -shares[system])[:2]
    said = f"坐标没有声明坐标系。落在街道网格内的比例：{spelt}。"
    if shares[best] - shares[second] < CLEAR_LEAD:
        return (
            said
            + "从比例上分不出是哪一种，已按 WGS-84 存放；请向来源问清，并在表头写明，如「经度（GCJ-02）」。"
        )
    if best == "WGS-84":
        return said + "最像 WGS-84，已按 WGS-84 存放。"
    return (
        f"{said}最像 {best}，但未作转换，暂按 WGS-84 存放；请在表头写明（如「经度（{best}）」）后重新装载，"
        f"或先撤销这次装载再用 --crs {best} 装载。"
    )


def locate(work: "Work") -> None:
    """Adds lon, lat (WGS-84) and crs (the system they came in) where the sheet tells coordinates."""
    fields = work.reader.told(*TYPES)
    if not fields or not {each.name for each in fields} & set(work.reader.header.columns):
        return
    header = work.reader.header
    headings = "".join(
        header.whole_heading(index) for each in fields for index in header.columns.get(each.name, ())
    )
    system = work.reader.system or coordinates.system_named_in(headings)
    pair = _pair(work)
    if pair is None:
        return
    tally = work.reader.tally
    lon, lat = cleaned(*pair, system, work.reader.known.outline, tally)
    there = ~np.isnan(lon)
    lost = np.flatnonzero(~np.isnan(pair).all(axis=0) & ~there)[: MOST_ROWS_NAMED - len(tally.dropped_rows)]
    tally.dropped_rows += work.block["row"].take(lost).to_pylist()
    work.columns["lon"], work.columns["lat"] = pa.array(lon, mask=~there), pa.array(lat, mask=~there)
    work.columns["crs"] = pc.if_else(pa.array(there), system or UNDECLARED, pa.scalar(None, pa.string()))


def _pair(work: "Work") -> tuple[Floats, Floats] | None:
    """Longitudes and latitudes as the sheet has them, in two columns or in one; NaN where unreadable."""
    columns = [work.text(name) for name in ("lon", "lat")]
    if columns[0] is not None and columns[1] is not None:
        faults = RowFaults(work.count)
        lon, lat = (mapped(text, _degrees, "DOUBLE", faults, "lon") for text in columns if text is not None)
        return tuple(pc.fill_null(each, np.nan).to_numpy(zero_copy_only=False) for each in (lon, lat))
    text = work.text("point")
    if text is None:
        return None
    pairs = [coordinates.parse_pair(cell) or (np.nan, np.nan) for cell in text.to_pylist()]
    both = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _degrees(text: str) -> float | None:
    degrees = values.number(text)
    return degrees if isinstance(degrees, float) else None


def cleaned(
    lon: Floats, lat: Floats, system: str | None, outline: BaseGeometry | None, tally: PointTally
) -> tuple[Floats, Floats]:
    """Longitudes and latitudes in WGS-84, NaN where there is none or it cannot be right."""
    given = ~(np.isnan(lon) & np.isnan(lat))
    possible = coordinates.is_plausible(lon, lat)
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
