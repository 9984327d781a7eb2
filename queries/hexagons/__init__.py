"""What we ask about points on the map: how many lie where, and where more than chance would have it.

Points are hazards, visits and reports of the public. Where people live or went is never asked here.
"""

from collections.abc import Mapping

import pandas as pd

from data.store.reader import Snapshot
from data.trouble import Trouble
from queries import Scope, run
from queries.hexagons.honeycomb import honeycomb
from queries.hexagons.spots import with_spots
from queries.narrowing import narrowed

LEDGERS: Mapping[str, str] = {"hazard": "hazard", "patrol": "patrol_log", "report": "public_report"}
COARSEST, FINEST = 7, 11


def points(street: Snapshot, scope: Scope, points: str = "hazard", decimals: int = 4) -> pd.DataFrame:
    """The points of the period ("hazard", "patrol" or "report"), those on one spot together.

    One row is one spot of about 10 m, the size of 4 decimals of a degree. A hazard counts in the period it
    was reported in, unless void.

    Columns: lon, lat (degrees), weight (个)
    Source: hazard, patrol_log, public_report
    """
    return run(street, "hexagons/points", scope, ledger=_ledger(points), decimals=decimals)


def cells(street: Snapshot, scope: Scope, points: str = "hazard", resolution: int = 9) -> pd.DataFrame:
    """The points of the period in H3 hexagons of a resolution of 7 to 11, and where they are hot or cold.

    One row is one hexagon: every one whose middle lies inside a grid, with or without points, and any other
    that holds a point. Where the scope chooses grids, these are the street: what is hot is so among them.

    `z_score` is Getis-Ord's Gi*: how many standard deviations the sum over the hexagon and its neighbours
    lies from what the street's mean would give. A crowded cell alone lifts it, so `p_value` is not read off
    the normal curve: it is the two-sided chance of such a sum where the same hexagons are strewn at random
    over the street. `q_value` corrects it for asking so many times (Benjamini-Hochberg); at 0.05 or less
    `spot` is "hot" or "cold", else "none". Fewer than 20 hexagons, or all alike, tell nothing: z, p and q are
    null. Where the street is too large for the resolution, a coarser one is taken. Points are first rounded
    to 10 m, for the finest hexagons to 1 m.

    Columns: cell, lon, lat (degrees), value (个), z_score, p_value, q_value, spot, neighbour_count (个)
    Source: hazard, patrol_log, public_report, grid
    """
    if not COARSEST <= resolution <= FINEST:
        raise Trouble(f"六边形的级别是 {COARSEST} 到 {FINEST}，现在是 {resolution}。")
    decimals = 4 if resolution < FINEST else 5
    spots = run(street, "hexagons/cells", scope, ledger=_ledger(points), decimals=decimals)
    polygons = run(street, "grids/polygons", scope)
    return with_spots(honeycomb(spots, narrowed(polygons, scope)["polygon"], resolution))


def _ledger(points: str) -> str:
    if points not in LEDGERS:
        raise Trouble(f"没有名为「{points}」的点，可用的有：{'、'.join(LEDGERS)}。")
    return LEDGERS[points]
