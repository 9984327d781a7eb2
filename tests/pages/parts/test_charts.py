"""Charts as specs: gaps stay gaps, days are Chinese, and each says itself in a sentence."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

Drawn = Callable[[str], tuple[dict[str, Any], str]]

DAYS = "[date(2026, 11, 9), date(2026, 11, 16)]"
BEGINNING = """
from datetime import date
from pages.parts import charts, labels
from pages.parts.charts import Limits, Series
rate, count = labels.term("on_time_handling_rate"), labels.term("overdue_stock")
"""


@pytest.fixture
def drawn() -> Drawn:
    """Draws one chart and hands back its spec and what a screen reader says."""

    def draw(call: str) -> tuple[dict[str, Any], str]:
        app = AppTest.from_string(BEGINNING + call).run()
        assert not app.exception
        proto = app.get("plotly_chart")[0].proto
        return json.loads(proto.spec), proto.alt

    return draw


def test_a_week_without_a_rate_is_a_gap(drawn: Drawn) -> None:
    spec, said = drawn(f"charts.lines([Series('本期', {DAYS}, [None, 0.5])], rate, 'k')")
    assert spec["data"][0]["y"] == [None, 0.5]
    assert spec["data"][0]["connectgaps"] is False
    assert spec["layout"]["xaxis"]["tickformat"] == "%-m月%-d日"
    assert said == "按期处置率：本期 11月9日 —，11月16日 50.0%"


def test_what_is_compared_with_is_dotted(drawn: Drawn) -> None:
    series = f"Series('本期', {DAYS}, [1, 2]), Series('上期', {DAYS}, [3, 4], is_before=True)"
    spec, _ = drawn(f"charts.lines([{series}], count, 'k')")
    assert [trace["line"].get("dash") for trace in spec["data"]] == [None, "dot"]
    assert spec["layout"]["showlegend"] is True


def test_bars_reach_to_both_ends_of_their_interval(drawn: Drawn) -> None:
    spec, said = drawn(
        "charts.bars(['甲', '乙'], [0.5, None], rate, 'k', lows=[0.25, None], highs=[1.0, None])"
    )
    whiskers = spec["data"][0]["error_x"]
    assert whiskers["array"] == [0.5, 0.0]
    assert whiskers["arrayminus"] == [0.25, 0.0]
    assert said == "按期处置率：甲 50.0%，乙 —"


def test_a_calendar_leaves_days_nobody_told_of_empty(drawn: Drawn) -> None:
    spec, _ = drawn(f"charts.calendar({DAYS}, [0, 3], count, 'k')")
    cells = spec["data"][0]["z"]
    assert cells[0] == [0, 3]
    assert cells[1] == [None, None]
    assert spec["data"][0]["x"] == ["11月9日", "11月16日"]


def test_curves_say_where_they_pass_the_half(drawn: Drawn) -> None:
    _, said = drawn("charts.steps({'消防': ([0, 2, 9], [1.0, 0.5, 0.3])}, rate, 'k')")
    assert said == "按期处置率：消防 75.0% 在第 2 天，50.0% 在第 2 天，未降到 25.0%"


def test_a_funnel_names_only_what_stands_outside(drawn: Drawn) -> None:
    limits = "[Limits('95%', [30, 60], [0.7, 0.8], [1.0, 0.98])]"
    spec, _ = drawn(
        f"charts.funnel(['甲', '乙'], [30, 60], [0.9, 0.5], 0.9, {limits}, rate, 'k', named=['乙'])"
    )
    assert spec["data"][-1]["text"] == ["", "乙"]
    assert len(spec["data"]) == 4


NAMED = "消防<b>通道</b> & %{x}"
WRITTEN = "消防&lt;b&gt;通道&lt;/b&gt; &amp; %{x}"


@pytest.mark.parametrize(
    ("call", "places"),
    [
        ("charts.bars([{0}], [1], count, 'k', chooses='c')", [("data", 0, "y", 0), ("data", 1, "y", 0)]),
        ("charts.stacked(['a'], {{{0}: [1]}}, count, 'k')", [("data", 0, "name")]),
        ("charts.lines([Series({0}, ['a'], [1])], count, 'k')", [("data", 0, "name")]),
        ("charts.steps({{{0}: ([0], [1.0])}}, rate, 'k')", [("data", 0, "name")]),
        (
            "charts.funnel([{0}], [30], [0.9], 0.9, [], rate, 'k', named=[{0}])",
            [("data", 0, "text", 0), ("data", 0, "customdata", 0, 1)],
        ),
    ],
)
def test_a_name_out_of_a_file_is_never_a_tag(
    drawn: Drawn, call: str, places: list[tuple[str | int, ...]]
) -> None:
    spec, said = drawn(call.format(repr(NAMED)))
    for place in places:
        found: Any = spec
        for step in place:
            found = found[step]
        assert found == WRITTEN
    assert NAMED in said


def test_a_click_on_a_bar_hands_on_the_name_as_the_file_has_it(drawn: Drawn) -> None:
    spec, _ = drawn(f"charts.bars([{NAMED!r}], [1], count, 'k', chooses='c')")
    assert spec["data"][0]["customdata"] == [[NAMED, "1"]]
