"""The filters every page shares: days, communities, grids. They live in the link, which reopens the view."""

from datetime import date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from data.settings import EARLIEST_DAY
from data.warehouse import Snapshot
from pages.parts.periods import CHOSEN, PRESETS, Period
from queries import Scope

DAYS, SINCE, LAST, COMMUNITY, GRID = "days", "since", "last", "community", "grid"
ONE_DAY = timedelta(days=1)
_SCOPE, _START = "scope", "between_start"


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
            select_all=False,
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
            select_all=False,
            label_visibility="collapsed",
            width=260,
        )
    # a period that is over is shown as it ended: its stocks are those of its last day
    as_at = datetime.combine(until, time()) - timedelta(seconds=1) if until <= today else None
    scope = Scope(since, until, tuple(communities), tuple(codes[label] for label in chosen), as_at)
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
        on_change=_begin_with_what_is_shown,
    )
    if preset == CHOSEN:
        return _own_days(today)
    for name in (SINCE, LAST):
        st.query_params.pop(name, None)
    return PRESETS[preset](today)


def _own_days(today: date) -> Period:
    """Days of the reader's own choice; they stand in the link as dates from the first moment on."""
    start = st.session_state.setdefault(_START, _in_link(today))
    between = st.date_input(
        "起止日期",
        start,
        max_value=today,
        key="between",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=292,
    )
    since, last = (between[0], between[-1]) if between else start
    st.query_params[SINCE], st.query_params[LAST] = since.isoformat(), last.isoformat()
    return since, last + ONE_DAY


def _in_link(today: date) -> Period:
    """The first and last day the link names; this week where it names none that can be shown."""
    try:
        since, last = (date.fromisoformat(st.query_params[name]) for name in (SINCE, LAST))
    except (KeyError, ValueError):
        since, last = date.max, date.min
    if EARLIEST_DAY <= since <= last <= today:
        return since, last
    since, until = PRESETS["本周"](today)
    return since, until - ONE_DAY


def _begin_with_what_is_shown() -> None:
    """Choosing one's own days begins with those on screen."""
    scope = st.session_state.get(_SCOPE)
    if st.session_state[DAYS] == CHOSEN and isinstance(scope, Scope):
        st.session_state[_START] = (scope.since, scope.until - ONE_DAY)
