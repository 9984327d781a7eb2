"""今日态势: how the street stands, what moved, who owes what, what has waited longest, who is red."""

import streamlit as st

from pages.parts import cards, filters, movers, owing, page, red_list, rights
from pages.parts.ask import ask
from pages.parts.figure import from_answer
from pages.parts.labels import label
from queries import hazards, overview, three_colour

rights.need(rights.READ)
scope = filters.current()
page.heading("今日态势", "街道现在怎样，比上期同期好了还是差了？", scope)
answer, trends = ask(overview.figures, scope), ask(overview.figures_by_day, scope)
cards.figures(from_answer(answer, page.compared_with(scope), trends), overview.figures)

left, right = st.columns(2, gap="medium")
with left:
    st.subheader("谁带动了变化", anchor=False)
    moved = ask(overview.what_moved, scope)
    movers.show(moved, page.one_of("moved", movers.FIGURES, label), page.place(scope))
with right:
    st.subheader("谁欠着", anchor=False)
    owing.by_unit(ask(hazards.overdue_by_unit, scope))
    st.subheader("最久未销的隐患", anchor=False)
    owing.oldest(ask(hazards.oldest_open, scope, rows=3))

red_list.show(ask(three_colour.red_list, scope))
