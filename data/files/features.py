"""Opening a GeoJSON file: its features as they stand, polygons of grids and communities."""

import json
from pathlib import Path
from typing import Any

from data.files.charset import unknown_encoding
from data.files.limits import Limits
from data.trouble import FileRefused


def read_features(path: Path, name: str, limits: Limits) -> tuple[list[dict[str, Any]], str]:
    """The features of a FeatureCollection and the file's encoding. Raises FileRefused."""
    data = path.read_bytes()
    if not data.strip():
        raise FileRefused("file_empty", f"「{name}」里没有内容，请核对文件后重新导出。")
    text, encoding = _decoded(name, data)
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _no_collection(name, "不是完整的 GeoJSON") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise _no_collection(name, "不是 GeoJSON 要素集合（FeatureCollection）")
    for position, feature in enumerate(features, start=1):
        if not _is_feature(feature):
            raise _no_collection(name, f"第 {position} 个要素不完整")
    limits.check_rows(f"「{name}」", len(features))
    return features, encoding


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise unknown_encoding(name)


def _is_feature(feature: object) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.get("geometry"), dict | None)
        and isinstance(feature.get("properties"), dict | None)
    )


def _refuse_constant(constant: str) -> float:
    raise ValueError(constant)


def _no_collection(name: str, what: str) -> FileRefused:
    return FileRefused(
        "unreadable", f"「{name}」{what}，不能当作网格边界读取，请从地图软件重新导出 GeoJSON 再导入。"
    )
