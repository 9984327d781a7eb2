"""A panel of the meeting room's screen: read from ten metres, left alone for weeks, without scroll bars."""

import html
from datetime import timedelta

import streamlit as st

from pages.parts import ask, cards, freshness, notices, page, periods, words
from pages.parts.figure import from_answer
from queries import Scope, overview

REFRESHED = timedelta(minutes=1)


@st.fragment(run_every=REFRESHED)
@notices.calmly
def panel() -> None:
    """The figures of the week on the newest snapshot; a new load shows within a minute."""
    street = ask.pin()
    since, until = periods.this_week(street.as_at.date())
    scope = Scope(since, until)
    shown = from_answer(ask.ask(overview.figures, scope), ask.ask(overview.figures_by_day, scope))
    drawn = "".join(
        f'<section class="panel">{face}</section>'
        for _, face in cards.faces(shown, page.compared_with(scope))
    )
    trouble = f'<span class="mark stale">{html.escape(street.trouble)}</span>' if street.trouble else ""
    st.html(
        f'<div class="wall"><header><h1>今日态势</h1><p>全街道 {page.period(scope)}</p>'
        f'<p class="asof">{freshness.as_of(street)}</p></header><main>{drawn}</main>'
        f'<footer class="asof">{freshness.oldest(street)}{trouble}'
        f"<span>快照 {words.moment(street.built_at)}</span></footer></div>"
    )
