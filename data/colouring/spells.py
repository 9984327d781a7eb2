"""Counts units of facts at points in time, column by column, without joining anything."""

from dataclasses import dataclass
from functools import cached_property

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
        keys = np.sort(subjects.astype(np.int64) * STRIDE + days)
        keys = keys[np.diff(keys, prepend=-1) > 0]
        who = keys // STRIDE
        return cls(who.astype(np.int32), (keys - who * STRIDE).astype(np.int32))

    @property
    def size(self) -> int:
        """How many there are."""
        return self.subjects.size

    @cached_property
    def keys(self) -> Integers:
        """One number a point, rising."""
        return self.subjects.astype(np.int64) * STRIDE + self.days


def counted(
    points: Points, subjects: Integers, since: Integers, until: Integers, units: Integers
) -> Integers:
    """For every point the units of the spells since <= day < until that its subject has then."""
    keys = points.keys
    whose = subjects.astype(np.int64) * STRIDE
    change = np.zeros(points.size + 1, np.int32)
    np.add.at(change, np.searchsorted(keys, whose + np.clip(since, 0, STRIDE - 1)), units.astype(np.int32))
    np.subtract.at(
        change, np.searchsorted(keys, whose + np.clip(until, 0, STRIDE - 1)), units.astype(np.int32)
    )
    return np.cumsum(change[: points.size], dtype=np.int32)
