"""网格热力 on the small street: six square grids in two communities."""

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import exports
from pages.parts.heat import choices, first
from pages.parts.maps import shelf
from queries import grids, hexagons
from tests.builders import street_of
from tests.pages.reading import is_calm, text_of
from tests.pages.street import GRIDS

PAGE = "pages/daily/grid_heat.py"


@pytest.fixture
def heat(app: AppTest) -> AppTest:
    """The page, not yet run."""
    app.switch_page(PAGE)
    return app


def deck(app: AppTest, nth: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(app.get("deck_gl_json_chart")[nth].proto.json)
    return told


def layer(app: AppTest, name: str, nth: int = 0) -> dict[str, Any]:
    return next(each for each in deck(app, nth)["layers"] if each["id"].startswith(name))


def digits(app: AppTest, nth: int = 0) -> str:
    told = layer(app, "grids", nth)["_subLayerProps"]["polygons-fill"]["updateTriggers"]["getFillColor"]
    return str(told)


def test_the_map_calls_nobody_and_carries_no_polygon(heat: AppTest) -> None:
    heat.run()
    assert is_calm(heat)
    told = heat.get("deck_gl_json_chart")[0].proto.json
    assert "mapProvider" not in deck(heat)
    assert "http" not in told
    assert "\n" not in told
    assert "Polygon" not in told
    assert len(told) < 8_000


def test_the_polygons_lie_on_this_server_with_their_names(heat: AppTest) -> None:
    heat.run()
    address = layer(heat, "grids")["data"]
    assert address.startswith("/maps/")
    lent = shelf.read(address)
    told = {each["properties"]["code"]: each["properties"]["name"] for each in lent["features"]}
    assert set(told) == {row["grid_code"] for row in GRIDS}
    assert told["WG-0101"] == "柳岸社区 第1网格"


def test_every_grid_gets_the_digit_of_its_class(heat: AppTest) -> None:
    heat.query_params["measure"] = "超期存量"
    heat.run()
    assert len(digits(heat)) == 6
    assert set(digits(heat)) <= set("012345")


def test_the_legend_says_unit_and_that_a_count_is_bare(heat: AppTest) -> None:
    heat.query_params["measure"] = "超期存量"
    heat.run()
    assert "超期存量（件）" in text_of(heat)
    assert "件数，未按规模折算" in text_of(heat)
    assert "内部使用" in text_of(heat)


def test_a_rate_says_its_denominator(heat: AppTest) -> None:
    heat.query_params["measure"] = "按期处置率"
    heat.run()
    assert "分母：应处置数" in text_of(heat)


def test_too_few_cases_are_hatched_and_not_coloured(heat: AppTest) -> None:
    heat.query_params["measure"] = "按期处置率"
    heat.run()
    # 21 cases fell due this week in six grids: three or four in each, and five are needed
    assert set(digits(heat)) == {"8"}
    assert "样本不足" in text_of(heat)


def test_a_ledger_nobody_reports_is_grey_and_not_zero(heat: AppTest) -> None:
    heat.query_params["measure"] = "群众来件"
    heat.run()
    assert set(digits(heat)) == {"7"}
    assert "未上报" in text_of(heat)


def test_another_measure_sends_only_digits_and_words(heat: AppTest) -> None:
    heat.query_params["measure"] = "超期存量"
    heat.run()
    before = deck(heat)
    heat.selectbox(key="measure").select("filed").run()
    after = deck(heat)
    assert [each["id"] for each in before["layers"]] == [each["id"] for each in after["layers"]]
    assert layer(heat, "grids")["data"] == next(
        each["data"] for each in before["layers"] if each["id"] == "grids"
    )


def test_grids_named_in_the_link_are_outlined_and_have_their_card(heat: AppTest) -> None:
    heat.query_params["grid"] = ["柳岸社区 第2网格"]
    heat.run()
    assert is_calm(heat)
    outlined = layer(heat, "chosen")["data"]["features"]
    assert len(outlined) == 1
    text = text_of(heat)
    assert "柳岸社区 第2网格" in text
    assert "网格长" in text
    assert "超期" in text


def test_of_several_chosen_grids_one_has_its_card_and_the_link_says_which(heat: AppTest) -> None:
    heat.query_params["grid"] = ["柳岸社区 第2网格", "望湖社区 第1网格"]
    heat.query_params["card"] = "望湖社区 第1网格"
    heat.run()
    assert is_calm(heat)
    assert len(layer(heat, "chosen")["data"]["features"]) == 2
    heat.button(key="rows_open_stock").click().run()
    assert "望湖社区 第1网格 在办隐患" in [each.value for each in heat.subheader]


def test_a_map_colours_all_grids_whichever_are_chosen(heat: AppTest) -> None:
    heat.query_params["grid"] = ["柳岸社区 第2网格"]
    heat.run()
    assert "9" not in digits(heat)


def test_grids_outside_the_communities_chosen_have_no_colour(heat: AppTest) -> None:
    heat.query_params["community"] = ["柳岸社区"]
    heat.run()
    assert digits(heat).count("9") == 3


@pytest.mark.parametrize("view", ["六边形", "热力", "冷热点"])
def test_without_points_the_other_views_say_so(heat: AppTest, view: str) -> None:
    heat.query_params["view"] = view
    heat.run()
    assert is_calm(heat)
    assert "这段时间没有带坐标的记录" in text_of(heat)


def test_points_do_not_go_by_the_name_of_a_measure_of_grids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"grid_code": "WG-0101", "community": "柳岸社区", "lon": 100.203, "lat": 36.9025}
    unfiled = {**place, "reported_at": "2026-11-18 09:00", "filed_at": None}
    street_of(tmp_path, at="2026-11-22 18:00", grid=GRIDS, hazard=[unfiled])
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    located = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard.py"), default_timeout=120)
    located.switch_page(PAGE)
    located.query_params["view"] = "六边形"
    located.run()
    assert is_calm(located)
    assert "隐患（件）" in text_of(located)
    assert "只数带坐标的记录" in text_of(located)


