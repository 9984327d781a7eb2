"""全景图: every enterprise or shop on the map by colour and shape, and as a list."""

import pandas as pd

from pages.parts import exhibit, page, proof
from pages.parts.ask import ask
from pages.parts.firms import choice, roll
from pages.parts.maps import markers
from queries import Scope, three_colour

LISTED = ["name", "grid_name", "industry", "colour", "colour_days", "score", "is_stale", "inherent_risk",
          "last_seen_on", "reason"]  # fmt: skip
# What each scheme is narrowed by, and what that is called.
NARROWED_BY = {
    "enterprise": {"park": "园区", "industry": "行业"},
    "shop": {"district": "商圈", "industry": "业态"},
}


def show(scope: Scope, scheme: str) -> None:
    """The map, then the list of the same subjects; a click on either opens a card."""
    by, chosen = _narrowing(scope, scheme)
    values = {"scheme": scheme, "by": by, "chosen": chosen}
    rows = proof.placed(ask(three_colour.subjects, scope, **values))
    exhibit.show(
        "全景图",
        rows,
        LISTED,
        "panorama",
        lambda told: _map(told, scheme),
        three_colour.subjects,
        values,
        empty="所选范围里没有在营的。",
        note="● 绿　▲ 黄　■ 红　◇ 未评，颜色和形状说同一件事；点一个看它的卡片。固有风险（四色）不画在这里。",
    )
    roll.show(
        "名单",
        three_colour.subjects,
        values,
        LISTED,
        "roll",
        scope,
        empty="所选范围里没有在营的。",
        note="红的在前，同色按得分从低到高；点一行看它的卡片。",
    )


def _map(rows: pd.DataFrame, scheme: str) -> None:
    picked = markers.show(rows, f"firms_{scheme}")
    if picked:
        choice.open_card(picked)


def _narrowing(scope: Scope, scheme: str) -> tuple[str, str]:
    """By what, and to which one of it; nothing chosen is everybody."""
    options = NARROWED_BY[scheme]
    everyone = ask(three_colour.subjects, scope, scheme=scheme)
    told = {by: everyone[by].dropna().astype(str).sort_values().unique().tolist() for by in options}
    labels = {f"{options[by]} {name}": (by, name) for by in options for name in told[by]}
    picked = page.one_kind("narrow", "园区、行业" if scheme == "enterprise" else "商圈、业态", list(labels))
    return labels.get(picked, ("", ""))
