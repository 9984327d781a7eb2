"""The frame: what stands around every page, whatever state the warehouse is in."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.warehouse import Store
from pages.parts import words
from tests.builders import load, street_of
from tests.pages.reading import is_calm, text_of

PAGES = ["pages/overview/today.py", "pages/about/data_status.py", "pages/about/terms.py"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_how_far_the_data_reaches(app: AppTest, page: str) -> None:
    app.run().switch_page(page).run()
    assert is_calm(app)
    assert "数据截至 11月22日 17:00" in " ".join(text_of(app).split())


def test_real_data_carries_no_demonstration_mark(app: AppTest) -> None:
    app.run()
    assert "演示数据" not in text_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reached_around_the_frame_shows_nothing(
    page: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREET_STORE", str(store))
    alone = AppTest.from_file(str(Path(__file__).parents[2] / page)).run()
    assert "需要相应权限" in alone.warning[0].value
    assert len(alone.title) == 0


def test_a_damaged_snapshot_is_told_and_the_last_good_one_answers(
    app: AppTest, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "street"
    shutil.copytree(store, folder)
    newer = load(Store(folder), "2026-11-22 19:00", hazard=[{"hazard_no": "YH-9999"}])
    file = folder / "snapshots" / f"{newer.snapshot}.duckdb"
    file.write_bytes(file.read_bytes()[:-4096])
    monkeypatch.setenv("STREET_STORE", str(folder))
    app.run()
    assert not app.exception
    assert "已损坏" in app.warning[0].value
    assert "按期处置数 15 / 应处置数 21" in text_of(app)


def test_an_empty_warehouse_says_what_to_do(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREET_STORE", str(tmp_path / "nothing"))
    monkeypatch.setenv("STREET_DEMO", "0")
    app.run()
    assert not app.exception
    assert "仓库里还没有数据" in app.info[0].value


def test_the_wall_of_an_empty_warehouse_asks_nobody_for_files(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"STREET_STORE": "nothing", "STREET_DEMO": "0", "STREET_UPLOAD": "1"}.items():
        monkeypatch.setenv(name, str(tmp_path / value) if name == "STREET_STORE" else value)
    app.query_params["wall"] = "1"
    app.run()
    assert app.info[0].value == "还没有数据。数据导入后，这里会自己显示。"
    assert len(app.get("file_uploader")) == 0


def test_without_an_event_no_day_is_told(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street_of(tmp_path / "street", at="2026-11-22 18:00", grid=[{}])
    monkeypatch.setenv("STREET_STORE", str(tmp_path / "street"))
    app.run()
    assert is_calm(app)
    assert "还没有业务数据" in text_of(app)
    assert "数据截至" not in text_of(app)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"community": "不存在"}, "链接里的社区“不存在”找不到，现在显示全街道 11月16日—11月22日（7 天）。"),
        (
            {"grid": "XXXX", "community": "柳岸社区"},
            "链接里的网格“XXXX”找不到，现在显示柳岸社区 11月16日—11月22日（7 天）。",
        ),
        (
            {"days": "自选", "since": "1999-01-01", "last": "1999-02-01"},
            "链接里的日期“1999-01-01—1999-02-01”不能显示，现在显示全街道 11月16日—11月22日（7 天）。",
        ),
        (
            {"grid": "[点这里](http://x)"},
            "链接里的网格“[点这里](http://x)”找不到，现在显示全街道 11月16日—11月22日（7 天）。",
        ),
        ({"days": "去年"}, "链接里的时段“去年”不能显示，现在显示全街道 11月16日—11月22日（7 天）。"),
    ],
)
def test_what_a_link_asks_for_in_vain_is_told(app: AppTest, link: dict[str, str], told: str) -> None:
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert [warning.value for warning in app.warning] == [words.literal(told)]
    assert is_calm(app)


def test_last_week_s_data_is_not_taken_for_this_week_s(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_TODAY", "2026-11-25")
    app.run()
    assert app.segmented_control(key="days").value == "数据周"
    assert "按期处置数 15 / 应处置数 21" in text_of(app), "the first screen shows what there is"
    app.segmented_control(key="days").set_value("本周").run()
    assert is_calm(app)
    assert "11月23日—11月25日（3 天），存量截至 11月22日" in text_of(app)
    assert "应处置数为 0，不计算" in text_of(app)


def test_the_travel_season_is_compared_with_last_year_s(app: AppTest) -> None:
    app.query_params["days"] = "春运"
    app.run()
    assert is_calm(app)
    assert "无可比数 较去年同期（农历）" in " ".join(text_of(app).split())


def test_the_first_files_of_an_empty_warehouse_can_be_loaded_from_the_page(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nothing"
    for name, value in {"STREET_STORE": str(folder), "STREET_DEMO": "0", "STREET_UPLOAD": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("STREET_KEY_FILE", str(tmp_path / "key"))
    app.run()
    grids = "社区,网格编码,网格名称\n一号社区,WG-0101,第一网格\n"
    app.file_uploader[0].upload("网格信息.csv", grids.encode()).run()
    app.button(key="upload_commit").click().run()
    assert is_calm(app)
    assert len(Store(folder).names()) == 1


def test_a_snapshot_of_an_older_program_is_built_anew(
    app: AppTest, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "street"
    shutil.copytree(store, folder)
    manifest = next((folder / "snapshots").glob("*.json"))
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**told, "recipe": "older"}), "utf-8")
    monkeypatch.setenv("STREET_STORE", str(folder))
    app.run()
    assert is_calm(app)
    assert len(Store(folder).names()) == 2
    assert "程序已更新" not in text_of(app)
