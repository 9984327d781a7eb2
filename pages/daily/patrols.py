"""巡查: whether the 小红车 went everywhere it should, and what came of it."""

import streamlit as st

from pages.parts import cards, filters, page, rights
from pages.parts.ask import ask
from pages.parts.figure import from_answer
from pages.parts.patrols import calls, crews, dose, foot, gaps, loop, rhythm, route, tomorrow, weeks
from queries import Scope, patrols

rights.need(rights.READ)
scope = filters.current()
page.heading("巡查", "今天该跑的都跑到了吗？", scope)
cards.figures(
    from_answer(ask(patrols.figures, scope), compared_with=page.compared_with(scope)), patrols.figures
)


def waiting(scope: Scope) -> None:
    left, middle, right = st.columns(3, gap="medium")
    with left:
        crews.missed(scope)
    with middle:
        gaps.waiting(scope)
    with right:
        gaps.tomorrow(scope)


def driven(scope: Scope) -> None:
    weeks.show()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        crews.by_day(scope)
    with right:
        crews.rates(scope)
    left, right = st.columns(2, gap="medium")
    with left:
        rhythm.hours(scope)
    with right:
        rhythm.days(scope)


def found(scope: Scope) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        dose.show(scope)
    with right:
        loop.closed(scope)
        loop.contacts(scope)
    loop.unanswered(scope)
    loop.silent(scope)


def called(scope: Scope) -> None:
    kind = calls.chosen(scope)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        calls.show(scope, kind)
    with right:
        calls.waiting(scope, kind)


parts = {
    "缺口": waiting,
    "明天去哪": tomorrow.show,
    "出车": driven,
    "发现": found,
    "走访": called,
    "路线": route.show,
}
page.parts("patrols", parts, scope)
foot.show()
