"""The frame: what stands around every page, whatever state the warehouse is in."""

import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.warehouse import Store
from tests.builders import load
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
