"""Builds what a colour is worked out from: one line a fact, days as text."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from data.colouring.calendar import number
from data.colouring.evaluating import Evaluated, evaluate
from data.colouring.material import FAR, Material, Override, Spells
from data.rule_shelf import shipped
from data.rules import COLOURS, Rule

FOREVER = "9999-12-31"
WORDS = (*COLOURS, "unrated")
# fact, from, until (without it), units; of the only subject
Told = tuple[str, str, str] | tuple[str, str, str, int]


def day(text: str) -> int:
    return number(date.fromisoformat(text))


def spells(rows: Iterable[tuple[int, str, str, int]]) -> Spells:
    """Spells of one fact: subject, from, until, units."""
    told = [(who, day(since), min(day(until), FAR), units) for who, since, until, units in rows]
    columns = np.array(told, np.int64).reshape(-1, 4).T
    return Spells(columns[0], columns[1], columns[2], columns[3])


def subject(
    *facts: Told,
    scheme: str = "enterprise",
    first_seen: str = "2026-12-01",
    overrides: Iterable[tuple[str, str, str]] = (),
    rules: Iterable[Rule] = (),
    known: Mapping[str, str] | None = None,
) -> Material:
    """One subject; every fact of the rule is told from the beginning, unless `known` says from when."""
    told: dict[str, list[tuple[int, str, str, int]]] = {}
    for name, since, until, *units in facts:
        told.setdefault(name, []).append((0, since, until, units[0] if units else 1))
    read = [fact for rule in (*rules, shipped(scheme)) for fact in rule.facts]
    return Material(
        scheme,
        ("F1",),
        np.array([day(first_seen)], np.int64),
        {name: spells(rows) for name, rows in told.items()},
        {fact: day("2015-01-01") for fact in read}
        if known is None
        else {fact: day(since) for fact, since in known.items()},
        tuple(
            Override(0, COLOURS.index(colour), day(since), day(until) + 1)
            for colour, since, until in overrides
        ),
    )


def history(told: Evaluated) -> list[tuple[str, str]]:
    """The day and the assigned colour of every look at the only subject."""
    days = [str(np.datetime64(int(each), "D")) for each in told.points.days]
    return list(zip(days, [WORDS[code] for code in told.assigned], strict=True))


def colours(told: Material, until: str, rules: Iterable[Rule] = ()) -> list[tuple[str, str]]:
    """The day and colour of every look at the only subject, by the shipped rule unless others are given."""
    return history(evaluate(told, tuple(rules) or (shipped(told.scheme),), day(until)))
