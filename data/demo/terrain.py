"""The ground of the invented street: outline, river, roads, and the blocks they leave between them.

Nowhere real. The shapes are drawn with dice in metres around a point in the middle of a large lake, where no
street can be, and only afterwards given degrees. Distances, areas and neighbours behave as in a real street.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, split, unary_union

from data.demo.seed import dice

CENTRE_LON, CENTRE_LAT = 100.2, 36.9
METRES_PER_LAT = 110_950.0
METRES_PER_LON = 111_320.0 * math.cos(math.radians(CENTRE_LAT))

HALF_WIDTH_M, HALF_HEIGHT_M = 2_900.0, 2_150.0
# How far from the centre each road runs and how it leans (metres a metre).
WEST_EAST = {"兴禾大道": (-1_250.0, 0.09), "织云路": (-420.0, -0.03), "澄心路": (1_230.0, 0.06)}
SOUTH_NORTH = {
    "长风路": (-1_780.0, 0.05),
    "临塘街": (-860.0, -0.13),
    "集贤街": (120.0, -0.04),
    "百工路": (1_000.0, 0.1),
    "东浦大道": (1_900.0, -0.12),
}
RIVER = "清禾河"
RIVER_OFFSET_M = 430.0
RIVER_WIDTH_M = 46.0


@dataclass(frozen=True)
class Terrain:
    """Outline, river and roads in metres from the centre (x east, y north)."""

    outline: Polygon
    river: LineString
    roads: dict[str, LineString]


@cache
def terrain() -> Terrain:
    """The outline of the street with its river and roads, always the same."""
    roll = dice("terrain")
    outline = _outline(roll)
    roads = {name: _road(roll, *run) for name, run in WEST_EAST.items()}
    for name, (offset, slope) in SOUTH_NORTH.items():
        roads[name] = rotate(_road(roll, -offset, slope), 90, origin=(0, 0))
    return Terrain(outline, _river(), roads)


def blocks(count: int) -> list[Polygon]:
    """The outline cut by river and roads, the smallest pieces joined to neighbours until `count` are left."""
    ground = terrain()
    lines = unary_union([ground.outline.exterior, ground.river, *ground.roads.values()])
    pieces = [piece for piece in polygonize(lines) if ground.outline.contains(piece.representative_point())]
    while len(pieces) > count:
        smallest = min(pieces, key=lambda piece: piece.area)
        pieces.remove(smallest)
        friend = max(pieces, key=lambda piece: _welcome(piece, smallest, ground.river))
        pieces[pieces.index(friend)] = _as_one(unary_union([friend, smallest]))
    return pieces


def cut(block: Polygon, count: int, roll: np.random.Generator) -> list[Polygon]:
    """The block in `count` parts of about the same area, along bent lanes across its longer side."""
    if count == 1:
        return [block]
    first = count // 2
    fair = 0.6 * block.area / count
    while True:
        share = first / count + float(roll.uniform(-0.06, 0.06))
        left, right = _halves(block, share, roll)
        # A lane may miss a bay of the block and leave scraps: draw another one.
        whole = isinstance(left, Polygon) and isinstance(right, Polygon)
        if whole and min(left.area / first, right.area / (count - first)) > fair:
            return cut(_as_one(left), first, roll) + cut(_as_one(right), count - first, roll)


def share_corners(parts: Sequence[Polygon]) -> list[Polygon]:
    """The same parts on whole metres, each corner of one written into its neighbour's edge: no gaps."""
    lines = shapely.union_all([part.exterior for part in parts], grid_size=1.0)
    faces = list(polygonize(lines))
    tree = shapely.STRtree(faces)
    grouped: list[list[Polygon]] = [[] for _ in parts]
    for index, part in enumerate(parts):
        for face in tree.query(part):
            if part.contains(faces[face].representative_point()):
                grouped[index].append(faces[face])
    return [_as_one(unary_union(faces)) for faces in grouped]


