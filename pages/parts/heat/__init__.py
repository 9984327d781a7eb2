"""The parts of 网格热力: one measure over the grids or hexagons, at one time, played or compared."""
