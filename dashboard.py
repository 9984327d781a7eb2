"""街情看板: the frame around every page, and the menu. Start it with `streamlit run dashboard.py`.

The desk is at `/`, the meeting room's wall at `/?wall=1`.
"""

from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.parts import ask, first_start, frame, notices, policy, rights, theme
from pages.parts.maps import shelf, tiles

DESK = {
    "总览": [("pages/overview/today.py", "今日态势")],
    "日常": [
        ("pages/daily/grid_heat.py", "网格热力"),
        ("pages/daily/patrols.py", "巡查"),
        ("pages/daily/hazards.py", "隐患销号"),
        ("pages/daily/reports.py", "群众上报"),
    ],
    "企业": [("pages/firms/three_colour.py", "三色管理")],
    "数据": [("pages/about/data_status.py", "数据状态"), ("pages/about/terms.py", "指标说明")],
}
WALL = {"": [("pages/overview/wall.py", "大屏")]}


def menu(on_wall: bool) -> st.Page:
    """The page asked for, out of the desk's menu in the sidebar or of the wall's, which is not shown."""
    groups = WALL if on_wall else DESK
    pages = {name: [st.Page(path, title=title) for path, title in group] for name, group in groups.items()}
    return st.navigation(pages, position="hidden" if on_wall else "sidebar", expanded=True)


@notices.calmly
def show() -> None:
    """The frame, then the page, on one snapshot."""
    if not first_start.is_settled(on_wall):
        return
    street = ask.pin()
    if not on_wall:
        frame.show(street)
    page.run()


if __name__ == "__main__":
    st.set_page_config("街情看板", frame.ICON, layout="wide", initial_sidebar_state=frame.SIDEBAR_PX)
    on_wall = st.query_params.get("wall") == "1"
    page = menu(on_wall)
    theme.apply()
    frame.brand()
    rights.grant()
    show()
else:
    # What the server imports once, before anybody visits. Left alone, Streamlit would look for pages beside
    # this file and greet the first visitor of a deep link with "Page not found", though the page comes up.
    PagesManager.uses_pages_directory = False
    # the first page has no name in the address: it is at `/`
    names = [Path(path).stem for group in DESK.values() for path, _ in group][1:]
    between = policy.around(names, tiles.origin())
    app = st.App(Path(__file__), middleware=between, routes=[tiles.ROUTE, shelf.ROUTE])
