"""A panel of the meeting room's screen: read from ten metres, left alone for weeks, without scroll bars."""

import html
from datetime import timedelta

import streamlit as st

from data import settings
from pages.parts import ask, cards, freshness, notices, page, periods, words
from pages.parts.figure import from_answer
from queries import Scope, overview
from queries.scope import looked_at

REFRESHED = timedelta(minutes=1)


@st.fragment(run_every=REFRESHED)
@notices.calmly
def panel() -> None:
    """The figures of the week on the newest snapshot; a new load shows within a minute."""
    street = ask.pin()
    since, until = next(iter(periods.presets(settings.today(), street.as_at.date()).values()))
    scope = Scope(since, until, as_at=looked_at(until, street.as_at))
    answer, trends = (ask.ask(question, scope) for question in (overview.figures, overview.figures_by_day))
    shown = from_answer(answer, page.compared_with(scope), trends)
    drawn = "".join(f'<section class="panel">{face}</section>' for _, face in cards.faces(shown))
    trouble = f'<span class="mark stale">{html.escape(street.trouble)}</span>' if street.trouble else ""
    st.html(
        f'<div class="wall"><header><h1>今日态势</h1><p>全街道 {page.period(scope)}</p>'
        f'<p class="asof">{freshness.as_of(street)}</p></header><main>{drawn}</main>'
        f'<footer class="asof">{freshness.oldest(street)}{trouble}'
        f"<span>快照 {words.moment(street.built_at)}</span></footer></div>"
    )
