"""短板: which dimension and item drags most subjects down, and where the red ones gather."""

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, page, places, proof, tables, words
from pages.parts.ask import ask, street
from queries import Scope, three_colour

ITEMS = ["dimension_title", "item_kind", "fact_label", "failing_count", "rated_count", "failing_rate",
         "not_green_count", "fact_count", "lost_points", "mean_lost_points"]  # fmt: skip
GROUPS = ["group_name", "red_count", "yellow_count", "green_count", "unrated_count", "rated_count",
          "red_rate", "red_rate_low", "red_rate_high", "is_rankable"]  # fmt: skip
BARS = 12
BY = {
    "enterprise": {"grid": "按网格", "community": "按社区", "park": "按园区", "industry": "按行业"},
    "shop": {"grid": "按网格", "community": "按社区", "district": "按商圈", "industry": "按业态"},
}


def show(scope: Scope, scheme: str) -> None:
    """The items side by side with the places."""
    left, right = st.columns(2, gap="medium")
    with left:
        items(scope, scheme)
    with right:
        groups(scope, scheme)


def items(scope: Scope, scheme: str) -> None:
    """The items that fire at most subjects; every one in the table below."""
    values = {"scheme": scheme}
    rows = ask(three_colour.drag, scope, **values).sort_values(
        "failing_count", ascending=False, kind="stable"
    )
    exhibit.show(
        "哪一项拖得最多",
        rows,
        ITEMS,
        "drag",
        lambda told: charts.bars(
            _items(told.head(BARS)),
            told["failing_rate"].head(BARS).tolist(),
            labels.term("failing_rate"),
            "chart_drag",
            bases=[
                f"{words.part_of(*pair)}，其中黄红 {words.number(worse)}"
                for *pair, worse in told[["failing_count", "rated_count", "not_green_count"]]
                .head(BARS)
                .itertuples(index=False)
            ],
        ),
        three_colour.drag,
        values,
        empty="颜色不按规则算，或没有触发任何一项。",
        note="最近一次评定触发这一项的家数占已评的多少；一家可触发几项，不能相加。",
    )


def _items(rows: pd.DataFrame) -> list[str]:
    """What the items are called: one fact may both cost points and cap a colour."""
    kinds = [labels.said("item_kind", kind) for kind in rows["item_kind"]]
    return [
        fact if kind == labels.said("item_kind", "deduct") else f"{kind}：{fact}"
        for fact, kind in zip(rows["fact_label"], kinds, strict=True)
    ]


def groups(scope: Scope, scheme: str) -> None:
    """Colours by grid, community, market, park or trade; nothing is ranked under 30 rated subjects."""
    by = page.one_of("firm_by", tuple(BY[scheme]), BY[scheme].__getitem__)
    values = {"scheme": scheme, "by": by}
    rows = ask(three_colour.by_group, scope, **values)
    if by == "grid":
        rows = rows.assign(group_name=places.called(rows["group_name"], street()))
    exhibit.show(
        "红的聚在哪里",
        rows,
        GROUPS,
        "groups",
        lambda told: tables.long(told, GROUPS[:-1], "groups", "红的聚在哪里", (proof.as_of(scope),)),
        three_colour.by_group,
        values,
        empty="没有可分的组。",
        note="已评不满 30 家的不排名，看区间：区间重叠就不能说谁更差。",
    )
