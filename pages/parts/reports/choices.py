"""What the rest of the page is about: one kind of problem, one channel; both kept in the link."""

import streamlit as st

from pages.parts import labels, page
from pages.parts.ask import ask
from queries import Scope, reports

KIND, CHANNEL = "problem", "channel"
EVERY = "all"
CHANNELS = (EVERY, "snap", "rider", "hotline")
LISTED = 200


def kind(scope: Scope) -> str:
    """The kind of problem chosen; empty for all."""
    known = ask(reports.kinds, scope, rows=LISTED)["report_kind"].dropna().tolist()
    picked = st.session_state.get(KIND)
    options = known if picked is None or picked in known else [*known, picked]
    chosen = st.selectbox(
        "问题类型",
        options,
        index=None,
        key=KIND,
        bind="query-params",
        placeholder="全部类型，选一类只看这一类",
        label_visibility="collapsed",
        width=320,
    )
    return chosen or ""


def channel() -> str:
    """The channel chosen; empty for all."""
    chosen = page.one_of(
        CHANNEL, CHANNELS, lambda name: "全部渠道" if name == EVERY else labels.said("report_channel", name)
    )
    return "" if chosen == EVERY else chosen
