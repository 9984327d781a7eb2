"""The first start: where there is no warehouse yet, build the demonstration street and say so meanwhile."""

import streamlit as st

from data.demo_street import build_if_missing
from pages.parts import ask


def ensure() -> None:
    """Return at once where a warehouse stands; else build the demonstration before the reader's eyes."""
    if ask.warehouse().names():
        return
    with st.status("第一次启动：正在建立演示街道，约需一两分钟。", expanded=True) as status:
        is_built = build_if_missing(ask.warehouse(), st.write)
        status.update(label="演示街道已建立。", state="complete")
    if is_built or ask.warehouse().names():
        st.rerun()
