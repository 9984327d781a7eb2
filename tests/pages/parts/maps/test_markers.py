"""Subjects on the map: a shape for every colour, the worse above, a click handed on once, nothing hidden."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from pages.parts import theme
from pages.parts.maps import ground, markers, orientation, points, shapes, shelf, tally, tips
from tests.pages.parts.maps.test_maps import asked
from tests.pages.reading import text_of
from tests.pages.street import GRIDS

KEY = "firms_shop"


def firms(*rows: dict[str, Any]) -> pd.DataFrame:
    """Subjects in the second grid, green and looked at lately, unless told otherwise."""
    return pd.DataFrame(
        [
            {
                "enterprise_key": f"QY-{nth}",
                "name": f"商铺{nth}",
                "community": "柳岸社区",
                "grid_code": GRIDS[1]["grid_code"],
                "colour": "green",
                "is_stale": False,
                "lon": 100.209,
                "lat": 36.9025,
                **row,
            }
            for nth, row in enumerate(rows)
        ],
        columns=[*points.TOLD, "grid_code"],
    )


def page(rows: "pd.DataFrame") -> None:
    import streamlit as st

    from pages.parts.maps import markers

    st.write(f"picked {markers.show(rows, 'firms_shop')}")


@pytest.fixture(autouse=True)
def street(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_STORE", str(store))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")


def shown(rows: pd.DataFrame) -> AppTest:
    app = AppTest.from_function(page, args=(rows,), default_timeout=60).run()
    assert not app.exception
    return app


def layers(app: AppTest) -> dict[str, dict[str, Any]]:
    told = json.loads(app.get("deck_gl_json_chart")[0].proto.json)
    return {layer["id"]: layer for layer in told["layers"]}


def drawn_points(app: AppTest, clicks: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shelf.read(layers(app)[f"subjects-{clicks}"]["data"])
    return found


def test_the_worse_colour_lies_above_the_better_one() -> None:
    colours = ["red", "unrated", "green", "yellow", "green"]
    drawn = drawn_points(shown(firms(*({"colour": colour} for colour in colours))))
    assert [each["i"] for each in drawn] == ["u", "g", "g", "y", "r"]
    assert [each["k"] for each in drawn] == ["QY-1", "QY-2", "QY-4", "QY-3", "QY-0"]


def test_a_stale_colour_is_ringed_and_said() -> None:
    [drawn] = drawn_points(shown(firms({"colour": "yellow", "is_stale": True})))
    assert drawn == {
        "p": [100.209, 36.9025],
        "i": "ys",
        "t": "商铺0",
        "s": "▲ 黄，数据过期\n柳岸社区",
        "k": "QY-0",
    }


def test_a_colour_nobody_knows_is_unrated_and_a_missing_name_is_empty() -> None:
    [drawn] = drawn_points(shown(firms({"colour": None, "name": None, "community": float("nan")})))
    assert (drawn["i"], drawn["t"], drawn["s"]) == ("u", "", "◇ 未评")


def test_data_reaches_the_pointer_only_as_values() -> None:
    app = shown(firms({"name": "<img src=x onerror=alert(1)>", "community": "{k}<b>"}))
    told = json.loads(app.get("deck_gl_json_chart")[0].proto.tooltip)
    assert told["html"] == tips.CELL == '<div class="tip"><b>{t}</b><i>{s}</i></div>'
    assert "onerror" not in app.get("deck_gl_json_chart")[0].proto.json


def test_the_grids_lie_underneath_and_cannot_be_clicked() -> None:
    drawn = layers(shown(firms({})))
    assert list(drawn).index("borders") < list(drawn).index("subjects-0")
    assert [name for name, layer in drawn.items() if layer.get("pickable")] == ["subjects-0"]
    assert drawn["borders"]["data"].startswith("/maps/")
    assert drawn["subjects-0"]["iconAtlas"].startswith("/maps/")


def test_the_legend_says_shape_word_and_count() -> None:
    rows = firms({}, {}, {"colour": "red", "is_stale": True}, {"colour": "yellow", "lon": None, "lat": None})
    said = text_of(shown(rows))
    assert [part in said for part in ("4 家", "红 1", "黄 1", "绿 2", "未评 0", "数据过期 1")] == [True] * 6


def test_those_without_a_position_are_counted_in_their_grid() -> None:
    nowhere = {"lon": None, "lat": None}
    rows = firms(
        {},
        *[{**nowhere, "colour": colour} for colour in ("green", "red", "green", "yellow")],
        {**nowhere, "grid_code": GRIDS[4]["grid_code"]},
        {"grid_code": "WG-9999", "lon": 100.2, "lat": None},
    )
    app = shown(rows)
    assert [each["k"] for each in drawn_points(app)] == ["QY-0"]
    told = {each["t"]: each["p"] for each in layers(app)["summed"]["data"]}
    assert list(told) == ["第2网格\n■1 ▲1 ●2", "第2网格\n●1"]
    assert 100.206 < told["第2网格\n■1 ▲1 ●2"][0] < 100.212
    assert (
        "另有 6 家没有坐标，在所在网格里合计为一个记号；其中 1 家的网格没有边界，图上没有（■1 ▲1 ●4）。"
    ) in text_of(app)


def test_where_communities_are_named_a_grid_s_mark_needs_no_name() -> None:
    known = ground.of_grids(pd.DataFrame([{**row, "label": row["grid_name"]} for row in GRIDS]))
    assert known is not None
    rows = firms({"colour": "red", "lon": None, "lat": None}, {"colour": None, "lon": None, "lat": None})
    [(mark, *_, count)] = tally.summaries(known, rows)
    assert (mark, count) == ("■1 ◇1", 2)


def test_names_lie_in_front_and_let_the_marks_show(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = shelf.sheet({"type": "FeatureCollection", "features": []})
    here = orientation.Orientation(nothing, nothing, (("柳岸社区", 100.209, 36.9025),))
    monkeypatch.setattr(orientation, "of_store", lambda folder: here)
    drawn = layers(shown(firms({})))
    assert list(drawn).index("subjects-0") < list(drawn).index("names") < list(drawn).index("summed")
    assert drawn["names"]["getBackgroundColor"][3] == markers.THIN
    assert "pickable" not in drawn["names"]


def test_a_point_off_the_map_is_told() -> None:
    app = shown(firms({}, {"lon": 3.0, "lat": 3.0}))
    assert "1 家的坐标在网格范围以外，把地图缩小才看得见。" in text_of(app)
    assert "网格范围以外" not in text_of(shown(firms({})))


def test_only_few_are_lit_under_the_pointer() -> None:
    assert points.layer(firms({}), "s")["autoHighlight"] is True
    many = firms(*({} for _ in range(points.MOST_LIT + 1)))
    assert points.layer(many, "s")["autoHighlight"] is False


def test_nobody_is_a_calm_sentence() -> None:
    app = shown(firms())
    assert "这里没有可画的对象。" in text_of(app)
    assert app.get("deck_gl_json_chart") == []


def test_without_polygons_the_points_themselves_say_where_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.maps.land.here", lambda: None)
    app = shown(firms({}, {"lon": None, "lat": None}))
    assert "borders" not in layers(app)
    assert "另有 1 家没有坐标，图上没有画（●1）。" in text_of(app)
    view = json.loads(app.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
    assert view["latitude"] == 36.9025


def test_with_neither_polygons_nor_positions_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.maps.land.here", lambda: None)
    app = shown(firms({"lon": None, "lat": None}))
    assert "一家也没有坐标，也没有网格边界" in text_of(app)
    assert app.get("deck_gl_json_chart") == []


def test_a_click_is_handed_on_once() -> None:
    app = AppTest.from_function(page, args=(firms({}, {}),), default_timeout=60)
    app.session_state[f"{KEY}_picked"] = "QY-1"
    assert "picked QY-1" in text_of(app.run())
    assert "picked None" in text_of(app.run())


def test_what_is_not_on_the_map_cannot_be_clicked() -> None:
    app = AppTest.from_function(page, args=(firms({}),), default_timeout=60)
    app.session_state[f"{KEY}_picked"] = "QY-7"
    assert "picked None" in text_of(app.run())


@pytest.mark.parametrize(
    ("objects", "kept"),
    [({"subjects-0": [{"k": "QY-1", "t": "x"}]}, "QY-1"), ({"subjects-0": [{}]}, ""), ({}, None)],
)
def test_of_what_a_browser_sends_only_the_key_is_looked_at(objects: object, kept: str | None) -> None:
    def clicked(objects: object) -> None:
        import streamlit as st

        from pages.parts.maps import markers

        st.session_state["sent"] = {"selection": {"objects": objects}}
        markers._remember("sent")

    app = AppTest.from_function(clicked, args=(objects,)).run()
    assert not app.exception
    state = app.session_state
    assert ("sent_picked" in state, "sent_clicks" in state) == (kept is not None,) * 2
    assert kept is None or (state["sent_picked"], state["sent_clicks"]) == (kept, 1)


def test_another_cell_is_another_sheet_and_the_same_cells_are_the_same() -> None:
    rows = firms(*({} for _ in range(60)))
    first = points.sheet(rows)
    assert points.sheet(rows.copy()) is first
    for name, cell in (("colour", "red"), ("is_stale", True), ("name", "新名"), ("lat", 36.9026)):
        changed = rows.copy()
        changed.loc[59, name] = cell
        assert points.sheet(changed).name != first.name


def test_sixteen_thousand_travel_small() -> None:
    rows = firms(*({"lon": 100.2 + nth * 1e-6, "lat": 36.9 + nth % 97 * 1e-4} for nth in range(16_000)))
    assert len(points.sheet(rows).packed) < 400_000
    layer = points.layer(rows, "subjects-0")
    assert layer["sizeMinPixels"] == 13
    assert len(json.dumps(layer)) < 2_000


@pytest.mark.parametrize("shown", ["light", "dark"])
def test_every_mark_has_its_own_shape_and_colour(shown: theme.Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "mode", lambda: shown)
    name = shapes.picture().rpartition("/")[2]
    assert name.endswith(".png")
    picture = Image.open(io.BytesIO(gzip.decompress(bytes(asked(name).body)))).convert("RGBA")
    assert picture.size == (4 * shapes.CELL, 2 * shapes.CELL)
    middles, outlines = {}, set()
    for letter, place in shapes.places().items():
        x, y = int(place["x"]), int(place["y"])
        cell = picture.crop((x, y, x + shapes.CELL, y + shapes.CELL))
        middles[letter] = "#{:02X}{:02X}{:02X}".format(*cell.getpixel((32, 32))[:3])  # type: ignore[index]
        outlines.add(cell.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0).tobytes())
    for name in ("red", "yellow", "green"):
        letter = shapes.LETTERS[name]
        assert middles[letter] == middles[f"{letter}s"] == theme.THREE_COLOURS[name]
    card = theme.colour("secondaryBackgroundColor", shown).upper()
    assert middles["u"] == middles["us"] == card, "the unrated are hollow"
    assert len(outlines) == 5, "four shapes and one ring"


def test_a_picture_that_was_never_lent_cannot_be_asked_for() -> None:
    assert asked(f"{'0' * 40}.png").status_code == 404
