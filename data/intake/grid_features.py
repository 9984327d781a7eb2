"""Reads a GeoJSON of grid polygons as a sheet of the grid ledger."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from data.contract import ledgers
from data.coordinates import to_wgs84
from data.files import OpenedFile
from data.intake.header import Header, normalised
from data.template import Template
from data.trouble import FileRefused

# What names a grid in a feature's properties, beside the grid ledger's own headings.
CODE_PROPERTIES = ("grid_code", "code")
SYSTEMS = {"gcj": "GCJ-02", "bd09": "BD-09", "bd-09": "BD-09"}


def as_header(properties: list[str], template: Template | None) -> Header:
    """Which property is which field of the grid ledger."""
    ledger = ledgers()["grid"]
    relaxed = replace(
        ledger,
        fields=tuple(replace(each, required=each.name in {"grid_code", "polygon"}) for each in ledger.fields),
    )
    synonyms = {normalised(h): each.name for each in ledger.fields for h in each.headings} | {
        "name": "grid_name"
    }
    synonyms |= {each.name: each.name for each in ledger.fields} | dict.fromkeys(CODE_PROPERTIES, "grid_code")
    columns: dict[str, tuple[int, ...]] = {"polygon": (len(properties),)}
    asked = template.outputs[0].columns if template else {}
    for index, name in enumerate(properties):
        fields = (
            [field for field, heading in asked.items() if heading == name]
            if asked
            else [synonyms.get(normalised(name), "")]
        )
        for field in fields:
            if field and field not in columns:
                columns[field] = (index,)
    if "grid_code" not in columns:
        raise FileRefused(
            "missing_required_column",
            "GeoJSON 的要素没有写明是哪个网格。请在属性里加上「网格编码」"
            "（或 grid_code、code），或用模板指明。",
        )
    return Header(relaxed, 0, columns, (*properties, "网格边界"))


def as_block(opened: OpenedFile, template: Template | None) -> tuple[Header, pa.Table]:
    """The features as text rows (row 1 is the first) with their header, polygons in WGS-84.

    Raises FileRefused where the file has no features or they name no grid.
    """
    features = opened.features or []
    if not features:
        raise FileRefused("file_empty", "GeoJSON 里没有要素。请重新导出网格边界。")
    properties = list(dict.fromkeys(name for each in features for name in (each.get("properties") or {})))
    header = as_header(properties, template)
    system = (template.system if template else None) or named_system(opened)
    constants = template.outputs[0].constants if template else {}
    told = [*properties, "网格边界", *constants]
    rows = [_cells(each, properties, system) + list(constants.values()) for each in features]
    columns = dict(header.columns) | {name: (len(properties) + 1 + i,) for i, name in enumerate(constants)}
    table = pa.table(
        {"row": pa.array(range(1, len(rows) + 1), pa.int64())}
        | {f"c{i}": pa.array([row[i] for row in rows], pa.string()) for i in range(len(told))}
    )
    return replace(header, columns=columns, headings=tuple(told)), table


def named_system(opened: OpenedFile) -> str | None:
    """The coordinate system a GeoJSON names in its file name; None for WGS-84, which GeoJSON is by standard."""
    said = opened.path.name.casefold()
    return next((system for word, system in SYSTEMS.items() if word in said), None)


def _cells(feature: dict[str, Any], properties: list[str], system: str | None) -> list[str]:
    values = feature.get("properties") or {}
    texts = ["" if values.get(name) is None else str(values[name]) for name in properties]
    return [*texts, polygon_text(feature.get("geometry"), system)]


def polygon_text(geometry: dict[str, Any] | None, system: str | None) -> str:
    """A feature's polygon, repaired and in WGS-84, as GeoJSON text; blank where it is no polygon."""
    if not geometry or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return ""
    try:
        shape: BaseGeometry = shapely.make_valid(shapely.from_geojson(json.dumps(geometry)))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        return ""
    parts = [
        part for part in getattr(shape, "geoms", [shape]) if part.geom_type in {"Polygon", "MultiPolygon"}
    ]
    shape = shapely.union_all(parts) if len(parts) != 1 else parts[0]
    if shape.is_empty:
        return ""
    if system:
        shape = shapely.transform(shape, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], system)))
    return shapely.to_geojson(shape)
