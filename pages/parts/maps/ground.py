"""Where the grids lie: their polygons as a browser gets them once, and what every map needs to know."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from pages.parts.maps import shelf

# About a decimetre.
PLACES = 6
# With more corners than this, borders are thinned to what a screen can show: some coasts have a million.
MOST_CORNERS = 40_000
SCREEN_PX = 2400
HATCHES = 90
METRES_PER_DEGREE = 111_320

Bounds = tuple[float, float, float, float]
Shape = Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """The grids of one snapshot that can be drawn. A grid's number is its place in `codes`.

    `middles` are the names with a point inside each.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    polygons: shelf.Sheet
    hatching: shelf.Sheet
    bounds: Bounds
    middles: tuple[tuple[str, float, float], ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of every grid by its code."""
        return {code: number for number, code in enumerate(self.codes)}

    @property
    def width_m(self) -> float:
        """From its western to its eastern edge, in metres."""
        west, south, east, north = self.bounds
        return (east - west) * METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2))


def of_grids(grids: pd.DataFrame) -> Ground | None:
    """The ground under grids: `grid_code`, `grid_name`, `label`, `polygon`. None where none can be drawn.

    A polygon that cannot be read is left out: the load that brought it has said so.
    """
    told = grids.dropna(subset=["polygon"])
    drawn = shapely.from_geojson(told["polygon"].to_numpy(dtype=object), on_invalid="ignore")
    is_drawn = ~(shapely.is_missing(drawn) | shapely.is_empty(drawn))
    if not is_drawn.any():
        return None
    told, drawn = told[is_drawn], drawn[is_drawn]
    codes, names = tuple(told["grid_code"].astype(str)), tuple(told["label"].astype(str))
    bounds: Bounds = tuple(round(float(edge), PLACES) for edge in shapely.total_bounds(drawn))  # type: ignore[assignment]
    thinned = _thinned(drawn, bounds)
    shapes = tuple(_shape(each) for each in thinned)
    hatches = [_shape(each) for each in _hatched(thinned, bounds)]
    numbers = range(len(codes))
    return Ground(
        codes,
        names,
        shapes,
        polygons=shelf.sheet(features(shapes, n=numbers, code=codes, name=names)),
        hatching=shelf.sheet(features(hatches, n=numbers)),
        bounds=bounds,
        middles=tuple(zip(told["grid_name"].fillna(told["label"]), *_middles(thinned), strict=True)),
    )


def features(shapes: Sequence[Shape], **told: Sequence[Any]) -> dict[str, Any]:
    """Geometries as GeoJSON, each with its own of the properties told."""
    rows = [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": each, "properties": row}
            for each, row in zip(shapes, rows, strict=True)
        ],
    }


def _middles(drawn: "np.ndarray[Any, Any]") -> tuple[list[float], list[float]]:
    points = shapely.point_on_surface(drawn)
    return shapely.get_x(points).round(PLACES).tolist(), shapely.get_y(points).round(PLACES).tolist()


def _thinned(drawn: "np.ndarray[Any, Any]", bounds: Bounds) -> "np.ndarray[Any, Any]":
    if shapely.get_num_coordinates(drawn).sum() <= MOST_CORNERS:
        return drawn
    west, south, east, north = bounds
    return shapely.simplify(drawn, max(east - west, north - south) / SCREEN_PX)


def _hatched(drawn: "np.ndarray[Any, Any]", bounds: Bounds) -> "np.ndarray[Any, Any]":
    """Slanting lines across every grid; they run on over its borders, as one set."""
    west, south, east, north = bounds
    slant = north - south
    starts = np.linspace(west - slant, east, HATCHES)
    lines = shapely.linestrings([[(start, south), (start + slant, north)] for start in starts])
    crossing = shapely.intersection(shapely.make_valid(drawn), shapely.multilinestrings(lines))
    parts, owners = shapely.get_parts(crossing, return_index=True)
    is_line = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    hatched = np.array([shapely.MultiLineString()] * len(drawn))
    shapely.multilinestrings(parts[is_line], indices=owners[is_line], out=hatched)
    return hatched


def _shape(each: shapely.Geometry) -> Shape:
    rounded = shapely.transform(each, lambda corners: np.round(corners, PLACES))
    written: Shape = json.loads(shapely.to_geojson(rounded))
    return written
