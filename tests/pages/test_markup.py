"""A street whose every free text is HTML, markdown and a plotly template: all of it is shown as text."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import street_of
from tests.pages.conftest import DASHBOARD
from tests.pages.reading import WORDED, is_calm
from tests.pages.street import GRIDS, TODAY

MARKUP = "<b>x</b>[k](http://e)%{x}"
PARTS = [
    *(("hazards", part) for part in ("销得掉吗", "及时吗", "是真的吗", "逐件看")),
    *(("patrols", part) for part in ("缺口", "明天去哪", "出车", "发现", "走访", "路线")),
    *(("reports", part) for part in ("有回音吗", "谁在报、报什么", "沉默网格", "建议与骑手")),
]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marked")
    street_of(
        folder,
        at="2026-11-22 18:00",
        grid=[{**grid, "grid_name": f"{MARKUP}{nth}"} for nth, grid in enumerate(GRIDS)],
        hazard=[_hazard(nth) for nth in range(200)],
        patrol_log=[_patrol(nth) for nth in range(120)],
        enterprise=[{**_at(nth), "enterprise_no": f"{nth}", "name": f"{MARKUP}{nth}"} for nth in range(6)],
        rating=[{"enterprise_key": f"{nth}", "rated_on": "2026-10-13", "colour": "red"} for nth in range(6)],
        public_report=[
            {**_at(nth), "reported_at": TODAY - timedelta(hours=9 * nth), "kind": f"{MARKUP}{nth % 3}"}
            for nth in range(100)
        ],
        suggestion=[{"submitted_at": TODAY, "kind": MARKUP, "result_class": "A", "replied_at": TODAY}],
    )
    return folder


def _at(nth: int) -> dict[str, Any]:
    return {name: GRIDS[nth % 6][name] for name in ("grid_code", "community")}


def _hazard(nth: int) -> dict[str, Any]:
    at = TODAY - timedelta(hours=8 * nth)
    done = at + timedelta(days=2) if nth % 3 and nth > 9 else None
    texts = dict.fromkeys(("unit", "place", "part", "description"), MARKUP)
    told = {"kind": f"{MARKUP}{nth % 2}", "level": "general" if nth % 9 else "major"}
    times = {"reported_at": at, "filed_at": at, "due_at": at + timedelta(days=3)}
    return {**_at(nth), **texts, **told, **times, "handled_at": done, "closed_at": done}


def _patrol(nth: int) -> dict[str, Any]:
    at = {"patrolled_at": TODAY - timedelta(hours=5 * nth), "lon": 100.2, "lat": 36.9}
    return {**_at(nth), **at, "place": MARKUP, "kind": MARKUP, "stay_minutes": 9, "contact_count": 2}


@pytest.fixture
def app(marked: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("STREET_STORE", str(marked))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    monkeypatch.delenv("STREET_UPLOAD", raising=False)
    return AppTest.from_file(str(DASHBOARD), default_timeout=120)


@pytest.mark.parametrize(("page", "part"), PARTS)
def test_no_part_takes_a_text_for_a_command(app: AppTest, page: str, part: str) -> None:
    app.query_params[page] = part
    app.switch_page(f"pages/daily/{page}.py").run()
    assert is_calm(app)
    assert list(_taken_for_commands(app)) == []


@pytest.mark.parametrize("link", [{"by": "按单位"}, {"by": "按网格"}, {"kind": f"{MARKUP}0"}])
def test_no_choice_takes_a_text_for_a_command(app: AppTest, link: dict[str, str]) -> None:
    app.query_params.update({"hazards": "及时吗", **link})
    app.switch_page("pages/daily/hazards.py").run()
    assert is_calm(app)
    assert list(_taken_for_commands(app)) == []


def test_no_map_takes_a_name_for_a_command(app: AppTest) -> None:
    app.query_params["grid"] = [f"柳岸社区 {MARKUP}0", f"柳岸社区 {MARKUP}1"]
    app.switch_page("pages/daily/grid_heat.py").run()
    app.button(key="rows_open_stock").click().run()
    assert is_calm(app)
    assert list(_taken_for_commands(app)) == []
    [drawn] = app.get("deck_gl_json_chart")
    assert MARKUP not in drawn.proto.tooltip


def _taken_for_commands(app: AppTest) -> Iterator[str]:
    """Every text that a browser, markdown or plotly would read as more than text."""
    yield from (each.proto.body for each in app.get("html") if "<b>x" in each.proto.body)
    worded: list[Any] = [each for kind in WORDED for each in app.get(kind)]
    yield from (str(each.value) for each in worded if "[k](" in str(each.value))
    yield from (str(each.proto.label) for each in app.get("expander") if "[k](" in each.proto.label)
    for pill in (option for group in app.get("button_group") for option in group.proto.options):
        if "[k](" in pill.content:
            yield pill.content
    for chart in app.get("plotly_chart"):
        yield from _tags(json.loads(chart.proto.spec))


def _tags(told: Any, inside: str = "") -> Iterator[str]:
    """Texts of a chart with a tag in them; what a click hands on is never drawn."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from _tags(value, name)
    elif isinstance(told, list):
        drawn = told[1:] if inside == "told" else told
        for value in drawn:
            yield from _tags(value, "told" if inside == "customdata" else "")
    elif isinstance(told, str) and "<b>x" in told:
        yield told
