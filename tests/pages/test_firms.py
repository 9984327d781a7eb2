"""三色管理 on a street whose colours are worked out by rule."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import street_of
from tests.pages.coloured import (
    CLEAN,
    EDGE,
    GREEN_SHOP,
    NAMES,
    RED,
    RED_SHOP,
    UNSEEN,
    YELLOW,
    coloured_street,
)
from tests.pages.conftest import DASHBOARD
from tests.pages.reading import is_calm, text_of

SHOP = "商户（五项指标）"
PAGE = "pages/firms/three_colour.py"
PARTS = ("重点", "全景图", "短板", "变化", "规则预演", "三张清单")
LISTS = ("临界", "超期未走访", "转绿后反弹", "矛盾", "与评定不同", "人工调整")


@pytest.fixture(scope="module")
def coloured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coloured")
    coloured_street(folder)
    return folder


@pytest.fixture
def app(coloured: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("STREET_STORE", str(coloured))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    return AppTest.from_file(str(DASHBOARD), default_timeout=120)


def opened(app: AppTest, **link: str) -> AppTest:
    for name, value in link.items():
        app.query_params[name] = value
    return app.run().switch_page(PAGE).run()


def rows(app: AppTest, key: str) -> list[str]:
    """The names in the table of that key."""
    [table] = [each for each in app.dataframe if each.key == f"table_{key}"]
    return [str(name) for name in table.value["name"]]


def test_the_head_tells_shares_of_the_rated_and_the_unrated_apart(app: AppTest) -> None:
    text = text_of(opened(app))
    assert is_calm(app)
    assert "谁红了，为什么，怎么转绿？" in text
    for said in ("红 1 / 已评 4", "黄 1 / 已评 4", "绿 2 / 已评 4", "已评 4 / 在营家数 5", "试行"):
        assert said in text, said


@pytest.mark.parametrize("part", PARTS[:-1])
def test_every_part_of_the_shops_opens_calmly(app: AppTest, part: str) -> None:
    text = text_of(opened(app, scheme=SHOP, firms=part))
    assert is_calm(app), text
    assert "已评 2 / 在营家数 3" in text


@pytest.mark.parametrize("part", PARTS[:-1])
def test_every_part_of_the_enterprises_opens_calmly(app: AppTest, part: str) -> None:
    assert "已评 4 / 在营家数 5" in text_of(opened(app, firms=part))
    assert is_calm(app), text_of(app)


def test_the_shops_lists_tell_who_can_help_whom(app: AppTest) -> None:
    opened(app, scheme=SHOP, firms="三张清单")
    [table] = [each for each in app.dataframe if "need_kind" in each.value]
    [match] = table.value.to_dict("records")
    assert (match["name"], match["need_kind"]) == (NAMES[RED_SHOP], "用工")
    assert (match["offer_name"], match["offer_detail"]) == (NAMES[GREEN_SHOP], "钟点工两名")


@pytest.mark.parametrize("listed", LISTS)
def test_every_list_opens_calmly(app: AppTest, listed: str) -> None:
    opened(app, watch=listed)
    assert is_calm(app), text_of(app)


def test_the_red_list_names_who_why_and_whose_post_it_is(app: AppTest) -> None:
    [table] = [each for each in opened(app).dataframe if each.key == "table_firm_red"]
    [red] = table.value.to_dict("records")
    assert (red["name"], red["red_days"]) == (NAMES[RED], 63)
    assert red["reason"] == "存在未销号重大事故隐患1处"
    assert red["release"] == "主管部门或专家验收合格并销号"
    assert red["responsible_post"] == "应急管理站站长"


def test_who_is_near_an_edge_is_found_by_points_and_by_limit(app: AppTest) -> None:
    [table] = [each for each in opened(app, watch="临界").dataframe if each.key == "table_firm_edge"]
    told = dict(zip(table.value["name"], table.value["edge_kind"], strict=True))
    assert told == {NAMES[EDGE]: "得分", NAMES[CLEAN]: "期限"}


def test_a_meeting_s_colour_stands_beside_the_rule_s(app: AppTest) -> None:
    [table] = [
        each for each in opened(app, watch="与评定不同").dataframe if each.key == "table_firm_differently"
    ]
    [told] = table.value.to_dict("records")
    assert (told["name"], told["colour"], told["rated_colour"]) == (NAMES[YELLOW], "▲ 黄", "● 绿")


def test_a_red_inherent_risk_is_told_beside_a_green_colour(app: AppTest) -> None:
    assert rows(opened(app, watch="矛盾"), "firm_conflicts") == [NAMES[CLEAN]]


def test_a_card_says_why_since_when_and_what_turns_it_green(app: AppTest) -> None:
    text = text_of(opened(app, subject=RED))
    assert is_calm(app)
    assert NAMES[RED] in [each.value for each in app.header]
    for said in (
        "存在未销号重大事故隐患1处",
        "主管部门或专家验收合格并销号",
        "自 9月20日 起，已 63 天",
        "转黄须连续 2 次评定达到，已 0 次；至少停留 14 天，已 63 天。",
        "最早 12月1日",
        "最早 2027年2月1日",
        "应急管理站站长",
    ):
        assert said in text, said


def test_a_card_leads_to_the_rows_and_their_file(app: AppTest) -> None:
    [table] = [each for each in opened(app, subject=RED).dataframe if each.key == "table_fired"]
    [row] = table.value.to_dict("records")
    assert (row["hazard_no"], row["ledger"], row["file_name"]) == ("YH-9001", "隐患台账", "台账.xlsx")
    assert row["source_row"] > 0


def test_a_shop_s_card_tells_its_escalation(app: AppTest) -> None:
    text = text_of(opened(app, subject=RED_SHOP))
    assert "黄色问题超期7天未整改" in text
    assert "燃气防护缺1项 −6" in text


def test_a_subject_nobody_knows_is_a_sentence(app: AppTest) -> None:
    assert "企业台账里没有这一家" in text_of(opened(app, subject="QY-404"))
    assert is_calm(app)


def test_whoever_was_never_visited_is_unrated_not_green(app: AppTest) -> None:
    text = text_of(opened(app, subject=UNSEEN))
    assert "◇ 未评" in text
    assert "● 绿" not in text


def test_a_draft_flips_before_anybody_adopts_it(app: AppTest) -> None:
    opened(app, firms="规则预演")
    assert "一家也不变色" in text_of(app)
    slider = next(each for each in app.slider if each.key == "try_enterprise_green")
    slider.set_value(90).run()
    assert rows(app, "flips") == [NAMES[EDGE]]


def test_a_draft_with_faults_is_told_not_tried(app: AppTest) -> None:
    opened(app, firms="规则预演")
    slider = next(each for each in app.slider if each.key == "try_enterprise_points_ideology")
    slider.set_value(20).run()
    assert "应等于满分 100" in " ".join(each.value for each in app.warning).replace("\\", "")


def test_without_the_ledgers_a_rule_needs_the_meeting_s_colours_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street_of(
        tmp_path,
        at="2026-11-22 18:00",
        enterprise=[{"record_key": "F1", "enterprise_no": "F1", "name": "甲厂"}],
        rating=[{"enterprise_key": "F1", "rated_on": "2026-11-02", "colour": "yellow", "reason": "台账写的"}],
    )
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    text = text_of(opened(app))
    assert is_calm(app)
    assert "颜色取自三色评定台账" in text
    assert "黄 1 / 已评 1" in text
    assert "取自评定台账" in text_of(opened(app, subject="F1"))


def test_before_anything_is_loaded_about_firms_every_rate_is_a_dash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    street_of(tmp_path, at="2026-11-22 18:00", hazard=[{}])
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120)
    text = text_of(opened(app))
    assert is_calm(app), text
    assert "100.0%" not in text
    assert "已评为 0，不计算" in text
