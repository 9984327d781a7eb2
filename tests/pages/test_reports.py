"""群众上报 on the small street, whose residents and riders have sent in reports for thirteen weeks."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import street_of
from tests.pages.conftest import DASHBOARD
from tests.pages.reading import is_calm, text_of
from tests.pages.street import GRIDS, TODAY

PAGE = "pages/daily/reports.py"


def _report(nth: int) -> dict[str, Any]:
    """Two a day; every fourth repeats the one before, every fifth still waits, the last grid never speaks."""
    reported = TODAY + timedelta(hours=15 - 12 * nth)
    row = {
        "report_no": f"SB-{nth:04}",
        "reported_at": reported,
        "source": "rider" if nth % 3 == 0 else "snap",
        "grid_code": GRIDS[nth // 4 % 5]["grid_code"],
        "community": GRIDS[nth // 4 % 5]["community"],
        "kind": ("消防安全", "通道堵塞", "<script>alert(1)</script>")[nth // 4 % 3],
        "reporter_key": f"person-{nth % 17}",
        "is_valid": nth % 7 != 0,
    }
    if nth % 4 == 0:
        return row | {"duplicate_of": f"SB-{nth + 1:04}", "is_valid": False}
    row["dispatched_at"] = reported + timedelta(hours=3)
    if nth % 5:
        handled = reported + timedelta(days=4)
        row |= {"handled_at": handled, "feedback_at": handled + timedelta(hours=5)}
    if row["source"] == "snap":
        row["satisfaction"] = ("满意", "基本满意", "未接通", None)[nth % 4]
    return row


def _suggestion(nth: int) -> dict[str, Any]:
    submitted = TODAY - timedelta(days=2 * nth)
    return {
        "suggestion_no": f"JY-{nth:03}",
        "submitted_at": submitted,
        "kind": ("交通出行", "环境卫生")[nth % 2],
        "replied_at": submitted + timedelta(days=3),
        "result_class": "ABCD"[nth % 4],
    }


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speaking")
    street_of(
        folder,
        at="2026-11-22 18:00",
        grid=GRIDS,
        public_report=[_report(nth) for nth in range(180)],
        suggestion=[_suggestion(nth) for nth in range(40)],
    )
    return folder


@pytest.fixture
def app(speaking: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("STREET_STORE", str(speaking))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    monkeypatch.delenv("STREET_UPLOAD", raising=False)
    return AppTest.from_file(str(DASHBOARD), default_timeout=120)


def opened(app: AppTest, part: str = "有回音吗") -> AppTest:
    app.query_params["reports"] = part
    app.run().switch_page(PAGE).run()
    assert is_calm(app)
    return app


def test_one_question_stands_first(app: AppTest) -> None:
    assert opened(app).title[0].value == "群众上报"
    assert "群众报的，有人接、有人办、有回音吗？" in text_of(app)


def test_the_head_tells_every_figure_with_what_it_was_counted_from(app: AppTest) -> None:
    text = text_of(opened(app))
    assert "不重复来件 10 / 群众来件 14" in text
    assert "重复来件 4 / 记重复的来件 14" in text
    for said in (
        "有效上报率",
        "重复来件占比",
        "半数派单小时",
        "反馈率",
        "群众满意率",
        "有效回访率",
        "建议采纳率",
    ):
        assert said in text, said


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("有回音吗", ["四段时钟", "报的是什么"]),
        ("谁在报、报什么", ["各渠道", "各类问题逐周"]),
        ("沉默网格", ["沉默网格"]),
        ("建议与骑手", ["人民建议办成了什么", "移动网格员", "矛盾调解"]),
    ],
)
def test_every_part_stands_with_its_rows(app: AppTest, part: str, titles: list[str]) -> None:
    shown = [each.value for each in opened(app, part).subheader]
    assert set(titles) <= set(shown)


def test_a_grid_without_a_report_is_unknown(app: AppTest) -> None:
    text = text_of(opened(app, "沉默网格"))
    assert "未知（无人上报） 1 个" in text
    assert "望湖社区 第3网格" in text


def test_what_no_ledger_tells_is_said_in_a_sentence(app: AppTest) -> None:
    text = text_of(opened(app, "建议与骑手"))
    assert "没有一本台账记调解成没成" in text
    assert "这段时间没有台账写着调解、纠纷或矛盾的事" in text


def test_a_kind_narrows_the_page(app: AppTest) -> None:
    everything = text_of(opened(app))
    app.selectbox(key="problem").select("通道堵塞").run()
    assert is_calm(app)
    assert text_of(app) != everything


def test_a_link_with_its_choices_reopens_them(app: AppTest) -> None:
    app.query_params["problem"] = "消防安全"
    app.query_params["channel"] = "移动网格员"
    app.query_params["listen"] = "近 180 天"
    opened(app, "沉默网格")
    assert app.selectbox(key="problem").value == "消防安全"
    assert app.session_state["channel"] == "rider"
    assert app.session_state["listen"] == "180"


def test_a_link_with_an_unknown_kind_says_so_and_shows_all(app: AppTest) -> None:
    app.query_params["problem"] = "没有这一类"
    assert "链接里的类型“没有这一类”找不到，现在看全部类型。" in text_of(opened(app))


def test_a_kind_stays_chosen_through_days_that_do_not_know_it(app: AppTest) -> None:
    opened(app)
    app.selectbox(key="problem").select("通道堵塞").run()
    app.button_group(key="days").set_value("近30天").run()
    app.button_group(key="days").set_value("春运").run()
    assert is_calm(app)
    assert "（40 天）" in text_of(app)
    assert app.selectbox(key="problem").value == "通道堵塞"


def test_a_street_without_reports_is_told_in_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: AppTest
) -> None:
    street_of(tmp_path, at="2026-11-22 18:00", grid=GRIDS)
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    assert "这段时间没有要派单、处置或反馈的来件。" in text_of(opened(app))
    assert "未知（无人上报） 6 个" in text_of(opened(app, "沉默网格"))


@pytest.mark.parametrize("card", range(1, 7))
def test_every_figure_opens_its_drawer_of_rows(app: AppTest, card: int) -> None:
    opened(app).button(key=f"evidence_{card}").click().run()
    assert is_calm(app)
    assert "在终端上核对" in text_of(app)


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("有回音吗", "clocks"),
        ("有回音吗", "kinds"),
        ("谁在报、报什么", "channels"),
        ("谁在报、报什么", "report_count"),
        ("沉默网格", "silence_map"),
        ("建议与骑手", "suggestions"),
        ("建议与骑手", "riders"),
    ],
)
def test_every_chart_proves_its_rows(app: AppTest, part: str, key: str) -> None:
    opened(app, part).button(key=f"proof_{key}").click().run()
    assert is_calm(app)
    assert "SQL 原文" in text_of(app)
