"""What maps are made of: grounds, sheets, words under the pointer and the view."""

import gzip
import json

import pandas as pd
import pytest
from starlette.requests import Request
from starlette.responses import Response

from pages.parts.maps import deck, ground, shelf, tips
from tests.pages.parts.maps.answering import answered
from tests.pages.street import GRIDS

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def shown(**cells: object) -> pd.DataFrame:
    return pd.DataFrame(
        [{"grid_code": "A", "grid_name": "甲", "label": "社区 甲", "polygon": json.dumps(SQUARE), **cells}]
    )


def asked(name: str, encoding: str = "gzip") -> Response:
    """What the server answers a browser that reads this encoding."""
    headers = [(b"accept-encoding", encoding.encode())]
    return answered(
        shelf.answer(Request({"type": "http", "path_params": {"name": name}, "headers": headers}))
    )


def test_a_grid_s_number_is_its_place() -> None:
    rows = pd.DataFrame([{**row, "label": row["grid_name"]} for row in GRIDS])
    found = ground.of_grids(rows)
    assert found is not None
    assert found.numbers == {row["grid_code"]: number for number, row in enumerate(GRIDS)}
    assert found.bounds == (100.2, 36.9, 100.218, 36.91)
    assert 1_590 < found.width_m < 1_610


def test_a_polygon_that_cannot_be_read_is_left_out() -> None:
    assert ground.of_grids(shown(polygon="{nothing")) is None
    assert ground.of_grids(shown(polygon=None)) is None


def test_hatches_lie_inside_their_grid() -> None:
    found = ground.of_grids(shown())
    assert found is not None
    [feature] = shelf.read(shelf.lend(found.hatching))["features"]
    ends = [end for line in feature["geometry"]["coordinates"] for end in line]
    assert len(ends) > 40
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in ends)


def test_borders_of_a_million_corners_are_thinned() -> None:
    bottom = [[nth / 50_000, 0.00001 * (nth % 2)] for nth in range(50_001)]
    wild = {"type": "Polygon", "coordinates": [[*bottom, [1, 1], [0, 1], [0, 0]]]}
    found = ground.of_grids(shown(polygon=json.dumps(wild)))
    assert found is not None
    assert len(found.shapes[0]["coordinates"][0]) < 100


def test_a_sheet_is_lent_by_its_content_and_asked_for_once() -> None:
    address = shelf.lend(shelf.sheet({"名": "<b>"}))
    assert shelf.lend(shelf.sheet({"名": "<b>"})) == address
    name = address.removeprefix("/maps/")
    packed, plain = asked(name), asked(name, "identity")
    assert json.loads(gzip.decompress(bytes(packed.body))) == json.loads(bytes(plain.body)) == {"名": "<b>"}
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["0.json", "../../etc/passwd", "dashboard.py"])
def test_nothing_else_can_be_asked_for(name: str) -> None:
    assert asked(name).status_code == 404


def test_the_shelf_keeps_no_more_than_it_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "LARGEST_BYTES", 100)
    addresses = [shelf.lend(shelf.sheet([nth] * 9)) for nth in range(20)]
    assert shelf.read(addresses[0]) is None
    assert shelf.read(addresses[-1]) == [19] * 9


def test_words_under_the_pointer_cannot_leave_their_style_sheet() -> None:
    written = tips.sheet("m", ['1 件"}</style><script>x\\\n二'])
    assert written == ('.st-key-m{--g0:"1 件\\22 }\\3c /style>\\3c script>x\\5c \\a 二";}')


def test_the_template_names_fields_and_holds_no_data() -> None:
    assert tips.GRID == '<div class="tip"><b>{name}</b><span style="--said:var(--g{n})"></span></div>'


def test_the_view_shows_the_whole_ground_beside_the_legend() -> None:
    found = deck.fitted((100.16, 36.88, 100.24, 36.92), (800, 640))
    degrees_wide = 360 * 800 / (512 * 2 ** found["zoom"])
    assert 0.08 <= degrees_wide < 0.11
    legend = degrees_wide * deck.LEGEND_PX / 800
    assert found["longitude"] - degrees_wide / 2 + legend < 100.16
    assert found["longitude"] + degrees_wide / 2 > 100.24
    assert found["latitude"] == 36.9
