"""The card of one grid: roles and counts, never names; nothing said where nothing is known."""

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from pages.parts.heat import grid_card

KNOWN: dict[str, Any] = {
    "community": "柳岸社区",
    "grid_code": "WG-0101",
    "grid_name": "<b>第1网格",
    "grid_kind": "basic",
    "households": 400,
    "population": 988,
    "floating_population": 331,
    "has_head": False,
    "full_time_count": 1,
    "part_time_count": 3,
    "active_enterprises": 1,
    "active_shops": 6,
    "red_enterprises": 0,
    "red_shops": 1,
    "last_visit_at": pd.Timestamp(datetime(2026, 11, 19, 10, 25)),
    "unvisited_days": 3.0,
    "visit_count": 3,
    "filed": 2,
    "open_stock": 4,
    "overdue_stock": 1,
    "longest_open_days": 289.3,
    "handled_on_time": 25,
    "need_to_handle": 31,
    "on_time_handling_rate": 25 / 31,
    "on_time_handling_rate_low": 0.637,
    "on_time_handling_rate_high": 0.908,
    "place_no": 3,
    "place_low": 1,
    "place_high": 9,
}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")


def test_it_says_roles_stocks_and_how_sure_a_rank_is() -> None:
    told = grid_card.face(KNOWN)
    assert "网格长 <b>没有</b>" in told
    assert "<b>11月19日 10:25</b>，距今 3 天" in told
    assert '超期 <b class="worse">1 件</b>' in told
    assert "<b>80.6%</b>（25 / 31），95% 区间 63.7% 至 90.8%" in told
    assert "第 3 位（把握范围 1 至 9）" in told


def test_a_name_cannot_be_html() -> None:
    assert "<h3>柳岸社区 &lt;b&gt;第1网格</h3>" in grid_card.face(KNOWN)


def test_what_is_not_reported_is_said_and_not_zero() -> None:
    kept = ("community", "grid_code", "grid_name", "grid_kind")
    told = grid_card.face({name: value if name in kept else None for name, value in KNOWN.items()})
    assert "网格长 <b>未上报</b>" in told
    assert "没有巡查记录" in told
    assert "不足 30 件，不排名" in told
    assert "<b>0" not in told
