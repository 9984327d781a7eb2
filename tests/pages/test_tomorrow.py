"""Tomorrow's round on the small street: its order, its reasons, what back-test and after-effect say."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.patrols import aftermath, replayed, tomorrow
from tests.pages.reading import is_calm, text_of


def section() -> None:
    """The part alone, as a page would draw it."""
    from datetime import date, datetime

    from pages.parts.patrols import tomorrow
    from queries import Scope

    tomorrow.show(Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18)))


@pytest.fixture
def part(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The section on the small street, not yet run."""
    monkeypatch.setenv("STREET_STORE", str(store))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    return AppTest.from_function(section, default_timeout=60)


def test_the_order_stands_with_its_reasons(part: AppTest) -> None:
    part.run()
    assert is_calm(part)
    text = text_of(part)
    assert "明天先去哪里" in text
    assert "不给网格打分" in text
    [table] = part.dataframe
    assert table.value["round_no"].tolist()[0] == 1
    # one grid of three a day is what a community usually reaches
    assert len(table.value) == 2
    assert "会更早发现吗" not in text


def test_all_grids_can_be_listed(part: AppTest) -> None:
    part.query_params["round"] = "全部网格"
    part.run()
    [table] = part.dataframe
    assert len(table.value) == 6


def test_the_back_test_runs_only_when_asked_and_says_what_it_found(part: AppTest) -> None:
    part.run()
    part.toggle(key="back_test").set_value(True).run()
    assert is_calm(part)
    text = text_of(part)
    assert "按这个次序走，会更早发现吗" in text
    # the small street's hazards do not say who found them
    assert "样本不足 30 件" in text


def test_the_after_effect_says_that_nobody_noted_how_long_they_stayed(part: AppTest) -> None:
    part.run()
    part.toggle(key="after_effect").set_value(True).run()
    assert is_calm(part)
    assert "近一年没有记下停留时长的巡查" in text_of(part)


LINE: dict[str, Any] = {
    "compared_order": "oldest",
    "found_level": "all",
    "replayed_count": 1736,
    "days_earlier": 0.025,
    "chance_low": -0.061,
    "chance_high": 0.058,
    "back_test_verdict": "no_difference",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "没有比“先去最久未去的网格”更好：平均早 0.03 天，没有超出偶然（1,736 件"),
        ({"days_earlier": 0.31, "back_test_verdict": "earlier"}, "比“先去最久未去的网格”平均早发现 0.31 天"),
        (
            {"days_earlier": -0.2, "back_test_verdict": "later"},
            "没有比“先去最久未去的网格”更好，反而平均晚发现 0.20 天",
        ),
        ({"replayed_count": 7, "back_test_verdict": "too_few"}, "7 件巡查发现的隐患，样本不足 30 件"),
    ],
)
def test_the_back_test_is_told_as_it_is(changed: dict[str, Any], said: str) -> None:
    assert said in replayed.sentence(LINE | changed)


@pytest.mark.parametrize(
    ("recommended", "said"),
    [(None, "各档区间有重叠，不推荐停留时长"), (2, "停留 10—15 分钟 的到访之后隐患来得最慢")],
)
def test_a_stay_is_recommended_only_with_its_count_and_the_caution(
    recommended: int | None, said: str
) -> None:
    rows = pd.DataFrame(
        {
            "stay_bin": ["under_5", "from_5", "from_10", "from_15"],
            "visit_count": [100, 200, 300, 400],
            "followed_count": [10, 20, 5, 30],
            "is_recommended": [nth == recommended for nth in range(4)],
        }
    )
    told = aftermath.sentence(rows)
    assert said in told
    assert "1,000 次到访" in told
    assert told.endswith("相关不等于因果。")


def test_a_grid_is_told_in_words() -> None:
    row: dict[Hashable, Any] = {
        "grid_name": "半山桥社区 第六网格",
        "round_no": 1,
        "gap_days": 11,
        "usual_gap": 2.0,
        "last_visit_at": pd.Timestamp("2026-11-12 10:19"),
        "hazards_per_day": 0.403,
        "unseen_hazards": 4.43,
        "unseen_wait": 24.38,
        "red_yellow_count": 7,
        "red_yellow_due": 5,
        "colour_weight": 12 / 7,
        "open_stock": 13,
        "overdue_stock": 3,
    }
    assert tomorrow.sentence(row) == (
        "半山桥社区 第六网格排第 1：明天就有 11 天没去（平时隔 2 天）；日均约 0.40 件，"
        "估计 4.4 件还没人看到，共等了 24.4 件·天；红黄对象 5 / 7 家到期未走访，× 1.71。"
        "期末在办 13 件，其中超期 3 件。"
    )
    never = tomorrow.sentence(row | {"last_visit_at": None, "usual_gap": None, "red_yellow_due": None})
    assert "从巡查台账开始 11 天，没有有效到访过" in never
    assert "颜色不计" in never
    nothing = tomorrow.sentence(row | {"hazards_per_day": None, "unseen_hazards": None, "unseen_wait": None})
    assert "近 91 天台账里没有隐患，只按未去天数排" in nothing
