"""The few calm sentences a page shows when something is not as it should be."""

import html
import logging
import secrets
from collections.abc import Callable
from functools import wraps

import streamlit as st

from data.trouble import Trouble
from pages.parts import words

LOG = logging.getLogger("street")


def calmly(show: Callable[[], None]) -> Callable[[], None]:
    """Show something; should it fail, say so in a sentence and keep the traceback in the server's log.

    Fragments need it as pages do: they run again on their own, outside the frame.
    """

    @wraps(show)
    def shown() -> None:
        try:
            show()
        except Trouble as trouble:
            st.warning(words.literal(str(trouble)))
        except Exception:
            fault()

    return shown


def fault() -> None:
    """Our own fault: its number on the page leads to its traceback in the log."""
    number = secrets.token_hex(3).upper()
    LOG.exception("fault %s", number)
    st.error(f"这部分暂时显示不了，其余内容不受影响。请刷新一次；仍不行时，把编号 {number} 告诉管理员。")


def trouble(said: str | None) -> None:
    """What is wrong with a snapshot or a link, word for word; the page answers as well as it can."""
    if said:
        st.warning(words.literal(said))


def quiet(said: str) -> None:
    """A quiet sentence: why a place is empty, or what a list leaves out."""
    st.html(f'<p class="quiet">{html.escape(said)}</p>')
