"""How every page begins, and the small controls pages share."""

import html
from collections.abc import Callable, Sequence

import streamlit as st

from data import settings
from pages.parts import words
from queries import Scope


def heading(name: str, question: str, scope: Scope | None = None) -> None:
    """The title, the one question the page answers, and the days it speaks of."""
    st.title(name, anchor=False)
    days = f' <span class="nowrap">{period(scope)}</span>' if scope else ""
    st.html(f'<p class="lead">{html.escape(question)}{days}</p>')


def period(scope: Scope) -> str:
    """11月16日—11月22日（7 天）, and the moment stocks are as at, where that is not now."""
    days = f"{words.days(scope.since, scope.until, settings.today())}（{scope.day_count} 天）"
    return days if scope.as_at is None else f"{days}，存量截至 {words.day(scope.as_at, settings.today())}"


def compared_with(scope: Scope) -> str:
    """What a change is measured against: the same weekdays, a week or whole weeks earlier."""
    weeks = (scope.since - scope.before().since).days // 7
    return "较上周同期" if weeks == 1 else f"较 {weeks} 周前同期"


def one_of(key: str, options: Sequence[str], said: Callable[[str], str]) -> str:
    """A choice between views of one answer, kept in the link."""
    chosen = st.segmented_control(
        "看哪一项",
        options,
        format_func=said,
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return str(chosen)
