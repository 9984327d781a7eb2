"""三张清单: each shop's basics, needs and resources, who can help whom, gas, and the five goods."""

import streamlit as st

from pages.parts import charts, exhibit, labels, proof, tables, words
from pages.parts.ask import ask
from pages.parts.firms import roll
from queries import Scope, shop_lists

LISTS = {
    "basics_rate": "basics_count",
    "needs_rate": "needs_count",
    "resources_rate": "resources_count",
    "all_lists_rate": "all_lists_count",
}
LACKING = ["name", "grid_name", "has_basics", "basics_missing", "has_needs", "need_count", "has_resources",
           "resource_count"]  # fmt: skip
MATCHES = ["name", "grid_name", "need_kind", "need_detail", "need_quantity", "raised_on", "offer_no",
           "offer_name", "offer_detail", "offer_quantity", "offer_distance_m", "offer_until_on"]  # fmt: skip
GOODS = ("environment_score", "order_score", "business_score", "service_score", "safety_score")


def show(scope: Scope, scheme: str) -> None:
    """Of shops only: enterprises have no such lists, and the page has no such part for them."""
    left, right = st.columns(2, gap="medium")
    with left:
        completeness(scope)
        gas(scope)
    with right:
        goods(scope)
    matches(scope)
    roll.show(
        "缺哪一张",
        shop_lists.by_shop,
        {},
        LACKING,
        "lacking",
        scope,
        empty="三张清单都齐了。",
        note="缺得多的在前；点一行看它的卡片。",
    )


def completeness(scope: Scope) -> None:
    """The share of shops that have each list, and all three."""
    rows = ask(shop_lists.completeness, scope)
    exhibit.show(
        "三张清单齐不齐",
        rows[rows["subject_count"] > 0],
        ["subject_count", *LISTS.values(), *LISTS],
        "lists",
        lambda told: charts.bars(
            [labels.label(count) for count in LISTS.values()],
            [told[rate].iloc[0] for rate in LISTS],
            labels.term("all_lists_rate"),
            "chart_lists",
            bases=[
                words.part_of(told[count].iloc[0], told["subject_count"].iloc[0]) for count in LISTS.values()
            ],
        ),
        shop_lists.completeness,
        empty="没有在营的商户。",
        note="基本信息：业态、营业状态、经营地址、从业人数、联系人各栏都有。",
    )


def gas(scope: Scope) -> None:
    """Three rates that are never added up."""
    rows = ask(shop_lists.gas_coverage, scope)
    exhibit.show(
        "燃气三个全覆盖",
        rows[rows["gas_base_count"] > 0],
        ["gas_measure", "gas_covered_rate", "covered_count", "gas_base_count", "unregistered_count"],
        "gas",
        lambda told: charts.bars(
            [labels.said("gas_measure", each) for each in told["gas_measure"]],
            told["gas_covered_rate"].tolist(),
            labels.term("gas_covered_rate"),
            "chart_gas",
            bases=[
                words.part_of(covered, base) + (f"，未登记 {words.number(none)}" if none else "")
                for covered, base, none in told[
                    ["covered_count", "gas_base_count", "unregistered_count"]
                ].itertuples(index=False)
            ],
        ),
        shop_lists.gas_coverage,
        empty="燃气防护和培训的台账里没有在营商户。",
        note="三个率各算各的，不相加；从没查过燃气的是未登记，不算到位。",
    )


def goods(scope: Scope) -> None:
    """Five scores of each district side by side; no total, no rank."""
    rows = ask(shop_lists.district_scores, scope)
    columns = ["district", "scored_on", *GOODS]
    exhibit.show(
        "五好分项",
        rows,
        columns,
        "goods",
        lambda told: charts.heat(
            told["district"].tolist(),
            [labels.label(name) for name in GOODS],
            told[list(GOODS)].to_numpy().tolist(),
            labels.term(GOODS[0]),
            "chart_goods",
        ),
        shop_lists.district_scores,
        empty="没有五好评分。",
        note="全街道各商圈最近一个月；五项各看各的，不合成总分、不排名。",
    )


def matches(scope: Scope) -> None:
    """Every open need with the nearest who could help."""
    rows = proof.placed(ask(shop_lists.matches, scope))
    needs = rows.drop_duplicates(["enterprise_key", "need_kind", "need_detail", "raised_on"])
    alone = int(needs["offer_key"].isna().sum())
    exhibit.show(
        f"供需匹配　{words.number(len(needs))} 条需求" if len(needs) else "供需匹配",
        rows,
        MATCHES,
        "matches",
        lambda told: tables.long(told, MATCHES, "matches", "供需匹配", (proof.as_of(scope),)),
        shop_lists.matches,
        empty="没有未解决的需求。",
        note=f"同类资源里最近的三家，全街道找；{words.number(alone)} 条还没有谁能帮。提出早的在前。",
    )
