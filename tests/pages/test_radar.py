"""假销号雷达, the case card and its photos on the small street, drawn by themselves."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from pages.parts.hazards import photos as shown_photos
from tests.builders import Row, street_of
from tests.pages.reading import is_calm, text_of

MONDAY = datetime(2026, 9, 7, 9)
EVIL = "<script>alert('x')</script> [点我](javascript:alert(1)) 堆放杂物"
CASE: Row = {
    "hazard_no": "YH-1",
    "place": "海天五金厂",
    "part": "仓库",
    "kind": "消防",
    "unit": "消防站",
    "description": EVIL,
    "reported_at": MONDAY,
    "filed_at": MONDAY + timedelta(hours=1),
    "due_at": MONDAY + timedelta(days=3),
    "extended_due_at": MONDAY + timedelta(days=6),
    "handled_first_at": MONDAY + timedelta(days=2),
    "handled_at": MONDAY + timedelta(days=7),
    "closed_at": MONDAY + timedelta(days=7, hours=1),
    "rework_count": 1,
    "is_self_verified": True,
    "has_photo_column": True,
    "photo_before": "2026/YH-1_前.jpg",
    "photo_after": "2026/YH-1_后.jpg、../../secret.jpg",
    "source_sheet": "九月",
    "source_row": 17,
}


def scripted(store: Path, monkeypatch: pytest.MonkeyPatch, body: str, **link: str) -> AppTest:
    """A page of one part alone, with the scope of four weeks."""
    monkeypatch.setenv("STREET_STORE", str(store))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    script = f"""
from datetime import date, datetime
import streamlit as st
from pages.parts.hazards import case_card, radar
from queries import Scope
scope = Scope(date(2026, 9, 7), date(2026, 10, 19), as_at=datetime(2026, 10, 18, 23, 59))
st.session_state["scope"] = scope
{body}
"""
    app = AppTest.from_string(script, default_timeout=120)
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    again = {"hazard_no": "YH-2", "place": "海天五金厂", "part": "仓库", "kind": "消防"}
    found = {"reported_at": MONDAY + timedelta(days=20), "filed_at": MONDAY + timedelta(days=20)}
    street_of(tmp_path / "store", at="2026-10-18 23:59", hazard=[CASE, {**again, **found}])
    return tmp_path


def picture(path: Path, seed: int) -> Path:
    """A picture that carries what a phone writes beside the pixels."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = (
        np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8).repeat(80, 0).repeat(80, 1)
    )
    exif = Image.Exif()
    exif[0x010F] = "某某手机"
    exif[0x8825] = {1: "N", 2: (30.0, 30.0, 0.0)}
    Image.fromarray(pixels).save(path, "JPEG", exif=exif)
    return path


def test_the_radar_names_its_reasons_and_says_it_is_no_verdict(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = scripted(folder / "store", monkeypatch, "radar.show(scope)")
    assert is_calm(app)
    text = text_of(app)
    for said in ("假销号雷达", "实销率", "结案率", "待复核占比", "不是结论", "复核清单", "第 1 百分位"):
        assert said in text, said
    [review] = [each.value for each in app.dataframe if "closing_hours" in each.value]
    assert review["signs"].tolist() == ["经办人自己复查、30 天内又出现"]
    assert "不等于没有问题" in text


def test_a_street_that_closed_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street_of(tmp_path, at="2026-10-18 23:59", hazard=[{**CASE, "closed_at": None}])
    app = scripted(tmp_path, monkeypatch, "radar.show(scope)")
    assert is_calm(app)
    assert "这段时间没有要复核的销号。" in text_of(app)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [("实销率数的是哪些", "所以没有实销率"), ("可能重复上报", "没有 50 米、72 小时以内的同类隐患。")],
)
def test_the_other_lists_say_why_they_are_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, said: str
) -> None:
    street_of(tmp_path, at="2026-10-18 23:59", hazard=[{**CASE, "closed_at": None}])
    app = scripted(tmp_path, monkeypatch, "radar.show(scope)", radar=chosen)
    assert is_calm(app)
    assert said in text_of(app)


def test_one_rule_at_a_time_can_be_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = scripted(folder / "store", monkeypatch, "radar.show(scope)", sign="会前突击销号")
    assert is_calm(app)
    assert "复核清单：会前突击销号" in [title.value for title in app.subheader]
    assert "这段时间没有要复核的销号。" in text_of(app)


def test_the_card_tells_the_case_step_by_step_with_its_file_and_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = scripted(folder / "store", monkeypatch, "case_card.show('YH-1', scope)")
    assert is_calm(app)
    text = text_of(app)
    for said in ("发现", "首次处置（退回重办）", "延期至", "超过期限", "返工 1 次", "同一场所的其他案件"):
        assert said in text or any(said in each.label for each in app.expander), said
    assert "第 17 行" in text
    assert "《台账.xlsx》" in text
    assert "九月" in text


def test_a_script_in_a_description_stands_there_as_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = scripted(folder / "store", monkeypatch, "case_card.show('YH-1', scope)")
    drawn = " ".join(element.proto.body for element in app.get("html"))
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in drawn
    assert "<script" not in drawn


def test_an_unknown_number_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有这个编号" in text_of(scripted(folder / "store", monkeypatch, "case_card.show('查无', scope)"))


def test_a_pick_opens_its_case_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = scripted(folder / "store", monkeypatch, "case_card.picked({'hazard_no': 'YH-1'}, 'list')")
    assert "第 17 行" in text_of(app)
    assert "第 17 行" not in text_of(app.run())


def test_photos_are_only_shown_from_the_folder_that_was_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "case_card.show('YH-1', scope)"
    monkeypatch.delenv("STREET_PHOTOS", raising=False)
    assert "STREET_PHOTOS" in text_of(scripted(folder / "store", monkeypatch, body))
    picture(folder / "照片" / "2026" / "YH-1_前.jpg", 1)
    picture(folder / "照片" / "2026" / "YH-1_后.jpg", 2)
    picture(folder / "secret.jpg", 3)
    monkeypatch.setenv("STREET_PHOTOS", str(folder / "照片"))
    app = scripted(folder / "store", monkeypatch, body)
    assert is_calm(app)
    assert len(app.get("image")) == 2
    assert "整改后：1 张在照片文件夹里找不到或打不开。" in text_of(app)


def test_a_thumbnail_carries_nothing_but_its_pixels(tmp_path: Path) -> None:
    path = picture(tmp_path / "大图.jpg", 1)
    drawn = shown_photos.thumbnail(path)
    assert drawn is not None
    assert "某某手机".encode() not in drawn
    small = tmp_path / "small.jpg"
    small.write_bytes(drawn)
    with Image.open(small) as shown:
        assert not shown.getexif()
        assert max(shown.size) == shown_photos.WIDEST_PX


def test_what_is_no_picture_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "假.jpg"
    path.write_text("<svg onload=alert(1)>", "utf-8")
    assert shown_photos.thumbnail(path) is None
