"""The first start: where there is no warehouse yet, build the demonstration street and say so meanwhile."""

import streamlit as st

from data.demo_street import build_if_missing
from pages.parts import ask, upload


def is_settled() -> bool:
    """Whether there is something to show; else build the demonstration, or say what an empty start needs."""
    if ask.warehouse().names():
        return True
    place = st.empty()
    with place.container(), st.status("第一次启动：正在建立演示街道，约需一分钟。", expanded=True):
        build_if_missing(ask.warehouse(), st.write)
    place.empty()
    if ask.warehouse().names():
        st.rerun()
    st.info("仓库里还没有数据。请在这里导入，或在命令行运行 python -m data load 文件。")
    if upload.is_open():
        upload.show()
    return False