def test_the_grids_to_look_at_first_are_grids() -> None:
    bare = {"is_small": [False] * 4, "denominator": [None] * 4, "place_no": [None] * 4}
    rows = pd.DataFrame({"grid_code": [None, "A", "B", "C"], "value": [9, 2, 3, 0], **bare})
    assert first.first(rows, "lower")["grid_code"].tolist() == ["B", "A"]
    assert first.first(rows, "higher")["grid_code"].tolist() == ["C", "A", "B"]


def test_a_rate_of_few_cases_is_coloured_but_not_put_in_order() -> None:
    rate = {"is_small": [False] * 2, "denominator": [7, 40], "place_no": [None, 1]}
    rows = pd.DataFrame({"grid_code": ["A", "B"], "value": [0.5, 0.8], **rate})
    assert first.first(rows, "higher")["grid_code"].tolist() == ["B"]
    assert first.why_none(rows.head(1)) == first.NONE_RANKED
    assert first.why_none(rows.assign(value=None)) == first.NONE_TO_COMPARE
    assert first.why_none(rows.assign(denominator=None, value=0)) == first.NONE_HAS_ANY


@pytest.mark.parametrize("chosen", ["", "柳岸社区"])
def test_hot_and_cold_are_said_against_what_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    place = {"grid_code": "WG-0101", "community": "柳岸社区", "reported_at": "2026-11-18 09:00"}
    spots = [{**place, "lon": 100.203 + nth % 3 * 0.004, "lat": 36.9025} for nth in range(9)]
    street_of(tmp_path, at="2026-11-22 18:00", grid=GRIDS, hazard=spots)
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    located = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard.py"), default_timeout=120)
    located.switch_page(PAGE)
    located.query_params["view"] = "冷热点"
    located.query_params["size"] = "小格"
    if chosen:
        located.query_params["community"] = [chosen]
    located.run()
    assert is_calm(located)
    assert f"与{chosen or '全街道'}相比" in text_of(located)


