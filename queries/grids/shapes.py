"""Works with the grids' polygons: a point inside each, and which points lie in none of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from data.coordinates import distance_outside_m
from queries.hexagons.honeycomb import outline

# Half a spot, in degrees: spots are told to three decimals, about 100 m.
HALF_SPOT = 0.0005


def with_middles(grids: pd.DataFrame) -> pd.DataFrame:
    """The grids with `lon` and `lat` filled in: the middle, or another point inside where it lies outside."""
    found = grids.copy()
    there = found["polygon"].notna()
    shapes = shapely.from_geojson(found.loc[there, "polygon"].to_numpy(dtype=object))
    middles = shapely.centroid(shapes)
    points = np.where(shapely.contains(shapes, middles), middles, shapely.point_on_surface(shapes))
    found.loc[there, "lon"] = shapely.get_x(points)
    found.loc[there, "lat"] = shapely.get_y(points)
    return found


def suspects(polygons: pd.Series, spots: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The spots that do not lie wholly inside the grids: only their points need a closer look."""
    street = outline(polygons)
    told = pd.concat(spots)[["lon", "lat"]].drop_duplicates()
    if street is None:
        return told.iloc[:0]
    lon, lat = told["lon"].to_numpy(), told["lat"].to_numpy()
    boxes = shapely.box(lon - HALF_SPOT, lat - HALF_SPOT, lon + HALF_SPOT, lat + HALF_SPOT)
    shapely.prepare(street)
    return told[~shapely.covers(street, boxes)]


def off_the_grids(records: pd.DataFrame, polygons: pd.Series) -> pd.DataFrame:
    """The records outside every grid with `distance_m`, the farthest first."""
    street = outline(polygons)
    if street is None:
        return records.iloc[:0]
    metres = distance_outside_m(records["lon"], records["lat"], street)
    found = records.assign(distance_m=metres)[metres > 0]
    return found.sort_values("distance_m", ascending=False, kind="stable", ignore_index=True)
