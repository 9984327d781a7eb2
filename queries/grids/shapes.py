"""Finds a point inside each grid's polygon, where a label or a number can stand."""

import numpy as np
import pandas as pd
import shapely


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
