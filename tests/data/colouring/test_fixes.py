"""三色推演 against enumeration: for all states there are, nothing smaller than the smallest set is enough."""

import itertools
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from data.colouring.catalogue import facts as catalogue
from data.colouring.fixes import WAIT, smallest, worsenings
from data.colouring.scoring import look
from data.rule_shelf import shipped
from data.rules import COLOURS, Rule

State = tuple[int, ...]


def items(rule: Rule, dimension: str) -> list[tuple[str, int]]:
    """The facts of a dimension, and how many units of each make a difference to its points."""
    return [(each.fact, -(-each.cap // each.per)) for each in rule.deductions if each.dimension == dimension]


def seen(rule: Rule, states: list[dict[str, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Points and candidate colours of many states at once, nothing being long overdue."""
    columns = {fact: np.array([state.get(fact, 0) for state in states]) for fact in rule.facts}
    told = look(rule, columns, np.zeros(len(states), np.int64), len(states))
    return told.scores, told.candidates


def cost(fact: str) -> int:
    return 1 if catalogue()[fact].is_mendable else WAIT


def below(state: dict[str, int]) -> Iterator[dict[str, int]]:
    """Every state that putting something right can make of this one, itself included."""
    names = list(state)
    for left in itertools.product(*(range(state[name] + 1) for name in names)):
        yield dict(zip(names, left, strict=True))


@cache
def curves(scheme: str, dimension: str) -> dict[tuple[tuple[int, int], ...], State]:
    """All states of a dimension by what they come to: the least cost for each number of points lost.

    Two states of one curve are the same to any set of fixes, so one state for each curve stands for all.
    """
    rule = shipped(scheme)
    told = items(rule, dimension)
    caps = {each.fact: (each.per, each.cap) for each in rule.deductions}
    full = next(each.points for each in rule.dimensions if each.id == dimension)
    vetoed = {veto.fact for veto in rule.vetoes}
    found: dict[tuple[tuple[int, int], ...], State] = {}
    for state in itertools.product(*(range(most + 2) for _, most in told)):
        least: dict[int, int] = {}
        for left in itertools.product(*(range(count + 1) for count in state)):
            if any(n and fact in vetoed for (fact, _), n in zip(told, left, strict=True)):
                continue
            lost = min(
                sum(min(n * caps[fact][0], caps[fact][1]) for (fact, _), n in zip(told, left, strict=True)),
                full,
            )
            price = sum((was - n) * cost(fact) for (fact, _), was, n in zip(told, state, left, strict=True))
            least[lost] = min(least.get(lost, price), price)
        found.setdefault(tuple(sorted(least.items())), state)
    return found


def cheapest_by_hand(scheme: str, parts: list[tuple[tuple[int, int], ...]], allowed: int) -> int:
    """The least cost over every combination of what each dimension may be left with."""
    return min(
        sum(price for _, price in each)
        for each in itertools.product(*parts)
        if sum(lost for lost, _ in each) <= allowed
    )


@pytest.mark.parametrize("scheme", ["enterprise", "shop"])
def test_the_smallest_set_for_green_is_minimal_for_every_state(scheme: str) -> None:
    """Every state of every dimension alone, and every pair of what two dimensions come to."""
    rule = shipped(scheme)
    own = [(each.id, curves(scheme, each.id)) for each in rule.dimensions]
    allowed = rule.max_score - rule.floors[0]
    checked = 0
    for (one, ones), (other, others) in itertools.combinations(own, 2):
        for (curve, state), (curve_too, state_too) in itertools.product(_spread(ones), _spread(others)):
            facts = dict(zip([f for f, _ in items(rule, one)], state, strict=True))
            facts |= dict(zip([f for f, _ in items(rule, other)], state_too, strict=True))
            found = smallest(rule, facts, 0, "green")
            expected = cheapest_by_hand(scheme, [curve, curve_too], allowed)
            assert sum(move.units * cost(move.fact) for move in found.moves) == expected, facts
            checked += 1
    assert checked > 500


def _spread(
    known: dict[tuple[tuple[int, int], ...], State],
) -> list[tuple[tuple[tuple[int, int], ...], State]]:
    """All curves of a small dimension, and evenly many of a large one."""
    listed = list(known.items())
    return listed[:: max(1, len(listed) // 40)]


@pytest.mark.parametrize("scheme", ["enterprise", "shop"])
@pytest.mark.parametrize("margin", [0, 3])
def test_every_state_of_every_dimension_alone_has_its_minimal_set(scheme: str, margin: int) -> None:
    """All states there are: a count beyond what its cap can cost, by one, stands for all larger ones."""
    rule = shipped(scheme)
    for dimension in rule.dimensions:
        told = items(rule, dimension.id)
        names = [fact for fact, _ in told]
        states = [
            dict(zip(names, state, strict=True))
            for state in itertools.product(*(range(most + 2) for _, most in told))
        ]
        scores, candidates = seen(rule, states)
        is_green = (candidates == 0) & (scores >= rule.floors[0] + margin)
        place = {tuple(state.values()): at for at, state in enumerate(states)}
        for state in states:
            found = smallest(rule, state, 0, "green", margin)
            after = {**state, **{move.fact: state[move.fact] - move.units for move in found.moves}}
            at = place[tuple(after.values())]
            assert is_green[at], (state, found)
            assert found.score == scores[at]
            paid = sum(move.units * cost(move.fact) for move in found.moves)
            cheaper = (
                left
                for left in below(state)
                if sum((state[fact] - left[fact]) * cost(fact) for fact in names) < paid
            )
            assert not any(is_green[place[tuple(left.values())]] for left in cheaper), (state, found)


@pytest.mark.parametrize("scheme", ["enterprise", "shop"])
@pytest.mark.parametrize("colour", ["green", "yellow"])
def test_whole_states_have_their_minimal_set(scheme: str, colour: str) -> None:
    """States over all dimensions and vetoes at once: a set splits by dimension, so every split is tried."""
    rule, dice = shipped(scheme), np.random.default_rng(4)
    code = COLOURS.index(colour)
    vetoed = {veto.fact for veto in rule.vetoes if veto.colour > code}
    deducted = {each.fact: each for each in rule.deductions}
    for _ in range(400):
        state = {fact: int(dice.integers(0, 5) * (dice.random() < 0.5)) for fact in rule.facts}
        state |= dict.fromkeys(rule.unrated_states, 0)
        forced = sum(cost(fact) * state[fact] for fact in vetoed - set(deducted))
        parts = []
        for dimension in rule.dimensions:
            own = [each for each in rule.deductions if each.dimension == dimension.id]
            least: dict[int, int] = {}
            for left in itertools.product(
                *(range((0 if each.fact in vetoed else state[each.fact]) + 1) for each in own)
            ):
                lost = min(
                    sum(min(n * each.per, each.cap) for each, n in zip(own, left, strict=True)),
                    dimension.points,
                )
                price = sum(
                    (state[each.fact] - n) * cost(each.fact) for each, n in zip(own, left, strict=True)
                )
                least[lost] = min(least.get(lost, price), price)
            parts.append(tuple(least.items()))
        totals = {0: 0}
        for part in parts:
            joined: dict[int, int] = {}
            for lost, price in totals.items():
                for more, extra in part:
                    joined[lost + more] = min(joined.get(lost + more, price + extra), price + extra)
            totals = joined
        allowed = rule.max_score - rule.floors[code]
        expected = forced + min(price for lost, price in totals.items() if lost <= allowed)
        found = smallest(rule, state, 0, colour)
        assert sum(move.units * cost(move.fact) for move in found.moves) == expected, state


def test_waiting_is_only_asked_for_where_mending_is_not_enough() -> None:
    rule = shipped("enterprise")
    facts = {"repeat_hazards_180d": 3, "no_safety_officer": 1}
    assert smallest(rule, facts, 0, "green").moves[0].fact == "no_safety_officer"
    assert not smallest(rule, facts, 0, "green").is_waiting
    assert smallest(rule, {"false_rectification_180d": 1}, 0, "green").is_waiting


def test_a_problem_that_is_overdue_for_too_long_is_put_right_first() -> None:
    rule = shipped("shop")
    # two overdue, one of them for more than a week: yellow needs that one, green needs both
    assert [move.units for move in smallest(rule, {"overdue_hazards": 2}, 1, "yellow").moves] == [1]
    assert [move.units for move in smallest(rule, {"overdue_hazards": 2}, 1, "green").moves] == [2]


def test_the_one_thing_more_that_costs_a_level() -> None:
    rule = shipped("enterprise")
    edge = {"no_safety_officer": 1, "no_safety_commitment": 1, "missed_meetings_90d": 1}
    told = dict(worsenings(rule, edge, 0))
    assert told["no_drill_12m"] == "yellow"
    assert told["overdue_general_hazards"] == "yellow"
    assert told["open_major_hazards"] == "red"
    assert "repeat_hazards_180d" in told
    clean = dict(worsenings(rule, {}, 0))
    assert set(clean) == {veto.fact for veto in rule.vetoes}
