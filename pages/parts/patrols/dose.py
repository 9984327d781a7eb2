"""Whether the minutes go where the hazards are."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pages.parts import exhibit, proof, tables, words
from pages.parts.ask import ask
from queries import Scope, patrols

LISTED = 10
GRID = ["grid_name", "hazard_count", "visit_count", "weekly_stay_minutes", "finding_count", "is_hazard_heavy"]


def show(scope: Scope) -> None:
    """The visit ratio in a sentence, and the grids with most hazards beside the minutes they got."""
    [told] = ask(patrols.visit_ratio, scope).to_dict("records")
    rows = proof.placed(ask(patrols.dose_by_grid, scope)).sort_values(
        ["hazard_count", "weekly_stay_minutes", "grid_code"], ascending=[False, True, True]
    )
    exhibit.show(
        "巡查是否去了隐患集中的地方",
        rows if told["hazard_count"] else rows.head(0),
        GRID,
        "dose",
        _heavy,
        patrols.dose_by_grid,
        empty="这段时间没有隐患，说不出哪里集中。",
        note=_ratio(told),
    )


def _ratio(told: Mapping[Hashable, Any]) -> str:
    if words.is_missing(told["visit_ratio"]):
        return ""
    return (
        f"访问比 {told['visit_ratio']:.2f}：隐患最多的五分之一网格"
        f"（并列的都算，{words.part_of(told['heavy_grids'], told['grid_count'])}）有 "
        f"{words.percent(told['heavy_hazard_share'])} 的隐患"
        f"（{words.part_of(told['heavy_hazards'], told['hazard_count'])}），得到 "
        f"{words.percent(told['heavy_visit_share'])} 的巡查"
        f"（{words.part_of(told['heavy_visits'], told['visit_count'])}）；1 为成比例。"
    )


def _heavy(rows: pd.DataFrame) -> None:
    tables.first(
        rows[rows["is_hazard_heavy"]],
        LISTED,
        "个隐患集中的网格",
        ["grid_name", "hazard_count", ("weekly_stay_minutes", "visit_count")],
        "隐患分散，没有集中的网格。",
        "隐患最多的网格和它们得到的巡查",
    )
