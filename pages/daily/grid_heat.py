"""网格热力: one measure at a time over the street's grids or hexagons, and all about the grid one clicks."""

import streamlit as st

from pages.parts import filters, grid_card, page, rights
from pages.parts.heat import choices, compared, first, hexagons, one, outside, played

rights.need(rights.READ)
scope = filters.current()
page.heading("网格热力", "哪里事多，哪里久没人去，哪里真的比别处热？", scope)

with choices.bar():
    view = choices.view()
    if view == "grid":
        measure, time = choices.measure(), choices.time()
    else:
        measure, time, points = "filed", "one", choices.points()
        size = choices.size() if view != "glow" else 0
    if time == "play":
        step = played.step()
    elif time in ("periods", "change"):
        versus = compared.versus()
    elif time == "measures":
        second = choices.measure("measure2", "overdue_stock")

if time == "periods":
    compared.periods(measure, versus, scope)
elif time == "measures":
    compared.measures(measure, second, scope)
left, right = st.columns([1, 1] if time in compared.SIDE_BY_SIDE else [7, 3], gap="medium")
with left:
    if view == "hex":
        hexagons.counted(points, size, scope)
    elif view == "glow":
        hexagons.glow(points, scope)
    elif view == "spots":
        hexagons.spots(points, size, scope)
    elif time == "one":
        one.show(measure, scope)
    elif time == "play":
        played.show(measure, step, scope)
    elif time == "change":
        compared.difference(measure, versus, scope)
with right:
    grid_card.show(scope, measure)
    if view == "grid":
        first.show(measure, scope)
    outside.show(scope)
