"""Counts units of facts at points in time, column by column, without joining anything."""

from dataclasses import dataclass

import numpy as np

from data.colouring.scoring import Integers

# More days than any calendar here has.
STRIDE = 4_000_000


@dataclass(frozen=True)
class Points:
    """When whom to look at: one point is one subject (its number) on one day, in order, each once."""

    subjects: Integers
    days: Integers

    @classmethod
    def of(cls, subjects: Integers, days: Integers) -> "Points":
        """Points in order, doubles folded."""
        keys = np.sort(subjects * STRIDE + days)
        keys = keys[np.diff(keys, prepend=-1) > 0]
        return cls(keys // STRIDE, keys % STRIDE)

    @property
    def size(self) -> int:
        """How many there are."""
        return self.subjects.size

    @property
    def keys(self) -> Integers:
        """One number a point, rising."""
        return self.subjects * STRIDE + self.days


def counted(
    points: Points, subjects: Integers, since: Integers, until: Integers, units: Integers
) -> Integers:
    """For every point the units of the spells since <= day < until that its subject has then."""
    keys = points.keys
    opening = np.searchsorted(keys, subjects * STRIDE + np.clip(since, 0, STRIDE - 1))
    closing = np.searchsorted(keys, subjects * STRIDE + np.clip(until, 0, STRIDE - 1))
    change = np.bincount(opening, units, points.size + 1) - np.bincount(closing, units, points.size + 1)
    return np.rint(np.cumsum(change)[: points.size]).astype(np.int64)
