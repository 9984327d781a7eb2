"""隐患销号 on the small street."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.reading import is_calm, text_of

PAGE = "pages/daily/hazards.py"


def opened(app: AppTest, part: str = "销得掉吗") -> AppTest:
    app.query_params["hazards"] = part
    return app.run().switch_page(PAGE).run()


def test_one_question_stands_first(app: AppTest) -> None:
    opened(app)
    assert is_calm(app)
    assert app.title[0].value == "隐患销号"
    assert "隐患销得掉、销得及时、销得真吗？" in text_of(app)


def test_the_head_tells_both_rates_and_every_door_with_what_it_counts(app: AppTest) -> None:
    text = text_of(opened(app))
    assert "71.4%" in text
    assert "按期处置数 15 / 应处置数 21" in text
    for said in (
        "按期处置率（首次）",
        "结案率",
        "超期存量",
        "期末在办",
        "净消化",
        "返工率",
        "延期率",
        "挂账在办",
        "作废率",
    ):
        assert said in text, said


def test_the_balance_adds_up_on_screen(app: AppTest) -> None:
    [told] = [
        element.proto.body for element in opened(app).get("html") if 'class="equation"' in element.proto.body
    ]
    numbers = [int(number) for number in re.findall(r"<b>(\d+)</b>", told)]
    opening, new, again, closed, voided, closing = numbers
    assert opening + new + again - closed - voided == closing


def test_the_way_of_a_hazard_is_told_step_by_step(app: AppTest) -> None:
    text = text_of(opened(app))
    for stage in ("已上报", "已立案", "已派遣", "已处置待核查", "已核查待销号", "已销号"):
        assert stage in text, stage


def test_a_kind_is_chosen_for_the_rest_of_the_page(app: AppTest) -> None:
    opened(app)
    app.selectbox(key="kind").select("违规住人").run()
    assert is_calm(app)
    assert "只看违规住人" in text_of(app)


def test_a_link_with_a_kind_reopens_it(app: AppTest) -> None:
    app.query_params["kind"] = "违规住人"
    assert "只看违规住人" in text_of(opened(app))


def test_a_link_with_an_unknown_kind_says_so_and_shows_all(app: AppTest) -> None:
    app.query_params["kind"] = "没有这一类"
    opened(app)
    assert is_calm(app)
    assert "链接里的类别“没有这一类”找不到，现在看全部类别。" in text_of(app)


@pytest.mark.parametrize("noun", ["单位", "类别", "社区", "网格"])
def test_groups_are_compared_every_way(app: AppTest, noun: str) -> None:
    app.query_params["by"] = f"按{noun}"
    opened(app, "及时吗")
    assert is_calm(app)
    assert f"不满 30 件的{noun}并入其他" in text_of(app)


@pytest.mark.parametrize("listed", ["最久未销", "超期", "睡眠件", "90 天内又犯"])
def test_every_list_can_be_opened(app: AppTest, listed: str) -> None:
    app.query_params["list"] = listed
    opened(app, "逐件看")
    assert is_calm(app)
    assert listed in [each.value for each in app.subheader]


@pytest.mark.parametrize("versus", ["上期", "上周同段", "去年同段", "农历同段"])
def test_the_weeks_stand_beside_an_earlier_time(app: AppTest, versus: str) -> None:
    app.query_params["versus"] = versus
    opened(app, "及时吗")
    assert is_calm(app)
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert sum(versus in [trace.get("name") for trace in spec["data"]] for spec in specs) == 3


def test_what_nobody_wrote_is_said_and_not_counted_as_nothing(app: AppTest) -> None:
    text = text_of(opened(app, "是真的吗"))
    assert "小事不出网格率" in text
    assert "写明层级为 0，不计算" in text
    assert "还没有观察满 90 天、写明场所的销号。" in text


def test_the_drawer_of_a_chart_opens_with_its_rows_and_sql(app: AppTest) -> None:
    opened(app)
    app.button(key="proof_stages").click().run()
    assert is_calm(app)
    assert "SQL 原文" in text_of(app)
    assert "半数停留天数" in text_of(app)


@pytest.mark.parametrize("card", range(1, 6))
def test_every_card_proves_itself(app: AppTest, card: int) -> None:
    opened(app)
    app.button(key=f"evidence_{card}").click().run()
    assert is_calm(app)
    assert "hazards.figures" in " ".join(each.value for each in app.code)


@pytest.mark.parametrize("part", ["销得掉吗", "及时吗", "是真的吗", "逐件看"])
def test_only_the_open_part_is_drawn(app: AppTest, part: str) -> None:
    opened(app, part)
    assert is_calm(app)
    first = {
        "销得掉吗": "进出账",
        "及时吗": "按期结案率",
        "是真的吗": "销号后 90 天又犯",
        "逐件看": "重大隐患",
    }
    shown = {each.value for each in app.subheader}
    assert shown & set(first.values()) == {first[part]}


def test_what_was_closed_over_thirteen_weeks_is_not_called_this_period(app: AppTest) -> None:
    assert "近 13 周销号" in text_of(opened(app))


def test_a_downloaded_list_says_what_it_covers(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    noted: dict[str, tuple[str, ...]] = {}

    def remember(frame: object, title: str, key: str, notes: tuple[str, ...] = ()) -> None:
        noted[title] = notes

    monkeypatch.setattr("pages.parts.tables.exports.buttons", remember)
    app.query_params["kind"] = "违规住人"
    opened(app, "逐件看")
    assert is_calm(app)
    assert "；类别 违规住人；快照 " in noted["最久未销"][0]
