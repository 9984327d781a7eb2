"""Hides small counts of people, and whatever else would let a reader work them out by subtraction.

A reader is taken to know every total, row by row and column by column. Only counts of people are treated so:
cases, hazards and shops are no persons.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

SMALLEST = 5
OTHERS = "其他"

Cells = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def without_small_table(counts: pd.DataFrame, by: str, across: str, count: str) -> pd.DataFrame:
    """A two-way table of people without its telling cells: small lines merged into 其他, then cells hidden.

    Takes one row per `by` and `across`; a pair that is not told counts as 0.

    Columns: `by`, `across`, `count` (null where hidden), is_hidden. One row is one line and column.
    """
    wide = counts.pivot_table(
        index=by, columns=across, values=count, aggfunc="sum", fill_value=0, sort=False
    ).astype("int64")
    wide = _merged(_merged(wide).T).T.rename_axis(index=by, columns=across)
    long = pd.Series(wide.stack(), name=count).reset_index()
    return _blanked(long, count, hidden_cells(wide.to_numpy()).ravel())


def without_small_lines(counts: pd.DataFrame, by: str, count: str) -> pd.DataFrame:
    """A list of people per line (a province, an employer), the small lines merged into 其他.

    Columns: `by`, `count`, is_hidden. Only where even the sum of all lines is small is anything hidden.
    """
    wide = counts.groupby(by, sort=False)[[count]].sum().astype("int64")
    long = _merged(wide).rename_axis(index=by).reset_index()
    return _blanked(long, count, (long[count] > 0) & (long[count] < SMALLEST))


def without_small_steps(counts: pd.DataFrame, within: str, count: str) -> pd.DataFrame:
    """A series of people whose steps (days) cannot be merged: small ones hidden, each `within` by itself.

    Columns: as they came, `count` null where hidden, and is_hidden.
    """
    hidden = counts.groupby(within, sort=False)[count].transform(
        lambda series: hidden_cells(series.to_numpy(dtype=np.int64)[:, None])[:, 0]
    )
    return _blanked(counts.copy(), count, hidden.astype(bool))


def hidden_cells(cells: Cells) -> Mask:
    """Which cells of a table to hide so that none can be worked out from the others and the totals.

    The small ones first; then, as long as a hidden one could be solved for, or the hidden part of a line is
    itself a small count, the least cell beside it. Totals are taken as known along every axis longer than
    one.
    """
    hidden: Mask = (cells > 0) & (cells < SMALLEST)
    while (telling := _telling(cells, hidden)).any():
        beside = telling.any(axis=1, keepdims=True) | telling.any(axis=0, keepdims=True)
        free = ~hidden & beside if (~hidden & beside).any() else ~hidden
        if not free.any():
            break
        # a zero protects least, so it goes last
        weights = np.where(cells == 0, cells.max() + 1, cells)
        hidden.flat[np.where(free, weights, cells.max() + 2).argmin()] = True
    return hidden


def _telling(cells: Cells, hidden: Mask) -> Mask:
    """The hidden cells that tell: solvable from the totals, or in a line whose hidden part is small."""
    telling = np.zeros_like(hidden)
    if not hidden.any():
        return telling
    places = np.argwhere(hidden)
    equations = []
    for axis in (0, 1):
        if cells.shape[axis] > 1:
            kept = places[:, 1 - axis]
            equations += [kept == line for line in np.unique(kept)]
            part = np.where(hidden, cells, 0).sum(axis=axis, keepdims=True)
            telling |= hidden & (part < SMALLEST)
    system = np.array(equations, dtype=float)
    solved = np.diag(np.linalg.pinv(system) @ system)
    telling[tuple(places[solved > 1 - 1e-9].T)] = True
    return telling


def _merged(wide: pd.DataFrame) -> pd.DataFrame:
    """The lines with small totals, and as many of the next smallest as it takes, as one last line 其他."""
    totals = wide.sum(axis="columns").sort_values(kind="stable")
    small = int(((totals > 0) & (totals < SMALLEST)).sum())
    if not small:
        return wide
    among = totals[totals > 0]
    while small < len(among) and (small < 2 or among.iloc[:small].sum() < SMALLEST):
        small += 1
    merged = wide.index.isin(among.index[:small])
    others = pd.DataFrame([wide[merged].sum()], index=[OTHERS], columns=wide.columns)
    return pd.concat([wide[~merged], others])


def _blanked(counts: pd.DataFrame, count: str, hidden: Mask | pd.Series) -> pd.DataFrame:
    counts[count] = counts[count].astype("Int64").mask(hidden)
    counts["is_hidden"] = np.asarray(hidden, dtype=bool)
    return counts
