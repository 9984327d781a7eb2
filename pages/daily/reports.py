"""群众上报: whether what the public says is taken up, handled and answered, and where nobody speaks."""

import streamlit as st

from pages.parts import cards, filters, page, rights
from pages.parts.ask import ask
from pages.parts.figure import from_answer
from pages.parts.reports import channels, choices, clocks, kinds, people, silence, suggestions
from queries import Scope, reports

rights.need(rights.READ)
scope = filters.current()
page.heading("群众上报", "群众报的，有人接、有人办、有回音吗？", scope)
cards.figures(
    from_answer(ask(reports.figures, scope), compared_with=page.compared_with(scope)), reports.figures
)

left, right = st.columns(2, gap="medium", vertical_alignment="center")
with left:
    kind = choices.kind(scope)
with right:
    channel = choices.channel()


def answered(scope: Scope) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        clocks.table(scope, kind, channel)
        clocks.curves(scope, kind, channel)
    with right:
        kinds.bars(scope, kind)


def told(scope: Scope) -> None:
    channels.table(scope, kind)
    left, right = st.columns(2, gap="medium")
    with left:
        channels.stacked(scope, kind)
        kinds.weekly(scope)
    with right:
        channels.weekly(kind, channel)


def suggested(scope: Scope) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        suggestions.classes(scope)
        people.riders(scope)
    with right:
        suggestions.by_kind(scope)
        people.disputes(scope)


parts = {"有回音吗": answered, "谁在报、报什么": told, "沉默网格": silence.show, "建议与骑手": suggested}
page.parts("reports", parts, scope)
