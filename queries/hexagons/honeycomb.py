"""Lays H3 hexagons over the street and counts the points in each."""

from functools import lru_cache

import h3
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

# More hexagons than this draw slowly and tell no more.
MOST_CELLS = 20_000


def honeycomb(spots: pd.DataFrame, polygons: pd.Series, resolution: int) -> pd.DataFrame:
    """The hexagons of the street with their points, ordered by cell.

    Takes spots with lon, lat and weight, and the grids' polygons as GeoJSON texts. Columns: cell, lon, lat,
    value.
    """
    texts = tuple(polygons.dropna())
    while True:
        empty = _inside(texts, resolution) if texts else _around(spots, resolution)
        found = [
            h3.latlng_to_cell(lat, lon, resolution)
            for lon, lat in zip(spots["lon"], spots["lat"], strict=True)
        ]
        values = pd.Series(spots["weight"].to_numpy(), index=found, dtype="int64").groupby(level=0).sum()
        cells = sorted(empty | set(values.index))
        if len(cells) <= MOST_CELLS or resolution == 0:
            break
        resolution -= 1
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
def _inside(polygons: tuple[str, ...], resolution: int) -> frozenset[str]:
    """The hexagons whose middle lies in one of the grids."""
    shapes = shapely.make_valid(shapely.from_geojson(np.array(polygons, dtype=object)))
    return _filled(shapely.union_all(shapes), resolution)


def _around(spots: pd.DataFrame, resolution: int) -> frozenset[str]:
    """Without polygons the street is the hull of its points."""
    return _filled(
        shapely.convex_hull(shapely.multipoints(spots[["lon", "lat"]].to_numpy(float))), resolution
    )


def _filled(shape: BaseGeometry, resolution: int) -> frozenset[str]:
    areas = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and not part.is_empty]
    return frozenset(cell for part in areas for cell in h3.geo_to_cells(part, resolution))
