"""Sends the rounds of past days elsewhere and tells when each hazard would have been found.

Every community reaches as many grids a day as it did; only which ones is another. A hazard that a patrol
found lay there since some day after the visit before, each as likely as the next: no order finds it earlier.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# How urgent every grid is on a day (its place in the history), so many days after its last visit.
Urgency = Callable[[int, Floats], Floats]


@dataclass(frozen=True)
class History:
    """What was known and done, by day and grid; the grids of a community lie side by side.

    `quota` is how many grids a grid's community reached that day, `gap` how many days each grid had waited
    when the first day began, `possible_from` the first day on which what was found that day can have lain
    there.
    """

    community: Integers
    quota: Integers
    gap: Floats
    hazards_per_day: Floats
    colour_weight: Floats
    possible_from: Integers

    @property
    def day_count(self) -> int:
        """How many days are replayed."""
        return len(self.quota)


@dataclass(frozen=True)
class Finds:
    """What patrols found: grid, day, first possible day; one entry may be several hazards."""

    grid: Integers
    day: Integers
    possible_from: Integers
    count: Integers

    @property
    def total(self) -> int:
        """How many hazards there are."""
        return int(self.count.sum())

    def mean(self, values: Floats) -> float:
        """The mean over hazards of a value by entry."""
        return float((values * self.count).sum() / self.total)


def history(rows: pd.DataFrame) -> History:
    """The history in the answer of `back_test.sql`, which comes by day, community and grid."""
    day_count = rows["round_on"].nunique()

    def by_day(values: "pd.Series[float]") -> Floats:
        return np.asarray(values, np.float64).reshape(day_count, -1)

    community = pd.factorize(rows["community"])[0].reshape(day_count, -1)[0].astype(np.int64)
    visited = by_day(rows["is_visited"]) > 0
    members = community[:, None] == np.arange(community.max() + 1)
    previous = (rows["last_visit_on"] - rows["round_on"].iloc[0]).dt.days.fillna(-1)
    return History(
        community=community,
        quota=(visited.astype(np.int64) @ members)[:, community],
        gap=by_day(rows["gap_days"])[0],
        hazards_per_day=np.nan_to_num(by_day(rows["hazards_per_day"])),
        colour_weight=by_day(rows["colour_weight"]),
        possible_from=np.maximum(by_day(previous).astype(np.int64) + 1, 0),
    )


def finds(rows: pd.DataFrame, counted: str, told: History) -> Finds:
    """The hazards of one count of the answer, such as "found_major"."""
    count = rows[counted].to_numpy(np.int64).reshape(told.day_count, -1)
    day, grid = np.nonzero(count)
    return Finds(grid, day, told.possible_from[day, grid], count[day, grid])


def suggested(told: History) -> Urgency:
    """The order of `suggestion.sql`: what came since the last visit, by how long it waited, by colour."""
    return lambda day, gap: told.hazards_per_day[day] * gap * gap / 2 * told.colour_weight[day]


def oldest_first(day: int, gap: Floats) -> Floats:
    """The order that always goes where nobody has been for longest."""
    return gap


def replay(told: History, urgency: Urgency) -> Flags:
    """Which grids are visited on which day, when each day's rounds go to the most urgent."""
    last = -told.gap
    visited = np.zeros(told.quota.shape, np.bool_)
    for day in range(told.day_count):
        gap = day - last
        order = np.lexsort((-gap, -urgency(day, gap), told.community))
        visited[day, order] = _place(told) < told.quota[day, order]
        last[visited[day]] = day
    return visited


def shuffled(told: History, dice: np.random.Generator) -> Flags:
    """Which grids are visited on which day, when chance alone sends the rounds."""
    order = np.argsort(told.community + dice.random(told.quota.shape), axis=1)
    visited = np.zeros(told.quota.shape, np.bool_)
    reached = _place(told) < np.take_along_axis(told.quota, order, axis=1)
    np.put_along_axis(visited, order, reached, axis=1)
    return visited


def found_on(visited: Flags, found: Finds) -> Floats:
    """The expected day on which each hazard is found; not found by the end counts as the day after it."""
    day_count = len(visited)
    on_this_day = np.where(visited, np.arange(day_count)[:, None], day_count)
    next_visit = np.minimum.accumulate(on_this_day[::-1], axis=0)[::-1]
    summed = np.vstack([np.zeros((1, visited.shape[1])), np.cumsum(next_visit, axis=0)])
    span = found.day + 1 - found.possible_from
    through = summed[found.day + 1, found.grid] - summed[found.possible_from, found.grid]
    return np.asarray(through / span, np.float64)


def _place(told: History) -> Integers:
    """0, 1, 2 ... within each community."""
    return np.arange(len(told.community)) - np.searchsorted(told.community, told.community)
