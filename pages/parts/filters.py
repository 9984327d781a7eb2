"""The filters every page shares: days, communities, grids. They live in the link, which reopens the view."""

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from data.settings import EARLIEST_DAY, today
from data.warehouse import Snapshot
from pages.parts import notices, page
from pages.parts.periods import CHOSEN, CHUNYUN, Period, presets, this_week
from queries import Scope
from queries.scope import looked_at

DAYS, SINCE, LAST, COMMUNITY, GRID = "days", "since", "last", "community", "grid"
ONE_DAY = timedelta(days=1)
_SCOPE, _START, _LOST = "scope", "between_start", "lost_filters"


def show(street: Snapshot, grids: pd.DataFrame) -> Scope:
    """Draw the bar and remember what it says. `grids` are those of `places.grids`."""
    lost = _not_found(COMMUNITY, "社区", grids["community"]) + _not_found(GRID, "网格", grids["label"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        preset, (since, until), lost_days = _days(street.as_at.date())
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
    scope = Scope(
        since,
        until,
        tuple(communities),
        tuple(codes[label] for label in chosen),
        looked_at(until, street.as_at),
        is_lunar=preset == CHUNYUN,
    )
    st.session_state[_SCOPE] = scope
    _tell([*lost, *lost_days], scope)
    return scope


def current() -> Scope:
    """What the reader has chosen. Only the frame can say; a page reached around it has no scope."""
    scope: Scope = st.session_state[_SCOPE]
    return scope


def toggle_grid(label: str) -> None:
    """Add a grid to those chosen, or take it away again: what a click on a map does. For callbacks only."""
    chosen = list(st.session_state.get(GRID, ()))
    st.session_state[GRID] = (
        [each for each in chosen if each != label] if label in chosen else [*chosen, label]
    )


def _not_found(name: str, kind: str, known: Collection[str]) -> list[str]:
    """What the link asks for and the street does not have; Streamlit would leave it out without a word."""
    return [f"{kind}“{asked}”找不到" for asked in st.query_params.get_all(name) if asked not in set(known)]


def _tell(lost: list[str], scope: Scope) -> None:
    """Say what of the link could not be followed, until the reader chooses something else."""
    if lost:
        st.session_state[_LOST] = (lost, scope)
    told, shown = st.session_state.get(_LOST, ([], None))
    if told and shown == scope:
        notices.trouble(f"链接里的{'，'.join(told)}，现在显示{page.place(scope)} {page.period(scope)}。")


def _days(reached: date) -> tuple[str, Period, list[str]]:
    """The name of the period, its days, and what of the link's days could not be followed."""
    named = presets(today(), reached)
    asked = st.query_params.get(DAYS, CHOSEN)
    lost = [] if asked in (*named, CHOSEN) else [f"时段“{asked}”不能显示"]
    preset = st.segmented_control(
        "时段",
        [*named, CHOSEN],
        default=next(iter(named)),
        required=True,
        key=DAYS,
        bind="query-params",
        label_visibility="collapsed",
        on_change=_begin_with_what_is_shown,
    )
    if preset == CHOSEN:
        days, lost_days = _own_days()
        return CHOSEN, days, lost + lost_days
    for name in (SINCE, LAST):
        st.query_params.pop(name, None)
    return str(preset), named[preset], lost


def _own_days() -> tuple[Period, list[str]]:
    """Days of the reader's own choice; they stand in the link as dates from the first moment on."""
    lost = []
    if _START not in st.session_state:
        st.session_state[_START] = _in_link()
        asked = "—".join(st.query_params[name] for name in (SINCE, LAST) if name in st.query_params)
        if asked and asked != "—".join(day.isoformat() for day in st.session_state[_START]):
            lost = [f"日期“{asked}”不能显示"]
    start = st.session_state[_START]
    between = st.date_input(
        "起止日期",
        start,
        max_value=today(),
        key="between",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=292,
    )
    since, last = (between[0], between[-1]) if between else start
    st.query_params[SINCE], st.query_params[LAST] = since.isoformat(), last.isoformat()
    return (since, last + ONE_DAY), lost


def _in_link() -> Period:
    """The first and last day the link names; this week where it names none that can be shown."""
    try:
        since, last = (date.fromisoformat(st.query_params[name]) for name in (SINCE, LAST))
    except (KeyError, ValueError):
        since, last = date.max, date.min
    if EARLIEST_DAY <= since <= last <= today():
        return since, last
    since, until = this_week(today())
    return since, until - ONE_DAY


def _begin_with_what_is_shown() -> None:
    """Choosing one's own days begins with those on screen."""
    scope = st.session_state.get(_SCOPE)
    if st.session_state[DAYS] == CHOSEN and isinstance(scope, Scope):
        st.session_state[_START] = (scope.since, scope.until - ONE_DAY)
