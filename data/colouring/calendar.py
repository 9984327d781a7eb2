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
    first = as_date(since).replace(day=1)
    found = []
    while number(first) <= until:
        day = number(first.replace(day=day_of_month))
        if since < day <= until:
            found.append(day)
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def first_looks(told: Material, rules: Sequence[Rule]) -> Integers:
    """The day each subject is first looked at: its first visit; where no rule needs one, when facts begin."""
    if all(rule.needs_visit for rule in rules):
        return told.first_seen
    begun = min(told.known_from.values(), default=FAR)
    return np.minimum(told.first_seen, begun)


def points(told: Material, rules: Sequence[Rule], until: int) -> Points:
    """Every look up to and with the day `until`, at subjects that have been looked at before."""
    first = first_looks(told, rules)
    everyone = np.arange(len(told.keys))
    begun = everyone[first <= until]
    subjects, days = [begun], [first[begun]]
    if begun.size:
        regular = {
            day for rule in rules for day in month_days(int(first[begun].min()), until, rule.day_of_month)
        } | {number(rule.effective_from) for rule in rules}
        for day in sorted(regular):
            there = begun[first[begun] < day] if day <= until else begun[:0]
            subjects.append(there)
            days.append(np.full(there.size, day))
    for who, when in _events(told, rules):
        kept = (when > first[who]) & (when <= until)
        subjects.append(who[kept])
        days.append(when[kept])
    return Points.of(np.concatenate(subjects), np.concatenate(days))


def _events(told: Material, rules: Sequence[Rule]) -> Iterator[tuple[Integers, Integers]]:
    """The days on which a fact changed that the rules want to be told of at once, and those of overrides."""
    triggers = {trigger for rule in rules for trigger in rule.triggers}
    vetoes = {veto.fact for rule in rules for veto in rule.vetoes}
    for fact, spells in told.spells.items():
        is_veto = fact in vetoes and "veto_fact_changed" in triggers
        is_state = fact in NOT_OPEN and "business_status_changed" in triggers
        if is_veto or is_state or (fact in OVERDUE and "hazard_overdue" in triggers):
            yield spells.subjects, spells.since
        if is_veto or is_state or (fact in HAZARDS and "hazard_closed" in triggers):
            yield spells.subjects, spells.until
    for rule in rules:
        if rule.escalation:
            spells = told.of(rule.escalation.fact)
            turning = spells.since + rule.escalation.overdue_days - 1
            lasting = turning < spells.until
            yield spells.subjects[lasting], turning[lasting]
    if told.overrides:
        who = np.array([each.subject for each in told.overrides])
        yield who, np.array([each.since for each in told.overrides])
        yield who, np.array([each.until for each in told.overrides])
