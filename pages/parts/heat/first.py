"""The grids to look at first under a measure: the worst where one end is worse, else the highest."""

import pandas as pd
import streamlit as st

from pages.parts import labels, tables
from pages.parts.ask import ask
from pages.parts.maps import land
from pages.parts.maps.legend import is_bare
from queries import Scope, grids

SHOWN = 6
NONE_TO_COMPARE = "没有可比的网格。"
NONE_RANKED = "各网格的分母都太小，不排先后。放宽时段再看。"
NONE_HAS_ANY = "各网格都是 0。"


def show(measure: str, scope: Scope) -> None:
    """A few grids with what their value is counted from; those with too little to judge are left out."""
    term = labels.term(measure)
    told = ask(grids.by_grid, land.everywhere(scope), measure=measure)
    rows = first(told, term.direction)
    st.subheader("最高的网格" if term.direction == "none" else "先看这几个网格", anchor=False)
    named = rows.rename(columns={"value": measure})
    is_fraction = not is_bare(term) and rows["denominator"].notna().any()
    parts = ("numerator", "denominator") if is_fraction else ()
    tables.short(named, (("grid_name", "community"), (measure, *parts)), why_none(told), term.label)


def first(rows: pd.DataFrame, direction: str) -> pd.DataFrame:
    """The grids that come first, by value and then by code; what lies in no grid is not one of them.

    A rate counts from enough to be ranked, as on the grid's card; where less is better, a 0 needs no look.
    """
    known = rows[~rows["is_small"].astype(bool)].dropna(subset=["value", "grid_code"])
    if rows["denominator"].notna().any():
        known = known.dropna(subset=["place_no"])
    if direction == "lower":
        known = known[known["value"] > 0]
    order = known.sort_values(["value", "grid_code"], ascending=[direction == "higher", True])
    return order.head(SHOWN)


def why_none(rows: pd.DataFrame) -> str:
    """The sentence that stands where no grid comes first."""
    if rows["value"].isna().all():
        return NONE_TO_COMPARE
    return (
        NONE_RANKED if rows["denominator"].notna().any() and rows["place_no"].isna().all() else NONE_HAS_ANY
    )
