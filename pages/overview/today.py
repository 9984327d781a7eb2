"""今日态势: how the street stands, what moved, what has waited longest, who is red."""

import streamlit as st

from pages.parts import cards, filters, movers, page, places, red_list, rights, tables
from pages.parts.ask import ask, street
from pages.parts.figure import from_answer
from pages.parts.labels import label
from queries import hazards, overview, three_colour

rights.need(rights.READ)
scope = filters.current()
page.heading("今日态势", "街道现在怎样，比上期同期好了还是差了？", scope)
shown = from_answer(ask(overview.figures, scope), ask(overview.figures_by_day, scope))
cards.figures(shown, page.compared_with(scope))

left, right = st.columns(2, gap="medium")
with left:
    st.subheader("谁带动了变化", anchor=False)
    moved = ask(overview.what_moved, scope)
    movers.show(moved, page.one_of("moved", movers.FIGURES, label))
with right:
    st.subheader("最久未销的隐患", anchor=False)
    oldest = ask(hazards.oldest_open, scope, rows=8)
    oldest["grid_name"] = places.called(oldest["grid_code"], street())
    tables.short(
        oldest,
        [("kind", "grid_name"), ("unit", "stage"), ("open_days", "overdue_days")],
        "没有在办的隐患。",
        "在办最久的隐患",
    )

red_list.show(ask(three_colour.red_list, scope))
