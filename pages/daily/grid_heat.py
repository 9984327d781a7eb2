"""网格热力: one measure at a time over the street's grids, and what is known of the grid one clicks."""

import streamlit as st

from pages.parts import filters, page, rights
from pages.parts.heat import choices, one

rights.need(rights.READ)
scope = filters.current()
page.heading("网格热力", "事在哪里多，哪里没人去，哪里真的比别处热？", scope)
measure = choices.measure()
left, right = st.columns([7, 3], gap="medium")
with left:
    one.show(measure, scope)
