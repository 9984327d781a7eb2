"""From facts to points, from points to a colour: what one look at a subject says, whatever it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from data.rules import COLOURS, Rule

# Counts, points, days and codes of colours; those of millions of looks are kept as 32 bits.
Integers: TypeAlias = npt.NDArray[np.signedinteger[Any]]
Facts: TypeAlias = Mapping[str, Integers]
RED, YELLOW = COLOURS.index("red"), COLOURS.index("yellow")


@dataclass(frozen=True)
class Fired:
    """One item that fired somewhere: at these places of the arrays, so many units, so many points."""

    item: str
    kind: str
    fact: str
    places: Integers
    counts: Integers
    points: Integers
    colour: int | None


@dataclass(frozen=True)
class Looked:
    """What one look says of every place of the arrays: points left, points lost, the candidate colour."""

    scores: Integers
    lost: Mapping[str, Integers]
    candidates: Integers
    fired: tuple[Fired, ...]


def look(rule: Rule, facts: Facts, long_overdue: Integers, size: int) -> Looked:
    """Score every place: `facts` holds units per fact (missing ones count nothing) in arrays of `size`.

    `long_overdue` counts the problems that have been overdue for as long as the rule's escalation says.
    """
    nothing = np.zeros(size, np.int32)
    fired: list[Fired] = []
    raw = {each.id: np.zeros(size, np.int32) for each in rule.dimensions}
    for item in rule.deductions:
        units = facts.get(item.fact, nothing)
        places = np.flatnonzero(units)
        if not places.size:
            continue
        points = np.minimum(units[places] * item.per, item.cap)
        raw[item.dimension][places] += points
        fired.append(Fired(item.id, "deduct", item.fact, places, units[places], points, None))
    # what a dimension has to lose is all it can lose
    lost = {each.id: np.minimum(raw[each.id], each.points) for each in rule.dimensions}
    scores = rule.max_score - sum(lost.values(), nothing)
    candidates = by_points(rule, scores)
    for veto in rule.vetoes:
        units = facts.get(veto.fact, nothing)
        places = np.flatnonzero(units >= veto.value)
        if not places.size:
            continue
        candidates[places] = np.maximum(candidates[places], veto.colour)
        kind = "veto" if veto.colour == RED else "cap"
        fired.append(Fired(veto.id, kind, veto.fact, places, units[places], nothing[places], veto.colour))
    if rule.escalation:
        places = np.flatnonzero((candidates == YELLOW) & (long_overdue > 0))
        if places.size:
            candidates[places] = RED
            counts = long_overdue[places]
            fired.append(
                Fired("escalation", "escalation", rule.escalation.fact, places, counts, nothing[places], RED)
            )
    return Looked(scores, lost, candidates, tuple(fired))


def by_points(rule: Rule, scores: Integers) -> Integers:
    """The colour that points alone give."""
    green, yellow, _ = rule.floors
    return RED - (scores >= yellow).astype(np.int32) - (scores >= green).astype(np.int32)
