"""Evaluates a scheme: every subject on every day of looking, points and colour, by the rule of that day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.colouring import calendar, track
from data.colouring.material import FAR, Material
from data.colouring.scoring import Integers, Looked, look
from data.colouring.spells import STRIDE, Points
from data.colouring.track import Standing
from data.rules import UNRATED, Rule


@dataclass(frozen=True)
class Evaluated:
    """One scheme's looks, in the order of `points`; `rule_nos` say by which of `rules`.

    `assigned` is the colour after what was before, `worn` that or the override in force. `standings` are
    those after each look, `dwell` the days each colour must be kept. `looks` hold, rule by rule, the places
    in these arrays and what was seen there. `old_colours` is UNRATED but on the day of a rule change.
    """

    told: Material
    rules: tuple[Rule, ...]
    points: Points
    rule_nos: Integers
    facts: Mapping[str, Integers]
    candidates: Integers
    scores: Integers
    assigned: Integers
    worn: Integers
    standings: Standing
    dwell: Integers
    old_colours: Integers
    looks: tuple[tuple[Integers, Looked], ...]


def evaluate(told: Material, rules: Sequence[Rule], until: int) -> Evaluated:
    """Look at everybody up to and with the day `until`. `rules` are in the order of their days."""
    starts = np.array([calendar.number(rule.effective_from) for rule in rules], np.int64)
    points = calendar.points(told, rules, until)
    rule_nos = (np.searchsorted(starts, points.days, side="right") - 1).astype(np.int32)
    read = dict.fromkeys(fact for rule in rules for fact in rule.facts)
    facts = {fact: told.of(fact).at(points) for fact in read if fact in told.spells}
    looks = []
    scores, candidates = np.zeros(points.size, np.int32), np.full(points.size, UNRATED, np.int32)
    for nth, rule in enumerate(rules):
        places = np.flatnonzero(rule_nos == nth)
        seen = _look(rule, told, points, facts, places)
        scores[places], candidates[places] = seen.scores, seen.candidates
        looks.append((places, seen))
    old = _old_looks(told, rules, points, facts, rule_nos)
    standings, dwell, old_colours = _follow(rules, points, rule_nos, candidates, scores, old)
    assigned = np.where(candidates == UNRATED, UNRATED, standings.colour)
    worn = _overridden(told, points, assigned)
    return Evaluated(
        told, tuple(rules), points, rule_nos, facts, candidates, scores, assigned, worn, standings, dwell,
        old_colours, tuple(looks),
    )  # fmt: skip


def look_on(rule: Rule, told: Material, points: Points) -> tuple[Looked, dict[str, Integers]]:
    """One rule's look at some points, whatever rule is in force then, and the facts it saw."""
    facts = {fact: told.of(fact).at(points) for fact in rule.facts if fact in told.spells}
    return _look(rule, told, points, facts, np.arange(points.size)), facts


def evidence_from(rule: Rule, told: Material) -> int:
    """The day from which every dimension has a fact that is told at all; FAR where one has none."""
    if not rule.needs_evidence:
        return 0
    return max(
        (
            min(
                (
                    told.known_from.get(item.fact, FAR)
                    for item in rule.deductions
                    if item.dimension == each.id
                ),
                default=FAR,
            )
            for each in rule.dimensions
            if not each.is_manual
        ),
        default=0,
    )


def _look(
    rule: Rule, told: Material, points: Points, facts: Mapping[str, Integers], places: Integers
) -> Looked:
    is_all = places.size == points.size
    here = points if is_all else Points(points.subjects[places], points.days[places])
    there = facts if is_all else {fact: units[places] for fact, units in facts.items()}
    late = rule.escalation
    overdue = told.of(late.fact).at(here, late.overdue_days - 1) if late else np.zeros(here.size, np.int32)
    seen = look(rule, there, overdue, here.size)
    is_unknown = here.days < evidence_from(rule, told)
    for state in rule.unrated_states:
        if state in there:
            is_unknown |= there[state] > 0
    if rule.needs_visit:
        is_unknown |= here.days < told.first_seen[here.subjects]
    seen.candidates[is_unknown] = UNRATED
    return seen


def _old_looks(
    told: Material, rules: Sequence[Rule], points: Points, facts: Mapping[str, Integers], rule_nos: Integers
) -> Mapping[int, tuple[Integers, Looked]]:
    """What the rule before would have seen on the day a rule begins, by the new rule's number."""
    found = {}
    for nth in range(1, len(rules)):
        begins = calendar.number(rules[nth].effective_from)
        places = np.flatnonzero((rule_nos == nth) & (points.days == begins))
        found[nth] = (places, _look(rules[nth - 1], told, points, facts, places))
    return found


def _follow(
    rules: Sequence[Rule],
    points: Points,
    rule_nos: Integers,
    candidates: Integers,
    scores: Integers,
    old: Mapping[int, tuple[Integers, Looked]],
) -> tuple[Standing, Integers, Integers]:
    """Go from look to look, the first of every subject at once, then the second, and so on."""
    old_candidates, old_scores = np.full(points.size, -1, np.int32), np.zeros(points.size, np.int32)
    for places, seen in old.values():
        old_candidates[places], old_scores[places] = seen.candidates, seen.scores
    starts = np.flatnonzero(np.diff(points.subjects, prepend=-1))
    counts = np.diff(np.append(starts, points.size))
    now = Standing.unknown(starts.size)
    after = Standing.unknown(points.size)
    dwell, old_colours = np.zeros(points.size, np.int32), np.full(points.size, UNRATED, np.int32)
    for turn in range(int(counts.max(initial=0))):
        subjects = np.flatnonzero(counts > turn)
        places = starts[subjects] + turn
        for nth in np.flatnonzero(np.bincount(rule_nos[places])).tolist():
            chosen = rule_nos[places] == nth
            who, where = subjects[chosen], places[chosen]
            before = now.at(who)
            changing = np.flatnonzero(old_candidates[where] >= 0)
            if changing.size:
                at = where[changing]
                would = track.step(
                    rules[nth - 1], before.at(changing), points.days[at], old_candidates[at], old_scores[at]
                )
                old_colours[at] = np.where(old_candidates[at] == UNRATED, UNRATED, would.colour)
            stands = track.step(rules[nth], before, points.days[where], candidates[where], scores[where])
            now.put(who, stands)
            after.put(where, stands)
            dwell[where] = track.dwell_days(rules[nth], stands)
    return after, dwell, old_colours


def _overridden(told: Material, points: Points, assigned: Integers) -> Integers:
    worn, keys = assigned.copy(), points.keys
    for each in told.overrides:
        first, last = np.searchsorted(keys, each.subject * STRIDE + np.array([each.since, each.until]))
        worn[first:last] = each.colour
    return worn
