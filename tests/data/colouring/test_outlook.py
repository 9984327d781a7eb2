"""What is foretold of a subject is what the engine gives once the fixes are really made, hazard by hazard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from data.colouring import calendar, outlook
from data.colouring.evaluating import Evaluated, evaluate, look_on
from data.colouring.fixes import Move, smallest
from data.colouring.spells import Points
from data.rules import COLOURS, SCHEMES, UNRATED, Rule
from tests.data.colouring import chances
from tests.data.colouring.chances import BEGAN
from tests.data.colouring.twin import DAY, FOREVER, HAZARDS, Spell, Subject


@dataclass(frozen=True)
class Hazard:
    """One case, due at the end of a day; `closed_on` FOREVER while it is open."""

    row: int
    filed_on: date
    due_on: date
    closed_on: date
    is_major: bool

    def spells(self) -> list[Spell]:
        """What a rule may read of it, as data/views/facts.sql tells it."""
        overdue_on = self.due_on + DAY
        told = [("overdue_hazards", overdue_on, self.closed_on)]
        if self.is_major:
            told += [("open_major_hazards", self.filed_on, self.closed_on)]
        else:
            told += [("open_general_hazards_in_time", self.filed_on, min(overdue_on, self.closed_on))]
            told += [("overdue_general_hazards", overdue_on, self.closed_on)]
        return [Spell(fact, since, until, 1, self.row) for fact, since, until in told if since < until]


@dataclass(frozen=True)
class Firm:
    """One subject: its hazards, and whatever else is told of it."""

    hazards: tuple[Hazard, ...]
    others: tuple[Spell, ...]
    first_seen: date

    def subject(self) -> Subject:
        told = [spell for each in self.hazards for spell in each.spells()]
        return Subject("F1", self.first_seen, (*told, *self.others))


@st.composite
def firms(draw: st.DrawFn, rule: Rule) -> Firm:
    def hazard(row: int) -> Hazard:
        filed_on = draw(chances.days())
        due_on = filed_on + timedelta(days=draw(st.integers(0, 40)))
        closed_on = draw(
            st.just(FOREVER) | st.integers(0, 90).map(lambda days: filed_on + timedelta(days=days))
        )
        return Hazard(row, filed_on, due_on, closed_on, draw(st.sampled_from((True, False, False))))

    hazards = tuple(hazard(row) for row in range(draw(st.integers(1, 6))))
    facts = [fact for fact in rule.facts if fact not in HAZARDS]
    others = draw(st.lists(chances.spells(facts), max_size=6))
    return Firm(hazards, tuple(others), draw(chances.days(date(2026, 4, 1))))


def really(firm: Firm, moves: Sequence[Move], day: date) -> Firm:
    """The firm with every move made: hazards closed and other facts ended the day after, the oldest first."""
    closed: set[int] = set()
    others = list(firm.others)
    for move in moves:
        if move.is_wait:
            continue
        if move.fact in HAZARDS:
            open_then = [
                (spell.since, each.row)
                for each in firm.hazards
                for spell in each.spells()
                if spell.fact == move.fact and spell.since <= day < spell.until
            ]
            closed |= {row for _, row in sorted(open_then)[: move.units]}
        else:
            others = _ended(others, move, day)
    hazards = tuple(
        replace(each, closed_on=day + DAY) if each.row in closed else each for each in firm.hazards
    )
    return Firm(hazards, tuple(others), firm.first_seen)


def _ended(spells: list[Spell], move: Move, day: date) -> list[Spell]:
    found, left = [], move.units
    for each in sorted(spells, key=lambda spell: spell.since):
        gone = min(left, each.units) if each.fact == move.fact and each.since <= day < each.until else 0
        left -= gone
        found += [replace(each, units=gone, until=day + DAY)] if gone else []
        found += [replace(each, units=each.units - gone)] if each.units > gone else []
    return found


def engine(firm: Firm, rule: Rule, until: int) -> Evaluated:
    known = dict.fromkeys(rule.facts, BEGAN)
    return evaluate(chances.material(rule.scheme, [firm.subject()], known), (rule,), until)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_day_foretold_is_the_day_the_colour_is_given(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(SCHEMES).flatmap(chances.rules))
    firm = data.draw(firms(rule))
    today = data.draw(chances.days())
    day = calendar.number(today)
    told = engine(firm, rule, day)
    assume(told.points.size)
    standing = told.standings.at(np.array([told.points.size - 1]))
    began = int(standing.colour[0])
    assume(0 < began < UNRATED)
    point = Points(np.zeros(1, np.int64), np.array([day]))
    facts = {fact: int(units[0]) for fact, units in look_on(rule, told.told, point)[1].items()}
    late = rule.escalation
    overdue = int(told.told.of(late.fact).at(point, late.overdue_days - 1)[0]) if late else 0
    for wanted in range(began):
        moves = smallest(rule, facts, overdue, COLOURS[wanted], rule.hysteresis.margin).moves
        changed = outlook.put_right(told.told, moves, day)
        foretold = outlook.earliest(rule, changed, standing, day).get(COLOURS[wanted])
        real = engine(really(firm, moves, today), rule, day + 31 * outlook.MONTHS_AHEAD)
        given_on = real.points.days[(real.points.days > day) & (real.assigned <= wanted)]
        assert foretold == (int(given_on[0]) if given_on.size else None), (moves, today)
        event(f"given: {foretold is not None}, moves: {len(moves)}")


def test_units_lapse_one_after_the_other() -> None:
    spells = [Spell("repeat_hazards_180d", BEGAN, BEGAN + timedelta(days=days), 2) for days in (30, 10)]
    told: Any = chances.material("enterprise", [Subject("F1", BEGAN, tuple(spells))], {})
    day = calendar.number(BEGAN)
    lapsing = [outlook.lapses(told, "repeat_hazards_180d", day, units) for units in (1, 2, 3, 4, 5)]
    assert lapsing == [day + 10, day + 10, day + 30, day + 30, None]
