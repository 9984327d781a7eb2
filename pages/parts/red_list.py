"""Who is red, the longest first. Enterprises and shops have different rules and never stand in one list."""

import pandas as pd
import streamlit as st

from pages.parts import labels, notices, tables, words

LISTED = 6
SCHEMES = {"enterprise": "red_enterprises", "shop": "red_shops"}


def show(red: pd.DataFrame) -> None:
    """The two lists of `three_colour.red_list` side by side, at most six lines each."""
    for column, (scheme, figure) in zip(st.columns(2, gap="medium"), SCHEMES.items(), strict=True):
        rows = red[red["scheme"] == scheme]
        with column:
            st.subheader(labels.label(figure), anchor=False)
            if len(rows) > LISTED:
                notices.quiet(
                    f"共 {words.number(len(rows))} 家，下面是变红最久的 {LISTED} 家，全部见卡片的「明细」。"
                )
            tables.short(
                rows.head(LISTED),
                [("name", "community"), ("red_days", "red_since_on"), "reason"],
                empty=f"现在没有{labels.label(figure)}。",
                said=labels.label(figure),
            )
