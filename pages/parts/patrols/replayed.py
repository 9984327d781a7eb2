"""What the back-test of tomorrow's round says, in one sentence and a small table."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import exhibit, labels, tables, words
from pages.parts.ask import ask
from queries import Scope, rounds

SHOWN: list[str | tuple[str, ...]] = [
    ("compared_order", "found_level"),
    ("back_test_verdict", "replayed_count"),
    ("days_earlier", "chance_low", "chance_high"),
    ("compared_wait", "suggested_wait"),
]
PROVEN = [
    "compared_order",
    "found_level",
    "replayed_count",
    "compared_wait",
    "suggested_wait",
    "days_earlier",
    "chance_low",
    "chance_high",
    "back_test_verdict",
    "measured_from_on",
    "measured_to_on",
]
IN_DAYS = ["compared_wait", "suggested_wait", "days_earlier", "chance_low", "chance_high"]


def show(scope: Scope) -> None:
    """The comparison with the oldest visit first, with chance, and with where the rounds really went."""
    exhibit.show(
        "按这个次序走，会更早发现吗",
        ask(rounds.back_test, scope),
        PROVEN,
        "back_test",
        _draw,
        rounds.back_test,
        scope=scope,
        empty="没有可以检验的日子：要有巡查记录，也要有巡查发现的隐患。",
        note="把过去的巡查按天重走：每天只用当天以前知道的，每个社区走的网格数照旧，只换先后；"
        "隐患从上次到访的次日到发现当天，哪天出现都一样可能，不会在那以前被发现。"
        "台账里的隐患都是实际走到才记下的，所以与实际的走法比本来就吃亏。",
    )


def sentence(row: dict[Any, Any]) -> str:
    """The verdict on one comparison in words."""
    order = f"“{labels.said('compared_order', row['compared_order'])}”"
    count = f"{words.number(row['replayed_count'])} 件巡查发现的隐患"
    if row["back_test_verdict"] == "too_few":
        return f"{count}，样本不足 30 件，与{order}比不下结论。"
    days = f"{abs(row['days_earlier']):.2f} 天"
    chance = f"只凭运气就会差 {_signed(row['chance_low'])} 到 {_signed(row['chance_high'])} 天"
    if row["back_test_verdict"] == "earlier":
        return f"比{order}平均早发现 {days}（{count}；{chance}）。"
    if row["back_test_verdict"] == "later":
        return f"没有比{order}更好，反而平均晚发现 {days}（{count}；{chance}）。"
    way = "早" if row["days_earlier"] > 0 else "晚"
    return f"没有比{order}更好：平均{way} {days}，没有超出偶然（{count}；{chance}）。"


def _draw(rows: pd.DataFrame) -> None:
    first = rows.iloc[0].to_dict()
    period = words.days(
        first["measured_from_on"].date(), first["measured_to_on"].date() + pd.Timedelta(days=1)
    )
    st.html(f'<p class="said">{html.escape(f"{period}：{sentence(first)}")}</p>')
    told = rows.astype(dict.fromkeys(IN_DAYS, object))
    for name in IN_DAYS:
        told[name] = [None if words.is_missing(value) else _signed(value) for value in rows[name]]
    tables.short(told, SHOWN, "", "建议的次序与其他走法的比较")


def _signed(days: float) -> str:
    """Two places: the mean over many hazards says more than the whole days of one."""
    return words.signed(days, 2).removeprefix("+")
