"""When a scheme's subjects are looked at: the first visit, every month, and whenever something happened."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from data.colouring.material import FAR, Material
from data.colouring.scoring import Integers
from data.colouring.spells import Points
from data.rules import Rule

EPOCH = date(1970, 1, 1).toordinal()
OVERDUE = frozenset({"overdue_general_hazards", "overdue_hazards"})
HAZARDS = frozenset({*OVERDUE, "open_general_hazards_in_time", "open_major_hazards"})
NOT_OPEN = ("business_closed_long", "business_vacant")


def number(day: date) -> int:
    """A day as days since 1970."""
    return day.toordinal() - EPOCH


def as_date(days: int) -> date:
    """A day given as days since 1970."""
    return date.fromordinal(days + EPOCH)


def month_days(since: int, until: int, day_of_month: int) -> list[int]:
    """The days of evaluation after `since` up to and with `until`."""
    if since >= until:
        return []
    first = as_date(since).replace(day=1)
    found = []
    while number(first) <= until:
        day = number(first.replace(day=day_of_month))
        if since < day <= until:
            found.append(day)
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def reigns(rules: Sequence[Rule]) -> list[tuple[Rule, int, int]]:
    """Every rule with the days since <= day < until on which it is in force."""
    starts = [number(rule.effective_from) for rule in rules]
    return list(zip(rules, starts, [*starts[1:], FAR], strict=True))


def first_looks(told: Material, rules: Sequence[Rule]) -> Integers:
    """The day each subject is first looked at, FAR if never.

    That is its first visit or, under a rule that needs none, the day on which facts begin.
    """
    begun = min(told.known_from.values(), default=FAR)
    first = np.full(len(told.keys), FAR, np.int32)
    for rule, since, until in reigns(rules):
        starts = told.first_seen if rule.needs_visit else np.minimum(told.first_seen, begun)
        first = np.where(starts < until, np.minimum(first, np.maximum(starts, since)), first)
    return first


def points(told: Material, rules: Sequence[Rule], until: int) -> Points:
    """Every look up to and with the day `until`, each asked for by the rule of that day alone."""
    first = first_looks(told, rules)
    begun = np.flatnonzero(first <= until)
    subjects, days = [begun], [first[begun]]
    earliest = int(first.min(initial=FAR))
    for rule, since, end in reigns(rules):
        last = min(until, end - 1)
        if since > last:
            continue
        for day in [since, *month_days(max(since, earliest), last, rule.day_of_month)]:
            there = begun[first[begun] < day]
            subjects.append(there)
            days.append(np.full(there.size, day))
        for who, when in _events(told, rule):
            kept = (when >= since) & (when <= last) & (when > first[who])
            subjects.append(who[kept])
            days.append(when[kept])
    return Points.of(np.concatenate(subjects), np.concatenate(days))


def _events(told: Material, rule: Rule) -> Iterator[tuple[Integers, Integers]]:
    """The days on which a fact changed that the rule wants to be told of at once, and those of overrides."""
    vetoes = {veto.fact for veto in rule.vetoes}
    for fact, spells in told.spells.items():
        is_veto = fact in vetoes and "veto_fact_changed" in rule.triggers
        is_state = fact in NOT_OPEN and "business_status_changed" in rule.triggers
        if is_veto or is_state or (fact in OVERDUE and "hazard_overdue" in rule.triggers):
            yield spells.subjects, spells.since
        if is_veto or is_state or (fact in HAZARDS and "hazard_closed" in rule.triggers):
            yield spells.subjects, spells.until
    if rule.escalation:
        spells = told.of(rule.escalation.fact)
        turning = spells.since + rule.escalation.overdue_days - 1
        lasting = turning < spells.until
        yield spells.subjects[lasting], turning[lasting]
    if told.overrides:
        who = np.array([each.subject for each in told.overrides])
        yield who, np.array([each.since for each in told.overrides])
        yield who, np.array([each.until for each in told.overrides])
