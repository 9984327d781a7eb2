"""Who may see what. Until sign-in exists the frame grants every right; around the frame there is none."""

import streamlit as st

READ = "查看"
LOAD = "导入"
EVERY = frozenset({READ, LOAD})
_KEY = "rights"


def grant(rights: frozenset[str] = EVERY) -> None:
    """What the frame does before it runs a page."""
    st.session_state[_KEY] = rights


def held() -> tuple[str, ...]:
    """The rights of this session in a fixed order: part of the key of every kept answer."""
    return tuple(sorted(st.session_state.get(_KEY, frozenset())))


def need(right: str) -> None:
    """The first line of every page: without the right, a sentence and nothing else."""
    if right not in held():
        st.warning("这一页需要相应权限。请从首页菜单进入，或请管理员开通。")
        st.stop()
