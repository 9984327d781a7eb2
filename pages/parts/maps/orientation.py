"""The street's own quiet lines under and over a map: outline, river, roads, communities and their names.

They come from 底图.geojson in the warehouse folder; without it a map is drawn just the same.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError

from data.demo_street import ORIENTATION
from pages.parts.maps import shelf
from pages.parts.maps.ground import Shape, features

UNDER, OVER = ("outline", "river"), ("community", "road")
LARGEST_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Orientation:
    """The lines below the grids and those above; a feature's `k` is its kind's place. Names lie at points."""

    under: shelf.Sheet
    over: shelf.Sheet
    names: tuple[tuple[str, float, float], ...]


def of_store(folder: Path) -> Orientation | None:
    """What the warehouse folder says, read anew when the file changes; None where nothing can be read."""
    file = folder / ORIENTATION
    try:
        known = file.stat()
    except OSError:
        return None
    return _read(file, known.st_mtime_ns) if known.st_size <= LARGEST_BYTES else None


@lru_cache(maxsize=2)
def _read(file: Path, changed_ns: int) -> Orientation | None:
    """`changed_ns` is only part of the key."""
    try:
        told = json.loads(file.read_text("utf-8"))["features"]
        found = [(each["properties"], each["geometry"]) for each in told if each.get("geometry")]
        names = tuple(
            (str(about["name"]), *_middle(geometry))
            for about, geometry in found
            if about.get("kind") == "community" and about.get("name")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ShapelyError):
        return None
    return Orientation(_sheet(found, UNDER), _sheet(found, OVER), names)


def _sheet(found: list[tuple[dict[str, Any], Shape]], kinds: tuple[str, ...]) -> shelf.Sheet:
    shown = [
        (geometry, kinds.index(about["kind"])) for about, geometry in found if about.get("kind") in kinds
    ]
    shown.sort(key=lambda each: each[1])
    return shelf.sheet(features([each for each, _ in shown], k=[kind for _, kind in shown]))


def _middle(geometry: Shape) -> tuple[float, float]:
    point = shapely.point_on_surface(shapely.from_geojson(json.dumps(geometry)))
    return round(point.x, 6), round(point.y, 6)
