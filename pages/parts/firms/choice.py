"""What the page is about: one of the two schemes, or one subject; both stand in the link."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts import page, words

SCHEME, SUBJECT = "scheme", "subject"
SCHEMES = {"enterprise": "企业（四项指标）", "shop": "商户（五项指标）"}


def scheme() -> str:
    """The scheme looked at: enterprises and shops have different rules and are never added up."""
    return page.one_of(SCHEME, tuple(SCHEMES), SCHEMES.__getitem__)


def subject() -> str:
    """The key of the subject whose card is open; empty for none."""
    return str(st.query_params.get(SUBJECT, ""))


def open_picked(row: Mapping[Any, Any] | None, key: str) -> None:
    """Open the card of the row picked in a table, once: the pick stays while the page runs again."""
    picked = str(row["enterprise_key"]) if row else ""
    if st.session_state.get(f"firm_of_{key}", "") != picked:
        st.session_state[f"firm_of_{key}"] = picked
        if picked:
            open_card(picked)


def open_card(enterprise_key: str) -> None:
    """Show the card of this subject instead of the page's parts."""
    st.query_params[SUBJECT] = enterprise_key
    st.rerun()


def back() -> None:
    """The way back from a card to the page; the tables forget what was picked in them."""
    if st.button("← 回到三色管理", key="back_to_firms", type="tertiary"):
        for name in [name for name in st.session_state if str(name).startswith("firm_of_")]:
            del st.session_state[name]
        del st.query_params[SUBJECT]
        st.rerun()


def narrowed(scheme: str) -> str:
    """The scheme in the few words a sentence needs: 企业, 商户."""
    return words.literal(SCHEMES[scheme].partition("（")[0])
