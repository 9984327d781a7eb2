"""A colour in time: lost at once, won back one level after passes with a margin, a dwell and a probation."""

from dataclasses import dataclass, replace

import numpy as np

from data.colouring.scoring import RED, YELLOW, Integers
from data.rules import UNRATED, Rule

NEVER = -1_000_000


@dataclass(frozen=True)
class Standing:
    """Where subjects stand between two looks, as arrays; `colour` UNRATED where none was ever given.

    `since` is the day the colour was given, `passes` the good looks in a row since; `is_doubled` a red whose
    dwell counts twice; `probation_from` the day of the last step from red to yellow, NEVER where there was
    none.
    Days are counted since 1970.
    """

    colour: Integers
    since: Integers
    passes: Integers
    is_doubled: Integers
    probation_from: Integers

    @classmethod
    def unknown(cls, size: int) -> "Standing":
        """Nobody has been looked at yet."""
        starts = (UNRATED, NEVER, 0, 0, NEVER)
        return cls(*(np.full(size, start, np.int32) for start in starts))

    def at(self, places: Integers) -> "Standing":
        """The standing of some of the subjects."""
        return Standing(*(each[places] for each in self._arrays()))

    def put(self, places: Integers, other: "Standing") -> None:
        """Write the standing of some of the subjects into this one."""
        for mine, theirs in zip(self._arrays(), other._arrays(), strict=True):
            mine[places] = theirs

    def copied(self) -> "Standing":
        """A standing of its own."""
        return Standing(*(each.copy() for each in self._arrays()))

    def _arrays(self) -> tuple[Integers, ...]:
        return self.colour, self.since, self.passes, self.is_doubled, self.probation_from


def dwell_days(rule: Rule, standing: Standing) -> Integers:
    """The days each subject has to stay in its colour at least."""
    days = np.array([*rule.hysteresis.dwell_days, 0], np.int32)[standing.colour]
    return np.where((standing.colour == RED) & (standing.is_doubled > 0), 2 * days, days)


def step(rule: Rule, before: Standing, days: Integers, candidates: Integers, scores: Integers) -> Standing:
    """The standing after one look at every subject, on the day each was looked at.

    A candidate of UNRATED changes nothing but breaks the row of passes: who comes back goes on from there.
    """
    back = rule.hysteresis
    is_rated = candidates != UNRATED
    is_first = is_rated & (before.colour == UNRATED)
    is_worse = is_rated & ~is_first & (candidates > before.colour)
    wanted = np.maximum(before.colour - 1, 0)
    floor = np.array(rule.floors, np.int32)[wanted] + back.margin
    could_rise = is_rated & ~is_first & ~is_worse & (before.colour > 0)
    passed = could_rise & (candidates <= wanted) & (scores >= floor)
    passes = np.where(passed, before.passes + 1, 0)
    rises = passed & (passes >= back.passes) & (days - before.since >= dwell_days(rule, before))
    is_new = is_first | is_worse | rises
    colour = np.where(is_first | is_worse, candidates, np.where(rises, wanted, before.colour))
    is_relapse = is_worse & (candidates == RED) & (days - before.probation_from <= back.probation_days)
    doubled = (is_relapse & back.is_dwell_doubled).astype(np.int32)
    return replace(
        before,
        colour=colour,
        since=np.where(is_new, days, before.since),
        passes=np.where(is_new, 0, passes),
        is_doubled=np.where(is_new, doubled, before.is_doubled),
        probation_from=np.where(rises & (colour == YELLOW), days, before.probation_from),
    )