def in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """The shape in WGS-84 degrees, rounded to six places (a tenth of a metre)."""
    return shapely.transform(shape, lambda xy: np.column_stack(degrees(xy[:, 0], xy[:, 1])))


def degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude (WGS-84, six places) of points given in metres from the centre."""
    return np.round(CENTRE_LON + x / METRES_PER_LON, 6), np.round(CENTRE_LAT + y / METRES_PER_LAT, 6)


def _outline(roll: np.random.Generator) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    radius = 1 + 0.05 * np.sin(2 * angles + 0.7) + 0.06 * np.cos(3 * angles) + 0.035 * np.sin(5 * angles + 2)
    radius += roll.normal(0, 0.012, angles.size)
    # A superellipse: streets end at roads, so their outlines are boxier than a circle.
    box = (np.abs(np.cos(angles)) ** 3.2 + np.abs(np.sin(angles)) ** 3.2) ** (-1 / 3.2)
    x = HALF_WIDTH_M * radius * box * np.cos(angles)
    y = HALF_HEIGHT_M * radius * box * np.sin(angles)
    return Polygon(np.column_stack([x, y]))


def _road(roll: np.random.Generator, offset: float, slope: float) -> LineString:
    x = np.linspace(-3_800, 3_800, 15)
    bends = np.cumsum(roll.normal(0, 38, x.size))
    return LineString(np.column_stack([x, offset + slope * x + bends - bends.mean()]))


def _river() -> LineString:
    x = np.linspace(-3_900, 3_900, 90)
    y = RIVER_OFFSET_M - 0.09 * x + 190 * np.sin(x / 780 + 0.6) + 70 * np.sin(x / 310)
    return LineString(np.column_stack([x, y]))


def _welcome(piece: Polygon, small: Polygon, river: LineString) -> float:
    """Metres of common edge; an edge along the river hardly counts, because communities seldom cross it."""
    edge = piece.intersection(small)
    wet = float(edge.intersection(river.buffer(5)).length)
    return float(edge.length) - 0.95 * wet


def _halves(block: Polygon, share: float, roll: np.random.Generator) -> tuple[BaseGeometry, BaseGeometry]:
    corners = shapely.get_coordinates(block.minimum_rotated_rectangle)[:3]
    sides = np.diff(corners, axis=0)
    longer = sides[int(np.argmax(np.hypot(sides[:, 0], sides[:, 1])))]
    angle = math.degrees(math.atan2(longer[1], longer[0])) + float(roll.normal(0, 9))
    reach = float(np.hypot(longer[0], longer[1]))
    lane = LineString([(float(roll.normal(0, 0.025)) * reach, y) for y in np.linspace(-3_000, 3_000, 13)])
    lane = rotate(lane, angle, origin=(0, 0))
    direction = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])
    near, far = -reach, reach
    middle = np.array(block.centroid.coords[0])
    for _ in range(22):
        step = (near + far) / 2
        parts = _sides(block, translate(lane, *(middle + step * direction)), direction)
        if parts[0].area < share * block.area:
            near = step
        else:
            far = step
    return parts


def _sides(
    block: Polygon, lane: LineString, direction: npt.NDArray[np.float64]
) -> tuple[BaseGeometry, BaseGeometry]:
    """What lies behind the lane and what before it; a lane that misses the block leaves one of them empty."""
    parts = list(split(block, lane).geoms)
    across = lane.intersection(block) if len(parts) > 1 else lane
    mark = _along(across, direction)
    behind = [part for part in parts if _along(part, direction) <= mark]
    before = [part for part in parts if _along(part, direction) > mark]
    return unary_union(behind), unary_union(before)


def _along(shape: BaseGeometry, direction: npt.NDArray[np.float64]) -> float:
    return float(np.dot(shapely.get_coordinates(shape.centroid)[0], direction))


def _as_one(shape: BaseGeometry) -> Polygon:
    """The polygon itself, or the largest of several."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)