def test_a_sheet_of_grids_says_what_its_measure_is(heat: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        exports, "buttons", lambda rows, title, key, notes: written.append((rows().columns, notes))
    )
    heat.query_params["measure"] = "立案数"
    heat.run()
    next(each for each in heat.button if each.key == "proof_grid_heat").click().run()
    [(headings, notes)] = written
    assert "分母" not in headings
    assert any(note.startswith("立案数：") for note in notes)


def test_days_have_no_fraction_beside_them(heat: AppTest) -> None:
    heat.query_params["measure"] = "距上次巡查天数"
    heat.run()
    assert is_calm(heat)
    assert "分子 / 分母" not in text_of(heat)


def test_points_are_counted_by_measures_that_can_be_mapped() -> None:
    assert set(choices.MEASURES_OF_POINTS.values()) <= set(grids.MEASURES)
    assert set(choices.MEASURES_OF_POINTS) == set(choices.POINTS) == set(hexagons.LEDGERS)


def test_two_periods_stand_side_by_side_in_the_same_classes(heat: AppTest) -> None:
    heat.query_params["time"] = "两期并排"
    heat.query_params["measure"] = "立案数"
    heat.run()
    assert is_calm(heat)
    sides = [layer(heat, "grids", nth)["_subLayerProps"]["polygons-fill"]["getFillColor"] for nth in (0, 1)]
    assert len(heat.get("deck_gl_json_chart")) == 2
    assert sides[0].partition("[(")[0] == sides[1].partition("[(")[0]


def test_two_measures_of_other_units_say_that_classes_differ(heat: AppTest) -> None:
    heat.query_params["time"] = "两项并排"
    heat.run()
    assert is_calm(heat)
    assert "单位不同" in text_of(heat)


def test_a_difference_is_told_with_its_sign(heat: AppTest) -> None:
    heat.query_params["time"] = "两期之差"
    heat.query_params["measure"] = "立案数"
    heat.run()
    assert is_calm(heat)
    assert "立案数之差（件）" in text_of(heat)


def test_playback_opens_at_the_last_week_and_a_link_at_its_own(heat: AppTest) -> None:
    heat.query_params["time"] = "播放"
    heat.run()
    assert is_calm(heat)
    assert "11月16日—11月22日" in text_of(heat)
    assert heat.query_params["frame"] == "2026-11-16"
    heat.select_slider(key="frame").set_value("2026-11-02").run()
    assert "11月2日—11月8日" in text_of(heat)


def test_without_polygons_the_page_says_how_to_get_them(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street_of(tmp_path / "bare", at="2026-11-22 18:00", hazard=[{"hazard_no": "A01"}])
    monkeypatch.setenv("STREET_STORE", str(tmp_path / "bare"))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    bare = AppTest.from_file(str(Path(__file__).parents[2] / "dashboard.py"), default_timeout=120)
    bare.switch_page(PAGE)
    bare.run()
    assert is_calm(bare)
    assert "还没有网格边界" in text_of(bare)


def test_the_street_s_own_lines_lie_under_the_map(
    tmp_path: Path, store: Path, heat: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(store, tmp_path / "lined")
    road = {"type": "LineString", "coordinates": [[100.2, 36.9], [100.21, 36.9]]}
    told = {"type": "FeatureCollection", "features": [{"properties": {"kind": "road"}, "geometry": road}]}
    (tmp_path / "lined" / "底图.geojson").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setenv("STREET_STORE", str(tmp_path / "lined"))
    heat.run()
    assert is_calm(heat)
    assert len(shelf.read(layer(heat, "over")["data"])["features"]) == 1
