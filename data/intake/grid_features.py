"""Reads a GeoJSON of grid polygons as a sheet of the grid ledger."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.contract import ledgers
from data.coordinates import system_named_in, to_wgs84
from data.files import OpenedFile
from data.intake.header import Header, normalised
from data.template import Template
from data.trouble import FileRefused

# What names a grid in a feature's properties, beside the grid ledger's own headings.
ALSO = {"grid_code": ("grid_code", "code"), "grid_name": ("grid_name", "name"), "community": ("community",)}
SYSTEM_PROPERTIES = ("坐标系", "坐标系统", "crs", "coordinate_system")
OUTLINE = "网格边界"
MOST_NAMED = 20


def as_block(
    opened: OpenedFile, name: str, template: Template | None, system: str | None
) -> tuple[Header, pa.Table]:
    """The features as text rows (row 1 is the first) with their header, polygons in WGS-84.

    Raises FileRefused where the file has no features or they name no grid.
    """
    features = opened.features or []
    if not features:
        raise FileRefused("file_empty", "GeoJSON 里没有要素。请重新导出网格边界。")
    properties = list(dict.fromkeys(key for each in features for key in (each.get("properties") or {})))
    constants = template.outputs[0].constants if template else {}
    named = named_properties(properties, template)
    system = system or (template.system if template else None) or named_system(opened, name)
    rows = [_cells(each, named, constants, system) for each in features]
    told = [*named, *constants, "polygon"]
    headings = [*(sources[0] for sources in named.values()), *constants, OUTLINE]
    table = pa.table(
        {"row": pa.array(range(1, len(rows) + 1), pa.int64())}
        | {f"c{i}": pa.array([row[i] for row in rows], pa.string()) for i in range(len(told))}
    )
    ledger = ledgers()["grid"]
    needed = {"grid_code", "polygon"}
    relaxed = replace(
        ledger, fields=tuple(replace(each, required=each.name in needed) for each in ledger.fields)
    )
    return Header(relaxed, 0, {field: (i,) for i, field in enumerate(told)}, tuple(headings)), table


def notes(opened: OpenedFile, header: Header, table: pa.Table) -> list[str]:
    """What to tell of boundaries that cross themselves: whose they are, and that they were repaired."""
    (column, *_) = header.columns["grid_code"]
    codes = table.column(f"c{column}").to_pylist()
    crossing = [
        code
        for code, each in zip(codes, opened.features or [], strict=True)
        if (shape := _shape(each.get("geometry"))) is not None and not shape.is_valid
    ]
    if not crossing:
        return []
    named = "、".join(crossing[:MOST_NAMED]) + ("等" if len(crossing) > MOST_NAMED else "")
    return [f"{len(crossing)} 个网格的边界自相交，修复后收下：{named}。请在地图上核对它们的形状。"]


def named_properties(properties: Sequence[str], template: Template | None) -> dict[str, tuple[str, ...]]:
    """Which properties tell which field of the grid ledger, the best one first."""
    asked = template.outputs[0].columns if template else {}
    named: dict[str, tuple[str, ...]] = {}
    for field in ledgers()["grid"].fields:
        spellings = (
            (asked[field.name],) if field.name in asked else (*field.headings, *ALSO.get(field.name, ()))
        )
        if asked and field.name not in asked:
            continue
        plain = [normalised(spelling) for spelling in spellings]
        fitting = [each for each in properties if normalised(each) in plain]
        if fitting:
            named[field.name] = tuple(sorted(fitting, key=lambda each: plain.index(normalised(each))))
    if "grid_code" not in named:
        raise FileRefused(
            "missing_required_column",
            "GeoJSON 的要素没有写明是哪个网格。"
            "请在属性里加上「网格编码」（或 grid_code、code），或用模板指明。",
        )
    return named


def named_system(opened: OpenedFile, name: str) -> str | None:
    """The coordinate system that a GeoJSON names in its file name, its own members or its features."""
    content = json.loads(opened.path.read_bytes().decode(opened.encoding or "utf-8").removeprefix("\ufeff"))
    members = {key: value for key, value in content.items() if key != "features"}
    first = (opened.features or [{}])[0].get("properties") or {}
    said = [str(first[key]) for key in SYSTEM_PROPERTIES if first.get(key)]
    for text in (name, json.dumps(members, ensure_ascii=False), *said):
        if system := system_named_in(text):
            return system
    return None


def _cells(
    feature: Mapping[str, Any],
    named: Mapping[str, tuple[str, ...]],
    constants: Mapping[str, str],
    system: str | None,
) -> list[str]:
    values = feature.get("properties") or {}
    texts = [
        next((_text(values[each]) for each in sources if values.get(each) not in (None, "")), "")
        for sources in named.values()
    ]
    return [*texts, *constants.values(), polygon_text(feature.get("geometry"), system)]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def polygon_text(geometry: Mapping[str, Any] | None, system: str | None) -> str:
    """A feature's polygon, repaired and in WGS-84, as GeoJSON text; blank where it is no polygon."""
    told = _shape(geometry)
    if told is None:
        return ""
    shape: BaseGeometry = shapely.make_valid(told)
    parts = [
        part for part in getattr(shape, "geoms", [shape]) if part.geom_type in {"Polygon", "MultiPolygon"}
    ]
    shape = shapely.union_all(parts) if len(parts) != 1 else parts[0]
    if shape.is_empty:
        return ""
    if system and system != "WGS-84":
        shape = shapely.transform(shape, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], system)))
    return shapely.to_geojson(shape)


def _shape(geometry: Mapping[str, Any] | None) -> BaseGeometry | None:
    """A feature's polygon as it stands, None where it is none."""
    if not geometry or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    try:
        return shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return None
