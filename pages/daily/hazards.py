"""隐患销号: whether hazards are closed, whether in time, and whether for good."""

import streamlit as st

from pages.parts import cards, filters, page, rights
from pages.parts.ask import ask
from pages.parts.figure import from_answer
from pages.parts.hazards import clock, flow, groups, kinds, lists, radar, truth
from queries import Scope, hazards

rights.need(rights.READ)
scope = filters.current()
page.heading("隐患销号", "隐患销得掉、销得及时、销得真吗？", scope)
cards.figures(
    from_answer(ask(hazards.figures, scope), compared_with=page.compared_with(scope)), hazards.figures
)

kind = kinds.chosen(scope)
if kind:
    kinds.figures(scope, kind)


def closed(scope: Scope) -> None:
    flow.stages(scope, kind)
    left, right = st.columns(2, gap="medium")
    with left:
        flow.balance(scope, kind)
        clock.ages(scope, kind)
    with right:
        kinds.bars(scope, kind)


def in_time(scope: Scope) -> None:
    clock.weekly(kind)
    by = groups.chosen()
    left, right = st.columns(2, gap="medium")
    with left:
        groups.curves(scope, by, kind)
    with right:
        groups.standings(scope, by, kind)


def for_good(scope: Scope) -> None:
    truth.soundness(scope, kind)
    left, right = st.columns(2, gap="medium")
    with left:
        truth.recurrence(scope, kind)
    with right:
        truth.sources(scope, kind)
    radar.show(scope, kind)


def one_by_one(scope: Scope) -> None:
    lists.major(scope, kind)
    lists.waiting(scope, kind)


page.parts(
    "hazards", {"销得掉吗": closed, "及时吗": in_time, "是真的吗": for_good, "逐件看": one_by_one}, scope
)
