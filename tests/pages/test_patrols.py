"""巡查 on the small street, and on one whose patrols tell their points."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import labels
from pages.parts.patrols import crews
from tests.builders import street_of
from tests.pages.reading import is_calm, text_of

PAGE = "pages/daily/patrols.py"
DASHBOARD = Path(__file__).parents[2] / "dashboard.py"


def visit(at: str, **cells: Any) -> dict[str, Any]:
    return {
        "patrolled_at": f"2026-11-{at}",
        "crew_size": 3,
        "stay_minutes": 20,
        "contact_count": 4,
        "kind": "企业走访",
        "lon": 120.1,
        "lat": 30.1,
        **cells,
    }


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A community that went out on Monday, too shortly on Tuesday and not at all on Wednesday."""
    folder = tmp_path_factory.mktemp("walked")
    street_of(
        folder,
        at="2026-11-18 20:00",
        patrol_log=[
            visit("16 08:30", place="红色公司", lon=120.101),
            visit("16 10:00", place="<script>alert(1)</script>", lat=30.102),
            visit("16 11:10", place="别处", lon=None, lat=None),
            visit("17 09:00", finding_count=1),
            visit("18 19:40", grid_code="WG-0102"),
        ],
        enterprise=[
            {"record_key": "A", "enterprise_no": "A", "name": "红色公司"},
            {"record_key": "B", "enterprise_no": "B", "name": "没人去公司", "registered_on": "2020-01-01"},
        ],
        rating=[{"enterprise_key": "A", "colour": "red"}, {"enterprise_key": "B", "colour": "red"}],
    )
    return folder


