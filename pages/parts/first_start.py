"""What must be built before anything can be shown: the demonstration, or the data after an upgrade."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from data.demo_street import build_if_missing
from data.trouble import Trouble
from pages.parts import ask, upload, words


def is_settled(on_wall: bool) -> bool:
    """Whether there is something to show; builds what is missing, or says what an empty start needs.

    Nobody fills a warehouse from the meeting room's wall: there it only says that nothing is known yet.
    """
    store = ask.warehouse()
    if store.names():
        _rebuild_after_upgrade()
        return True
    _meanwhile("第一次启动：正在建立演示街道，约需一分钟。", lambda: build_if_missing(store, st.write))
    if store.names():
        st.rerun()
    if on_wall:
        st.info("还没有数据。数据导入后，这里会自己显示。")
        return False
    st.info("仓库里还没有数据。请在这里导入，或在命令行运行 python -m data load 文件。")
    if upload.is_open():
        upload.show()
    return False


def _rebuild_after_upgrade() -> None:
    """A snapshot built by an older program lacks what newer questions ask for; its batches know it all."""
    newest = ask.newest()
    if not newest.is_outdated:
        return
    try:
        _meanwhile("程序已更新，正在按新规则重建数据，之后不再出现。", ask.warehouse().publish)
    except Trouble as trouble:
        st.warning(f"程序已更新，但数据没能重建，有些内容可能显示不了：{words.literal(str(trouble))}")


def _meanwhile(said: str, work: Callable[[], Any]) -> None:
    place = st.empty()
    with place.container(), st.status(said, expanded=True):
        work()
    place.empty()
