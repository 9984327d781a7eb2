"""数据状态 on the small street."""

import io
import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.intake.reasons import ADVICE
from data.warehouse import Store
from tests.builders import load
from tests.pages.reading import is_calm, text_of

PAGE = "pages/about/data_status.py"


def test_every_ledger_has_its_age_and_how_often_it_should_come(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    assert is_calm(app)
    text = text_of(app)
    assert "隐患台账" in text
    assert "应报间隔" in text


def test_rows_turned_away_are_told_by_column_and_advice(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    assert "日期无效" in text_of(app)
    rejected = app.dataframe[-1].value
    assert list(rejected["message"]) == [ADVICE["date_invalid"]]


def test_without_leave_of_the_server_nothing_can_be_uploaded(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    assert len(app.get("file_uploader")) == 0
    assert "撤销上次导入" not in text_of(app)


@pytest.fixture
def changeable(app: AppTest, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A street of its own, on a server that takes files in."""
    folder = tmp_path / "street"
    shutil.copytree(store, folder)
    monkeypatch.setenv("STREET_STORE", str(folder))
    monkeypatch.setenv("STREET_UPLOAD", "1")
    monkeypatch.setenv("STREET_KEY_FILE", str(tmp_path / "key"))
    return Store(folder)


def test_a_file_is_tried_out_first_and_loaded_only_when_confirmed(app: AppTest, changeable: Store) -> None:
    before = changeable.names()
    app.run().switch_page(PAGE).run()
    app.file_uploader[0].upload("隐患台账.xlsx", _hazards()).run()
    assert is_calm(app)
    assert "可以收下隐患台账 1 条，退回 1 行" in text_of(app).replace("\\", "")
    assert changeable.names() == before
    app.button(key="upload_commit").click().run()
    assert is_calm(app)
    assert "已导入" in text_of(app)
    assert len(changeable.names()) == len(before) + 1


def test_a_file_whose_colours_are_flags_is_refused_with_both_ways_on(app: AppTest, changeable: Store) -> None:
    before = changeable.names()
    app.run().switch_page(PAGE).run()
    flags = "店铺名称,评定日期,评定颜色\n临江饭店,2026-11-01,红旗\n"
    app.file_uploader[0].upload("旬评比.csv", flags.encode()).run()
    assert is_calm(app)
    [said] = [each.value.replace("\\", "") for each in app.warning if "红旗" in each.value]
    assert "--template red_flag_is_best" in said
    assert "改写成绿、黄、红" in said
    assert not [each for each in app.button if each.key == "upload_commit"]
    assert changeable.names() == before


def test_the_last_load_can_be_taken_back(app: AppTest, changeable: Store) -> None:
    load(changeable, "2026-11-22 19:00", hazard=[{"hazard_no": "YH-9999"}])
    app.run().switch_page(PAGE).run()
    app.button(key="undo").click().run()
    assert is_calm(app)
    assert len(changeable.loaded()) == 1


def _hazards() -> bytes:
    rows = pd.DataFrame(
        {
            "隐患编号": ["N-1", "N-2"],
            "发现日期": ["2026-11-20", "2026/13/1"],
            "网格编码": ["WG-0101", "WG-0101"],
        }
    )
    book = io.BytesIO()
    rows.to_excel(book, index=False, engine="xlsxwriter")
    return book.getvalue()
