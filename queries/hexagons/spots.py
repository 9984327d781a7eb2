"""Tells hot and cold spots from merely crowded places: Getis-Ord Gi* on hexagons, held against chance."""

import h3
import numpy as np
import numpy.typing as npt
import pandas as pd

FEWEST_CELLS = 20
# A hexagon and its six neighbours.
FULL = 7
LEVEL = 0.05
# So many draws make a chance of one in 100,000 measurable; the seed makes an answer the same every time.
DRAWS, SEED = 400_000, 20261122

Numbers = npt.NDArray[np.float64]


def with_spots(cells: pd.DataFrame) -> pd.DataFrame:
    """The hexagons (cell, lon, lat, value) with z_score, p_value, q_value, spot and neighbour_count."""
    values = cells["value"].to_numpy(dtype=float)
    around, sizes = sums_around(cells["cell"].tolist(), values)
    z_score, p_value = np.full(len(values), np.nan), np.full(len(values), np.nan)
    if len(values) >= FEWEST_CELLS and values.std() > 0:
        z_score = gi_star(values, around, sizes)
        p_value = chances(values, around, sizes)
    q_value = false_discovery(p_value)
    spot = np.select(
        [(q_value <= LEVEL) & (z_score > 0), (q_value <= LEVEL) & (z_score < 0)], ["hot", "cold"], "none"
    )
    return cells.assign(
        z_score=z_score,
        p_value=p_value,
        q_value=q_value,
        spot=spot,
        neighbour_count=sizes.astype("int64") - 1,
    )


def sums_around(cells: list[str], values: Numbers) -> tuple[Numbers, Numbers]:
    """For each hexagon the sum over itself and its neighbours of the street, and how many these are."""
    places = {cell: place for place, cell in enumerate(cells)}
    pairs = [
        (place, places[other])
        for cell, place in places.items()
        for other in h3.grid_disk(cell, 1)
        if other in places
    ]
    own, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    around = np.bincount(own, weights=values[other], minlength=len(cells)).astype(np.float64)
    return around, np.bincount(own, minlength=len(cells)).astype(np.float64)


def gi_star(values: Numbers, around: Numbers, sizes: Numbers) -> Numbers:
    """Getis-Ord's Gi* with weights of 0 and 1 (Ord and Getis 1995): a standard score per hexagon.

    NaN where a neighbourhood is the whole street.
    """
    count = len(values)
    spread = values.std() * np.sqrt((count * sizes - sizes**2) / (count - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        scores: Numbers = np.where(spread > 0, (around - values.mean() * sizes) / spread, np.nan)
    return scores


def chances(values: Numbers, around: Numbers, sizes: Numbers) -> Numbers:
    """How likely a sum as far out is, both ways, were the same values strewn over the hexagons at random.

    All neighbourhoods of a size share one such distribution. The one observed is counted in, so that no
    chance is 0.
    """
    drawn_cells = _neighbourhoods(values)
    found = np.full(len(values), np.nan)
    for size in np.unique(sizes).astype(int):
        own = sizes == size
        drawn = np.sort(drawn_cells[:, :size].sum(axis=1))
        above = len(drawn) - np.searchsorted(drawn, around[own], side="left")
        below = np.searchsorted(drawn, around[own], side="right")
        found[own] = np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (len(drawn) + 1))
    return found


def _neighbourhoods(values: Numbers) -> Numbers:
    """At least DRAWS random neighbourhoods of a full size: the street is shuffled and cut up."""
    apiece = len(values) // FULL
    streets = np.tile(values, (-(-DRAWS // apiece), 1))
    np.random.default_rng(SEED).permuted(streets, axis=1, out=streets)
    return streets[:, : apiece * FULL].reshape(-1, FULL)


def false_discovery(p_value: Numbers) -> Numbers:
    """Benjamini and Hochberg's q: the share of false ones to expect among all that are at least as sure.

    Neighbouring sums share cells and so rise and fall together, which is the dependence the procedure allows
    (Benjamini and Yekutieli's, made for any, would find next to nothing on a street of this size). NaN stays.
    """
    found = np.full(len(p_value), np.nan)
    told = np.flatnonzero(~np.isnan(p_value))
    if len(told) == 0:
        return found
    order = told[np.argsort(p_value[told], kind="stable")]
    raised = p_value[order] * len(told) / np.arange(1, len(told) + 1)
    found[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    return found
