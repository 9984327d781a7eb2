"""Lays H3 hexagons over the street and counts the points in each."""

from functools import lru_cache

import h3
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

# More hexagons than this draw slowly and tell no more.
MOST_CELLS = 20_000
M2_PER_DEGREE2 = 111_195.0**2


def outline(polygons: pd.Series) -> BaseGeometry | None:
    """All grids, told as GeoJSON texts, as one shape; None where no polygon is known."""
    return _union(tuple(polygons.dropna()))


def honeycomb(spots: pd.DataFrame, polygons: pd.Series, resolution: int) -> pd.DataFrame:
    """The hexagons of the street with their points, ordered by cell.

    Takes spots with lon, lat and weight, and the grids' polygons; without any the street is the hull of its
    points. Columns: cell, lon, lat, value.
    """
    street = outline(polygons)
    if street is None:
        street = shapely.MultiPoint(spots[["lon", "lat"]].to_numpy(dtype=float)).convex_hull
    resolution = _fitting(street, resolution)
    found = [
        h3.latlng_to_cell(lat, lon, resolution) for lon, lat in zip(spots["lon"], spots["lat"], strict=True)
    ]
    values = pd.Series(spots["weight"].to_numpy(), index=found, dtype="int64").groupby(level=0).sum()
    cells = sorted(_inside(street, resolution) | set(values.index))
    middles = np.array([h3.cell_to_latlng(cell) for cell in cells]).reshape(-1, 2)
    return pd.DataFrame(
        {
            "cell": pd.Series(cells, dtype="str"),
            "lon": middles[:, 1],
            "lat": middles[:, 0],
            "value": values.reindex(cells, fill_value=0).to_numpy(dtype="int64"),
        }
    )


@lru_cache(maxsize=16)
def _union(polygons: tuple[str, ...]) -> BaseGeometry | None:
    shapes = shapely.make_valid(shapely.from_geojson(np.array(polygons, dtype=object)))
    return shapely.union_all(shapes) if polygons else None


def _fitting(street: BaseGeometry, resolution: int) -> int:
    """The resolution, or the finest coarser one that needs no more than MOST_CELLS."""
    area_m2 = street.area * M2_PER_DEGREE2 * np.cos(np.radians(street.centroid.y if street.area else 0))
    while resolution and area_m2 / h3.average_hexagon_area(resolution, unit="m^2") > MOST_CELLS:
        resolution -= 1
    return resolution


@lru_cache(maxsize=16)
def _inside(street: BaseGeometry, resolution: int) -> frozenset[str]:
    """The hexagons whose middle lies in the street."""
    areas = [part for part in shapely.get_parts(street) if part.geom_type == "Polygon" and not part.is_empty]
    return frozenset(cell for part in areas for cell in h3.geo_to_cells(part, resolution))
