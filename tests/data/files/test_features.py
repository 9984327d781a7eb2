"""GeoJSON: features of a FeatureCollection, or one clear reason."""

import json

import pytest

from data.files import Limits
from tests.data.files.conftest import Opener, Refuser

FEATURE = {
    "type": "Feature",
    "properties": {"网格编码": "WG-0101"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[114.3, 30.5], [114.4, 30.5], [114.4, 30.6], [114.3, 30.5]]],
    },
}


def collection(*features: object) -> str:
    """A FeatureCollection as text."""
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


@pytest.mark.parametrize("name", ["网格.geojson", "网格.json"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_features_are_given_as_they_stand(opened: Opener, name: str, encoding: str) -> None:
    file = opened(name, collection(FEATURE).encode(encoding))
    assert (file.kind, file.sheets, file.features) == ("geojson", (), [FEATURE])


def test_a_collection_without_features_is_none_the_less_one(opened: Opener) -> None:
    assert opened("网格.json", collection().encode()).features == []


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "not json",
        '{"type": "FeatureCollection"}',
        '{"type": "Topology", "features": []}',
        json.dumps(FEATURE),
        collection(1),
        collection({"type": "Feature", "geometry": 5, "properties": None}),
        collection(FEATURE)[:-9],
        '{"type": "FeatureCollection", "features": [], "x": NaN}',
        '{"type": "FeatureCollection", "features": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"type": "FeatureCollection", "features": [], "x": ' + "9" * 9000 + "}",
    ],
)
def test_json_that_is_no_feature_collection_is_unreadable(refused: Refuser, content: str) -> None:
    assert refused("网格.json", content.encode()) == "unreadable"


def test_geojson_beyond_the_limits_is_too_large(refused: Refuser) -> None:
    assert refused("网格.json", collection(*[FEATURE] * 5).encode(), Limits(None, None, 3)) == "too_large"
    assert refused("网格.json", collection(FEATURE).encode(), Limits(20, None, None)) == "too_large"


def test_geojson_in_no_known_encoding_is_refused(refused: Refuser) -> None:
    assert refused("网格.json", b'{"type": "\xff\xff\xff"}') == "encoding_unknown"
