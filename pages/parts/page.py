"""How every page begins, and the small controls pages share."""

import html
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from data import settings
from pages.parts import notices, words
from queries import Scope


def heading(name: str, question: str, scope: Scope | None = None) -> None:
    """The title, the one question the page answers, and the days it speaks of."""
    st.title(name, anchor=False)
    days = f' <span class="nowrap">{period(scope)}</span>' if scope else ""
    st.html(f'<p class="lead">{html.escape(question)}{days}</p>')


def period(scope: Scope) -> str:
    """11月16日—11月22日（7 天）, and the moment stocks are as at, where that is not now."""
    today = settings.today()
    days = f"{words.days(scope.since, scope.until, today)}（{scope.day_count} 天）"
    if scope.as_at is None or scope.as_at.date() >= today:
        return days
    return f"{days}，存量截至 {words.day(scope.as_at, today)}"


def place(scope: Scope) -> str:
    """What is chosen of the street, in a few words: 全街道, 柳岸社区, 柳岸社区所选 2 个网格."""
    count = len(scope.communities)
    communities = "、".join(scope.communities) if count < 3 else f"所选 {count} 个社区"
    if scope.grids:
        return (
            f"{communities}所选 {len(scope.grids)} 个网格" if count < 3 else f"所选 {len(scope.grids)} 个网格"
        )
    return communities or "全街道"


def compared_with(scope: Scope) -> str:
    """What a change is measured against: the same weekdays whole weeks earlier, or last year's lunar days."""
    if scope.is_lunar:
        return "较去年同期（农历）"
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


def one_kind(key: str, noun: str, known: Sequence[str]) -> str:
    """A choice out of what the ledgers themselves name, kept in the link; empty for all.

    What was chosen stays chosen though the days now shown do not know it. What only a link names, and nobody
    knows, is told: Streamlit would leave it out without a word.
    """
    chosen, asked = st.session_state.get(key), st.query_params.get(key)
    if chosen is None and asked and asked not in known:
        notices.trouble(f"链接里的{noun}“{asked}”找不到，现在看全部{noun}。")
    picked = st.selectbox(
        noun,
        known if chosen is None or chosen in known else [*known, chosen],
        index=None,
        key=key,
        bind="query-params",
        placeholder=f"全部{noun}，选一类只看这一类",
        label_visibility="collapsed",
        width=320,
    )
    return picked or ""


def parts(name: str, shown: Mapping[str, Callable[[Scope], None]], scope: Scope) -> None:
    """The parts of a page below its head, one at a time; only the open one is asked and drawn.

    Which one is open stands in the link, under `name`.
    """
    tabs = st.tabs(list(shown), key=name, bind="query-params")
    for tab, show in zip(tabs, shown.values(), strict=True):
        if tab.open:
            with tab:
                show(scope)
