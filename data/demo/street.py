"""The invented street 清禾街道: seventeen communities, eighty grids, and what each of them is like.

The county code 990101 is not in use anywhere; 15-digit grid codes are county + street + community + grid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from shapely import Polygon

from data.demo import terrain
from data.demo.columns import Floats, Integers
from data.demo.seed import dice

STREET_NAME = "清禾街道"
STREET_CODE = "990101001"
GRID_COUNT = 80

# Name and character, west to east in four rows from north to south, as the communities are numbered.
COMMUNITIES = (
    ("石埠社区", "residential"),
    ("云章社区", "residential"),
    ("望禾社区", "old"),
    ("听澜社区", "residential"),
    ("智汇港社区", "industrial"),
    ("东浦社区", "residential"),
    ("青枫社区", "commercial"),
    ("半山桥社区", "commercial"),
    ("集贤社区", "residential"),
    ("锦塘社区", "residential"),
    ("鹤鸣社区", "old"),
    ("新圩社区", "industrial"),
    ("长堤社区", "old"),
    ("百工社区", "industrial"),
    ("麦香社区", "old"),
    ("南栅社区", "commercial"),
    ("塘前社区", "industrial"),
)
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Community:
    """One community: its place in the list, code, name, character and the grids that make it up."""

    index: int
    code: str
    name: str
    character: str
    grids: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """One grid. `polygon` is in metres from the centre; the shares say where firms and shops settle."""

    index: int
    community: int
    code: str
    name: str
    is_dedicated: bool
    polygon: Polygon
    households: int
    population: int
    floating_population: int
    enterprise_share: float
    shop_share: float


@dataclass(frozen=True)
class Street:
    """The whole street, with a few hidden traits of its grids as arrays in grid order.

    `dose`: how often it is visited. `risk`: how often something is found. `delay`: what its people add to the
    chance of being late. `silent`: the grid that has stopped reporting. `paused`: one that did for a while.
    `hasty`: the grids that close cases on paper at the end of the month.
    """

    communities: tuple[Community, ...]
    grids: tuple[Grid, ...]
    dose: Floats
    risk: Floats
    delay: Floats
    silent: int
    paused: int
    hasty: tuple[int, ...]

    @property
    def community_of(self) -> Integers:
        """The community's index of every grid."""
        return np.array([grid.community for grid in self.grids], np.int64)


@cache
def street() -> Street:
    """The street, always the same, whatever the period or the scale."""
    blocks = _numbered(terrain.blocks(len(COMMUNITIES)))
    counts = _grids_per_block(blocks)
    parts: list[Polygon] = []
    owners: list[int] = []
    for index, (block, count) in enumerate(zip(blocks, counts, strict=True)):
        lots = sorted(terrain.cut(block, count, dice("cut", index)), key=_reading_order)
        parts += lots
        owners += [index] * count
    shapes = terrain.share_corners(parts)
    grids = tuple(_grids(shapes, owners))
    communities = tuple(
        Community(
            index,
            f"{STREET_CODE}{index + 1:03d}",
            name,
            character,
            tuple(grid.index for grid in grids if grid.community == index),
        )
        for index, (name, character) in enumerate(COMMUNITIES)
    )
    roll = dice("traits")
    risk = roll.lognormal(0, 0.45, GRID_COUNT)
    delay = roll.normal(0, 0.035, GRID_COUNT)
    # The silent grids are ones where much was found before they fell silent: their silence is not safety.
    old, shops = communities[10].grids, communities[15].grids
    silent, paused = old[1], shops[0]
    risk[[silent, paused]] = 1.9
    hasty = (
        communities[11].grids[0],
        communities[11].grids[2],
        communities[6].grids[1],
        communities[16].grids[1],
    )
    return Street(communities, grids, roll.lognormal(0, 0.38, GRID_COUNT), risk, delay, silent, paused, hasty)


def _numbered(blocks: list[Polygon]) -> list[Polygon]:
    """Rows from north to south, each from west to east: the order the grid coding rule asks for."""
    rows = sorted(blocks, key=lambda block: -block.centroid.y)
    sizes = (6, 4, 4, 3)
    ordered: list[Polygon] = []
    for size in sizes:
        row, rows = rows[:size], rows[size:]
        ordered += sorted(row, key=lambda block: block.centroid.x)
    return ordered


def _grids_per_block(blocks: list[Polygon]) -> list[int]:
    """Eighty grids over the blocks: more where it is large and near the centre, three to seven each."""
    wish = np.array(
        [block.area**0.7 / (1 + block.centroid.distance(shapely.Point(0, 0)) / 4_500) for block in blocks]
    )
    wish = wish / wish.sum() * GRID_COUNT
    counts = np.clip(np.floor(wish), 3, 7).astype(int)
    while counts.sum() != GRID_COUNT:
        short = wish - counts
        at = int(np.argmax(short)) if counts.sum() < GRID_COUNT else int(np.argmin(short))
        counts[at] += 1 if counts.sum() < GRID_COUNT else -1
    return [int(count) for count in counts]


def _reading_order(shape: Polygon) -> tuple[float, float]:
    return (shape.centroid.x - 0.4 * shape.centroid.y, -shape.centroid.y)


def _grids(shapes: list[Polygon], owners: list[int]) -> Iterator[Grid]:
    roll = dice("census")
    seen: dict[int, int] = {}
    for index, (shape, owner) in enumerate(zip(shapes, owners, strict=True)):
        character = COMMUNITIES[owner][1]
        number = seen[owner] = seen.get(owner, 0) + 1
        dedicated = character in ("industrial", "commercial") and number == 1
        homes = {"old": 520, "residential": 460, "commercial": 400, "industrial": 300}[character]
        households = round(homes * float(roll.uniform(0.72, 1.3)) * (0.25 if dedicated else 1))
        population = round(households * float(roll.uniform(2.1, 2.7)))
        share = {"old": 0.22, "residential": 0.3, "commercial": 0.42, "industrial": 0.68}[character]
        yield Grid(
            index,
            owner,
            f"{STREET_CODE}{owner + 1:03d}{number:03d}",
            f"第{NUMERALS[number - 1]}网格",
            dedicated,
            shape,
            households,
            population,
            round(population * share * float(roll.uniform(0.8, 1.2))),
            {"old": 0.25, "residential": 0.4, "commercial": 0.7, "industrial": 6.0}[character]
            * float(roll.lognormal(0, 0.5)),
            {"old": 1.0, "residential": 1.0, "commercial": 5.0, "industrial": 0.6}[character]
            * float(roll.lognormal(0, 0.5)),
        )
