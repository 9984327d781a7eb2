"""街情看板: the frame around every page, and the menu. Start it with `streamlit run dashboard.py`."""

import streamlit as st

from pages.parts import ask, first_start, frame, notices, rights, theme

DESK = {
    "总览": [st.Page("pages/overview/today.py", title="今日态势", url_path="today", default=True)],
    "数据": [
        st.Page("pages/about/data_status.py", title="数据状态", url_path="data_status"),
        st.Page("pages/about/terms.py", title="指标说明", url_path="terms"),
    ],
}
WALL = [st.Page("pages/overview/wall.py", title="大屏", url_path="wall", default=True)]

SIDEBAR_PX = 232

on_wall = st.query_params.get("wall") == "1"
st.set_page_config(
    page_title="街情看板", page_icon=frame.ICON, layout="wide", initial_sidebar_state=SIDEBAR_PX
)
page = st.navigation(WALL if on_wall else DESK, position="hidden" if on_wall else "sidebar", expanded=True)
theme.apply()
rights.grant()


@notices.calmly
def show() -> None:
    """The frame, then the page, on one snapshot."""
    first_start.ensure()
    street = ask.pin()
    if not on_wall:
        frame.show(street)
    page.run()


show()
