"""网格信息 table and the map files of the invented street."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from data.demo import persons, terrain
from data.demo.columns import counts, days, figures, words
from data.demo.firms import Firms
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.demo.street import STREET_NAME, Street

SIDES = ("东至", "南至", "西至", "北至")


def grid_ledger(street: Street, firms: Firms, rhythm: Rhythm) -> pa.Table:
    """网格信息: one row per grid, in the order of the codes."""
    roll = dice("grid ledger")
    grids = street.grids
    size = len(grids)
    heads, workers = persons.names("heads", size), persons.names("grid workers", size)
    helpers = persons.names("helpers", size * 6)
    helper_count = roll.integers(2, 6, size)
    lanes = (*terrain.WEST_EAST, *terrain.SOUTH_NORTH, terrain.RIVER)
    return pa.table(
        {
            "序号": counts(np.arange(1, size + 1)),
            "街道": words((STREET_NAME,), np.zeros(size)),
            "社区": words([each.name for each in street.communities], street.community_of),
            "社区编码": words([each.code for each in street.communities], street.community_of),
            "网格编码": pa.array([grid.code for grid in grids]),
            "网格名称": pa.array([grid.name for grid in grids]),
            "网格类型": words(("基础网格", "专属网格"), [grid.is_dedicated for grid in grids]),
            "面积": figures(np.round([grid.polygon.area for grid in grids], 0)),
            "户数": counts([grid.households for grid in grids]),
            "常住人口": counts([grid.population for grid in grids]),
            "流动人口": counts([grid.floating_population for grid in grids]),
            "企业数": counts(np.bincount(firms.grid[~firms.is_shop], minlength=size)),
            "沿街商铺数": counts(np.bincount(firms.grid[firms.is_shop], minlength=size)),
            "网格长": words(heads, np.where(roll.random(size) < 0.97, np.arange(size), -1)),
            "网格长电话": pa.array(persons.phones("heads", size)),
            "专职网格员": pa.array(workers),
            "兼职网格员": pa.array(
                ["、".join(helpers[6 * at : 6 * at + n]) for at, n in enumerate(helper_count)]
            ),
            "微网格数": counts(roll.integers(3, 9, size)),
            "四至范围": pa.array(
                ["，".join(side + lanes[int(roll.integers(0, len(lanes)))] for side in SIDES) for _ in grids]
            ),
            "启用时间": days(np.full(size, number(rhythm.first) - 330)),
        }
    )


def polygons(here: Street) -> dict[str, Any]:
    """The grids as a GeoJSON FeatureCollection in WGS-84, each feature naming its 网格编码."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "网格编码": grid.code,
                "网格名称": grid.name,
                "社区": here.communities[grid.community].name,
            },
            "geometry": shapely.geometry.mapping(terrain.in_degrees(grid.polygon)),
        }
        for grid in here.grids
    ]
    return {"type": "FeatureCollection", "name": "清禾街道网格边界（演示数据，虚构）", "features": features}


def write_polygons(path: Path, street: Street) -> Path:
    """Write the grids' borders as GeoJSON."""
    path.write_text(json.dumps(polygons(street), ensure_ascii=False, separators=(",", ":")), "utf-8")
    return path


def orientation(street: Street) -> dict[str, Any]:
    """What helps to find one's way on the map: outline, river, roads, communities. GeoJSON, WGS-84.

    Every feature has `kind` (outline, river, road, community) and `name`. Not a ledger: nothing to load.
    """
    ground = terrain.terrain()
    river = ground.river.buffer(terrain.RIVER_WIDTH_M / 2).intersection(ground.outline)
    features = [_feature("outline", STREET_NAME, ground.outline), _feature("river", terrain.RIVER, river)]
    features += [
        _feature("road", name, road.intersection(ground.outline)) for name, road in ground.roads.items()
    ]
    for community in street.communities:
        shape = unary_union([street.grids[index].polygon for index in community.grids])
        features.append(_feature("community", community.name, shape))
    return {"type": "FeatureCollection", "name": "清禾街道底图（演示数据，虚构）", "features": features}


def write_orientation(path: Path, street: Street) -> Path:
    """Write the orientation map as GeoJSON."""
    path.write_text(json.dumps(orientation(street), ensure_ascii=False, separators=(",", ":")), "utf-8")
    return path


def _feature(kind: str, name: str, shape: BaseGeometry) -> dict[str, Any]:
    geometry = shapely.geometry.mapping(terrain.in_degrees(shape))
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}
