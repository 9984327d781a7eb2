"""三色推演: the fewest things to put right for a better colour, and the one thing that would cost a level."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from data.colouring.catalogue import facts as catalogue
from data.colouring.scoring import look
from data.rules import COLOURS, Rule

# A unit that only time puts right counts more than any number of those that somebody can.
WAIT = 1_000_000
# Points lost -> (cost, units of each fact put right) of the cheapest way to lose no more than that.
Ways = dict[int, tuple[int, tuple[tuple[str, int], ...]]]


@dataclass(frozen=True)
class Move:
    """So many units of a fact put right; `is_wait` where only time does it."""

    fact: str
    units: int
    is_wait: bool


@dataclass(frozen=True)
class Fixes:
    """The smallest set of moves after which one look gives `colour` or better, and the points it then has.

    Smallest: fewest units that must be waited for, then fewest to be put right, then most points.
    """

    colour: str
    moves: tuple[Move, ...]
    score: int

    @property
    def is_waiting(self) -> bool:
        """Whether something only time can do is among them."""
        return any(move.is_wait for move in self.moves)


def smallest(rule: Rule, facts: Mapping[str, int], long_overdue: int, colour: str, margin: int = 0) -> Fixes:
    """The smallest set of moves for a subject with these facts to be seen as `colour` or better.

    `margin` are points beyond the colour's floor, which an upgrade asks for. `long_overdue` of the units of
    the escalation's fact have been overdue for too long. There always is such a set: everything put right is
    green.
    """
    wanted = COLOURS.index(colour)
    ways = [_cheapest(rule, facts, code, margin, long_overdue) for code in range(wanted + 1)]
    _, lost, put_right = min(ways)
    known = catalogue()
    order = {fact: place for place, fact in enumerate(rule.facts)}
    moves = tuple(
        Move(fact, units, not known[fact].is_mendable)
        for fact, units in sorted(put_right, key=lambda each: order[each[0]])
        if units
    )
    return Fixes(colour, moves, rule.max_score - lost)


def worsenings(rule: Rule, facts: Mapping[str, int], long_overdue: int) -> list[tuple[str, str]]:
    """Every fact of which one unit more would cost a level by one look, and the colour it would then be."""
    read = [fact for fact in rule.facts if fact not in rule.unrated_states]
    columns = {
        fact: np.array([facts.get(fact, 0)] + [facts.get(fact, 0) + (fact == other) for other in read])
        for fact in read
    }
    seen = look(rule, columns, np.full(len(read) + 1, long_overdue), len(read) + 1)
    now, *then = seen.candidates.tolist()
    return [(fact, COLOURS[code]) for fact, code in zip(read, then, strict=True) if code > now]


def _cheapest(
    rule: Rule, facts: Mapping[str, int], code: int, margin: int, long_overdue: int
) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """Cost, points lost and moves of the cheapest way to exactly this colour's points, floors and vetoes."""
    most = {fact: count for fact, count in facts.items() if fact in rule.facts}
    for veto in rule.vetoes:
        if veto.colour > code and veto.fact in most:
            most[veto.fact] = min(most[veto.fact], veto.value - 1)
    late = rule.escalation
    if late and code > 0 and late.fact in most:
        most[late.fact] = min(most[late.fact], facts[late.fact] - long_overdue)
    allowed = rule.max_score - rule.floors[code] - margin
    ways: Ways = {0: (0, ())}
    for dimension in rule.dimensions:
        inside: Ways = {0: (0, ())}
        for item in rule.deductions:
            if item.dimension == dimension.id and facts.get(item.fact, 0):
                options = list(_options(item.fact, facts[item.fact], most[item.fact], item.per, item.cap))
                inside = _joined(inside, options, dimension.points)
        ways = _joined(
            ways, [(lost, cost, put) for lost, (cost, put) in inside.items()], allowed, is_bound=True
        )
    deducted = {item.fact for item in rule.deductions}
    forced = tuple((fact, facts[fact] - most[fact]) for fact in most if fact not in deducted)
    extra = sum(_cost(fact, units) for fact, units in forced)
    if not ways:
        # not even with everything put right: a margin beyond the full points, which no valid rule has
        raise ValueError(f"{rule.version}: nobody can reach {COLOURS[code]} with a margin of {margin}")
    cost, lost, put = min((cost, lost, put) for lost, (cost, put) in ways.items())
    return cost + extra, lost, (*put, *forced)


def _options(
    fact: str, count: int, most: int, per: int, cap: int
) -> Iterator[tuple[int, int, tuple[tuple[str, int], ...]]]:
    """What may be left of a fact: the points that costs, the cost of putting the rest right, and the move."""
    for left in range(most, -1, -1):
        yield min(left * per, cap), _cost(fact, count - left), ((fact, count - left),)


def _cost(fact: str, units: int) -> int:
    return units if catalogue()[fact].is_mendable else units * WAIT


def _joined(
    ways: Ways,
    options: list[tuple[int, int, tuple[tuple[str, int], ...]]],
    most: int,
    is_bound: bool = False,
) -> Ways:
    """Every way with every option; points beyond `most` count as it or, where it is a bound, are no way."""
    found: Ways = {}
    for lost, (cost, put) in ways.items():
        for more, price, move in options:
            total = lost + more
            if is_bound and total > most:
                continue
            total = min(total, most) if not is_bound else total
            offered = (cost + price, (*put, *move))
            if total not in found or offered < found[total]:
                found[total] = offered
    return found
