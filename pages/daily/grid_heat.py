"""网格热力: one measure at a time over the street's grids or hexagons, and all about the grid one clicks."""

from pages.parts import filters, page, rights
from pages.parts.heat import choices, stage

rights.need(rights.READ)
scope = filters.current()
page.heading("网格热力", "哪里事多，哪里久没人去，哪里真的比别处热？", scope)
stage.show(choices.bar(), scope)
