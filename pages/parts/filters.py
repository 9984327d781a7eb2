"""The filters every page shares: days, communities, grids. They live in the link, which reopens the view."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from data.warehouse import Snapshot
from pages.parts.periods import CHOSEN, PRESETS, Period
from queries import Scope

DAYS, BETWEEN, COMMUNITY, GRID = "days", "between", "community", "grid"
_SCOPE = "scope"


def show(street: Snapshot, grids: pd.DataFrame) -> Scope:
    """Draw the bar and remember what it says. `grids` are those of `places.grids`."""
    today = street.as_at.date()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        since, until = _days(today)
        communities = st.multiselect(
            "社区",
            sorted(grids["community"].dropna().unique()),
            key=COMMUNITY,
            bind="query-params",
            placeholder="全部社区",
            label_visibility="collapsed",
            width=220,
        )
        within = grids[grids["community"].isin(communities)] if communities else grids
        codes = dict(zip(within["label"], within["grid_code"], strict=True))
        chosen = st.multiselect(
            "网格",
            list(codes),
            key=GRID,
            bind="query-params",
            placeholder="全部网格",
            label_visibility="collapsed",
            width=260,
        )
    scope = Scope(since, until, tuple(communities), tuple(codes[label] for label in chosen))
    st.session_state[_SCOPE] = scope
    return scope


def current() -> Scope:
    """What the reader has chosen. Only the frame can say; a page reached around it has no scope."""
    scope: Scope = st.session_state[_SCOPE]
    return scope


def _days(today: date) -> Period:
    preset = st.segmented_control(
        "时段",
        [*PRESETS, CHOSEN],
        default="本周",
        required=True,
        key=DAYS,
        bind="query-params",
        label_visibility="collapsed",
        on_change=_start_from_what_is_shown,
    )
    if preset != CHOSEN:
        return PRESETS[preset](today)
    between = st.date_input(
        "起止日期",
        [],
        max_value=today,
        key=BETWEEN,
        bind="query-params",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=240,
    )
    days = between if isinstance(between, tuple) else (between,)
    return (days[0], days[-1] + timedelta(days=1)) if days and days[0] else PRESETS["本周"](today)


def _start_from_what_is_shown() -> None:
    """Choosing one's own days begins with those on screen, which also puts real dates into the link."""
    scope = st.session_state.get(_SCOPE)
    if st.session_state[DAYS] == CHOSEN and isinstance(scope, Scope):
        st.session_state[BETWEEN] = (scope.since, scope.until - timedelta(days=1))
