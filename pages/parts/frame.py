"""What stands around every page: the name, how old the data is, and the filters."""

from pathlib import Path

import streamlit as st

from data.warehouse import Snapshot
from pages.parts import filters, freshness, notices, places, theme

ICON = "🏘️"
SIDEBAR_PX = 232
LOGO = Path(__file__).with_name("logo.svg")


def show(street: Snapshot) -> None:
    """Draw the frame and settle the scope of the page that follows."""
    st.logo(_logo(), size="large")
    with st.container(key="frame_head", gap="xsmall"):
        freshness.line()
        filters.show(street, places.grids(street))
    notices.trouble(street.trouble)


def _logo() -> str:
    drawn = LOGO.read_text("utf-8")
    return drawn.replace("ACCENT", theme.colour("primaryColor")).replace("TEXT", theme.colour("textColor"))
