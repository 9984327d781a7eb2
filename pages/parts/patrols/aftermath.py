"""What a visit leaves behind: how soon others report the next hazard, by how long the visit stayed."""

import html

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, tables, words
from pages.parts.ask import ask
from queries import Scope, rounds

CAUTION = "相关不等于因果"
RATES = [
    "stay_bin",
    "visit_count",
    "followed_count",
    "watched_visit_days",
    "hazards_per_watched_day",
    "hazards_per_watched_day_low",
    "hazards_per_watched_day_high",
    "is_recommended",
]
NO_VISITS = "近一年没有记下停留时长的巡查。"


def show(scope: Scope) -> None:
    """The curves, then the rates with their intervals and what may be concluded from them."""
    exhibit.show(
        "到访之后，多久有人报来下一件",
        ask(rounds.after_effect_curve, scope),
        ["stay_bin", "after_visit_days", "share_without_hazard"],
        "after_effect_curve",
        _curves,
        rounds.after_effect_curve,
        scope=scope,
        empty=NO_VISITS,
        note=f"近一年的到访，按停留时长分；观察到有人（巡查以外）报隐患、下一次巡查或截止时刻为止。{CAUTION}。",
    )
    exhibit.show(
        "停留多久管用",
        ask(rounds.after_effect, scope),
        RATES,
        "after_effect",
        _rates,
        rounds.after_effect,
        scope=scope,
        empty=NO_VISITS,
    )


def sentence(rows: pd.DataFrame) -> str:
    """What the rates allow to say; the caution always goes with it."""
    visits, followed = rows["visit_count"].sum(), rows["followed_count"].sum()
    count = f"{words.number(visits)} 次到访，其中 {words.number(followed)} 次其后有隐患"
    best = rows[rows["is_recommended"]]
    if best.empty:
        return f"各档区间有重叠，不推荐停留时长（{count}）；{CAUTION}。"
    stay = labels.said("stay_bin", str(best["stay_bin"].iloc[0]))
    return f"停留 {stay} 的到访之后隐患来得最慢，区间不与其他各档重叠（{count}）；{CAUTION}。"


def _curves(rows: pd.DataFrame) -> None:
    curves = {
        labels.said("stay_bin", str(name)): (
            own["after_visit_days"].tolist(),
            own["share_without_hazard"].tolist(),
        )
        for name, own in rows.groupby("stay_bin", sort=False)
    }
    charts.steps(curves, labels.term("share_without_hazard"), "chart_after_effect")


def _rates(rows: pd.DataFrame) -> None:
    st.html(f'<p class="said">{html.escape(sentence(rows))}</p>')
    told = rows.astype(dict.fromkeys(RATES[4:7], object))
    for name in RATES[4:7]:
        told[name] = [f"{value:.3f}" for value in rows[name]]
    tables.short(
        told,
        [
            "stay_bin",
            ("visit_count", "followed_count"),
            ("hazards_per_watched_day", "hazards_per_watched_day_low", "hazards_per_watched_day_high"),
            "is_recommended",
        ],
        NO_VISITS,
        "各停留时长之后每天有几件隐患报来",
    )
