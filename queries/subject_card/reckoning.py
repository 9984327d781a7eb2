"""Reckons for one subject the fewest fixes for a better colour, and the one thing that would be too much."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.colouring import calendar, filling, fixes, outlook
from data.colouring.catalogue import facts as catalogue
from data.colouring.evaluating import look_on
from data.colouring.knowing import lend, rules_of
from data.colouring.material import Material, material
from data.colouring.spells import Points
from data.colouring.track import NEVER, Standing
from data.rules import COLOURS, Rule
from data.store.reader import Snapshot
from queries import Scope, settled

FIXES = (
    "scheme", "wanted_colour", "move_no", "fact_label", "move_count", "is_wait", "lapses_on", "mend",
    "score_after", "earliest_on",
)  # fmt: skip
WORSENINGS = ("scheme", "colour", "fact_label", "worse_colour")


@dataclass(frozen=True)
class Subject:
    """One subject under one scheme on the day looked at: its rule, its facts and where it stands."""

    rule: Rule
    told: Material
    day: int
    facts: dict[str, int]
    long_overdue: int
    standing: Standing


def subjects(street: Snapshot, scope: Scope, enterprise_key: str, rows: pd.DataFrame) -> Iterator[Subject]:
    """The subject of that key under every scheme of `rows`, which tell its standing."""
    asked = settled(street, scope)
    assert asked.as_at is not None
    day = calendar.number(asked.as_at.date())
    with closing(street.cursor()) as cursor:
        if asked.known_at is not None:
            lend(street, cursor, asked.known_at)
        rules = rules_of(cursor)
        filling.number(cursor, asked.known_at, enterprise_key)
        for row in rows.to_dict("records"):
            told = material(cursor, str(row["scheme"]), with_rows=True)
            rule = [each for each in rules[told.scheme] if each.effective_from <= asked.as_at.date()][-1]
            point = Points(np.zeros(1, np.int64), np.array([day]))
            _, facts = look_on(rule, told, point)
            late = rule.escalation
            overdue = told.of(late.fact).at(point, late.overdue_days - 1) if late else np.zeros(1, np.int64)
            counts = {fact: int(units[0]) for fact, units in facts.items()}
            yield Subject(rule, told, day, counts, int(overdue[0]), _standing(row))


def fixes_of(subject: Subject) -> Iterator[dict[str, Any]]:
    """A row for every move of the smallest set for every colour better than the subject's own."""
    rule, known = subject.rule, catalogue()
    began = int(subject.standing.colour[0])
    for wanted in range(began - 1, -1, -1):
        found = fixes.smallest(
            rule, subject.facts, subject.long_overdue, COLOURS[wanted], rule.hysteresis.margin
        )
        changed = outlook.put_right(subject.told, found.moves, subject.day)
        reached = outlook.earliest(rule, changed, subject.standing, subject.day).get(COLOURS[wanted])
        said = {
            "scheme": subject.told.scheme,
            "wanted_colour": COLOURS[wanted],
            "score_after": found.score,
            "earliest_on": _date(reached),
        }
        for number, move in enumerate(found.moves, 1):
            fact = known[move.fact]
            lapsing = (
                outlook.lapses(subject.told, move.fact, subject.day, move.units) if move.is_wait else None
            )
            yield said | {
                "move_no": number,
                "fact_label": fact.label,
                "move_count": move.units,
                "is_wait": move.is_wait,
                "lapses_on": _date(lapsing),
                "mend": fact.mend or fact.wait,
            }
        if not found.moves:
            yield dict.fromkeys(FIXES) | said | {"move_no": 0, "move_count": 0, "is_wait": False}


def worsenings_of(subject: Subject) -> Iterator[dict[str, Any]]:
    """A row for every fact of which one unit more would cost the subject a level by one look."""
    known = catalogue()
    worn = int(subject.standing.colour[0])
    for fact, colour in fixes.worsenings(subject.rule, subject.facts, subject.long_overdue):
        # who only waits for a better colour does not lose what it does not have yet
        if COLOURS.index(colour) > worn:
            yield {
                "scheme": subject.told.scheme,
                "colour": COLOURS[worn],
                "fact_label": known[fact].label,
                "worse_colour": colour,
            }


def _standing(row: dict[Any, Any]) -> Standing:
    since, probation = (
        NEVER if pd.isna(row[name]) else calendar.number(row[name].date())
        for name in ("standing_since_on", "probation_from_on")
    )
    told = (COLOURS.index(row["standing"]), since, row["pass_count"], int(row["is_dwell_doubled"]), probation)
    return Standing(*(np.array([int(each)], np.int64) for each in told))


def _date(days: int | None) -> pd.Timestamp | None:
    return (
        None
        if days is None
        else pd.Timestamp(calendar.as_date(min(days, calendar.number(pd.Timestamp.max.date()))))
    )