@pytest.fixture
def page(walked: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("STREET_STORE", str(walked))
    monkeypatch.setenv("STREET_TODAY", "2026-11-18")
    monkeypatch.delenv("STREET_UPLOAD", raising=False)
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    app.run()
    yield app.switch_page(PAGE).run()


def opened(page: AppTest, part: str) -> AppTest:
    page.query_params["patrols"] = part
    return page.run()


def test_the_page_answers_its_question_with_six_figures(app: AppTest) -> None:
    app.run()
    app.switch_page(PAGE).run()
    assert is_calm(app)
    text = text_of(app)
    assert "今天该跑的都跑到了吗？" in text
    for said in ("达标出车率", "巡查覆盖率", "超时未巡网格", "走访覆盖率", "晚间覆盖率", "巡查闭环率"):
        assert said in text


def test_the_rounds_are_judged_by_the_rule(page: AppTest) -> None:
    assert is_calm(page)
    text = text_of(page)
    assert "达标的社区日 1 / 可判定的社区日 3" in text
    assert "11月18日没出够车的社区" in text
    assert "最近一个应出车日，1 个社区中达标 0 个" in text
    assert "没有出车" in text


def test_what_runs_out_tomorrow_and_what_has_run_out_are_told(page: AppTest) -> None:
    text = text_of(page)
    assert "从未巡查的 0 个" in text
    assert "没有网格等得太久" in text
    assert "到明天夜里，没有网格、企业或商户会超过间隔" in text, "72 hours after Tuesday are Friday"
    assert "没有到期而未走访的企业或商户" in text_of(opened(page, "走访")), (
        "the ledger is three days old: nobody can be late yet"
    )


def test_a_page_without_hazards_says_so_in_sentences(page: AppTest) -> None:
    text = text_of(opened(page, "发现"))
    assert "这段时间没有隐患，说不出哪里集中。" in text
    assert "这段时间没有巡查发现的隐患，也没有到期的。" in text


def test_a_state_of_the_round_keeps_its_colour(page: AppTest) -> None:
    opened(page, "出车")
    told = json.loads(page.get("plotly_chart")[1].proto.spec)["data"]
    fills = crews._fills()
    assert len(told) > 1
    assert {bar["name"]: bar["marker"]["color"] for bar in told} == {
        bar["name"]: fills[state]
        for bar in told
        for state in crews.STATES
        if labels.said("round_state", state) == bar["name"]
    }
    assert set(fills) == set(crews.STATES)
    assert fills["unreported"] not in {fill for state, fill in fills.items() if not state.startswith("un")}


def test_without_a_patrol_no_grid_is_called_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street_of(tmp_path, at="2026-11-18 20:00", hazard=[{"hazard_no": "A01"}])
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-18")
    bare = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    bare.switch_page(PAGE)
    bare.run()
    assert is_calm(bare)
    assert "说不出明天哪里要断档" in text_of(bare)
    assert "中位数 —" not in text_of(bare)


def test_the_way_is_drawn_where_points_exist_and_its_text_is_escaped(page: AppTest) -> None:
    opened(page, "路线")
    page.selectbox(key="route").select("2026-11-16 一号社区").run()
    assert is_calm(page)
    assert "2026-11-16 一号社区，3 站，按到场先后连线，不是走过的路。其中 1 站没有坐标，不画。" in text_of(
        page
    )
    [drawn] = page.get("deck_gl_json_chart")
    told = json.loads(drawn.proto.json)
    layers = {layer["id"]: layer for layer in told["layers"]}
    assert layers["way"]["data"] == [{"w": [[120.101, 30.1], [120.1, 30.102]]}]
    assert [stop["t"] for stop in layers["stops"]["data"]] == ["第 1 站 08:30", "第 2 站 10:00"]
    assert "&lt;script&gt;" in "".join(element.proto.body for element in page.get("html"))


def test_walking_only_so_far_shortens_the_way(page: AppTest) -> None:
    opened(page, "路线")
    page.selectbox(key="route").select("2026-11-16 一号社区").run()
    page.select_slider(key="route_reached").set_value("1").run()
    assert is_calm(page)
    [drawn] = page.get("deck_gl_json_chart")
    layers = {layer["id"]: layer for layer in json.loads(drawn.proto.json)["layers"]}
    assert layers["way"]["data"] == [{"w": [[120.101, 30.1]]}]


def test_a_colour_narrows_the_list_of_overdue_calls(page: AppTest) -> None:
    opened(page, "走访")
    page.selectbox(key="called").select("企业 红（7 天）").run()
    assert is_calm(page)
    assert "企业 红（7 天），共 0 家" in text_of(page)


def test_the_choices_stand_in_the_link(walked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_STORE", str(walked))
    monkeypatch.setenv("STREET_TODAY", "2026-11-18")
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    app.run()
    app.switch_page(PAGE)
    app.query_params["weekly"] = "晚间覆盖率"
    opened(app, "出车")
    assert is_calm(app)
    assert "每周晚间覆盖率" in [element.value for element in app.subheader]
    app.query_params["route"] = "2026-11-17 一号社区"
    opened(app, "路线")
    assert app.selectbox(key="route").value == "2026-11-17 一号社区"


def test_the_page_says_what_no_ledger_tells_and_names_nobody(page: AppTest) -> None:
    text = text_of(page)
    assert "没有的数不估" in text
    assert "姓名不入库" in text_of(opened(page, "出车"))


def test_silent_runs_are_asked_for_only_where_somebody_opens_them(page: AppTest) -> None:
    assert "proof_silent" not in [button.key for button in opened(page, "发现").button]
    page.query_params["zero_findings"] = "true"
    opened(page, "发现").button(key="proof_silent").click().run()
    assert is_calm(page)
    assert "patrols.silent_runs" in " ".join(code.value for code in page.code)


@pytest.mark.parametrize("card", range(1, 7))
def test_every_figure_has_its_rows_and_its_question(page: AppTest, card: int) -> None:
    page.button(key=f"evidence_{card}").click().run()
    assert is_calm(page)
    assert "python -m queries ask" in " ".join(code.value for code in page.code)


EXHIBITS = {
    "缺口": ("missed", "waiting", "tomorrow"),
    "出车": ("weekly_line", "round_states", "round_measures", "by_hour", "by_day"),
    "发现": ("dose", "findings", "by_kind", "unanswered"),
    "走访": ("coverage_by_colour", "overdue_visits"),
    "路线": ("route",),
}


@pytest.mark.parametrize(
    ("part", "exhibit"), [(part, exhibit) for part, exhibits in EXHIBITS.items() for exhibit in exhibits]
)
def test_every_exhibit_has_its_rows_and_its_question(page: AppTest, part: str, exhibit: str) -> None:
    opened(page, part).button(key=f"proof_{exhibit}").click().run()
    assert is_calm(page)
    assert "python -m queries ask" in " ".join(code.value for code in page.code)
