"""What stands around every page: the name, how old the data is, and the filters."""

from pathlib import Path

import streamlit as st

from data.warehouse import Snapshot
from pages.parts import filters, freshness, notices, places, theme

ICON = "🏘️"
SIDEBAR_PX = 232
LOGO = Path(__file__).with_name("logo.svg")


def brand() -> None:
    """The name of the product above the menu, in the colours of the reader's theme."""
    drawn = LOGO.read_text("utf-8")
    st.logo(
        drawn.replace("ACCENT", theme.colour("primaryColor")).replace("TEXT", theme.colour("textColor")),
        size="large",
    )


def show(street: Snapshot) -> None:
    """Draw the frame and settle the scope of the page that follows."""
    with st.container(key="frame_head", gap="xsmall"):
        freshness.line()
        filters.show(street, places.grids(street))
    notices.trouble(street.trouble)
