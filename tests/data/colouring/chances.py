"""Subjects, facts and rules by chance, for properties and twins, and the way from them to the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from data.colouring import calendar
from data.colouring.evaluating import Evaluated, evaluate
from data.colouring.material import FAR, Material, Override, Spells
from data.colouring.track import NEVER
from data.rule_shelf import shipped
from data.rules import COLOURS, SCHEMES, Dimension, Escalation, Hysteresis, Rule
from tests.data.colouring.twin import FOREVER, HAZARDS, Look, Spell, Subject

BEGAN, UNTIL = date(2026, 1, 5), date(2026, 10, 20)
WORDS = (*COLOURS, "unrated")


@dataclass(frozen=True)
class Case:
    """A few subjects of one scheme, the rules, and since when each fact is told."""

    rules: tuple[Rule, ...]
    known: Mapping[str, date]
    subjects: tuple[Subject, ...]


def days(last: date = UNTIL) -> st.SearchStrategy[date]:
    return st.dates(BEGAN, last)


@st.composite
def spells(draw: st.DrawFn, facts: Sequence[str]) -> Spell:
    since = draw(days())
    lasts = draw(st.sampled_from((1, 5, 12, 30, 90, None)))
    until = FOREVER if lasts is None else since + timedelta(days=lasts)
    return Spell(draw(st.sampled_from(facts)), since, until, draw(st.integers(1, 3)))


@st.composite
def relapses(draw: st.DrawFn, fact: str) -> tuple[Spell, ...]:
    """A veto that comes, goes and comes back, often within a probation."""
    told, day = [], draw(days(date(2026, 3, 1)))
    for gap, lasts in draw(
        st.lists(st.tuples(st.sampled_from((20, 40, 60, 90)), st.integers(1, 12)), max_size=4)
    ):
        told.append(Spell(fact, day, day + timedelta(days=lasts)))
        day += timedelta(days=lasts + gap)
    return tuple(told)


@st.composite
def subjects(draw: st.DrawFn, rules: Sequence[Rule], key: str = "F1", is_seen: bool = False) -> Subject:
    """A subject with up to ten spells of what the rules read, hazards above all, and up to two overrides."""
    read = list(dict.fromkeys(fact for rule in rules for fact in rule.facts))
    facts = [*read, *HAZARDS * 3, *(veto.fact for veto in rules[0].vetoes)]
    first_seen = draw(days() if is_seen else st.none() | days())
    told = draw(st.lists(spells(facts), max_size=10))
    by_hand = st.tuples(st.sampled_from(COLOURS), days(), st.integers(0, 29))
    # the ledger's key lets no two begin on one day
    set_by_hand = draw(st.lists(by_hand, max_size=0 if is_seen else 2, unique_by=lambda each: each[1]))
    overrides = [(colour, first, first + timedelta(days=more)) for colour, first, more in set_by_hand]
    told += draw(relapses(rules[0].vetoes[0].fact))
    return Subject(key, first_seen, tuple(told), tuple(sorted(overrides, key=lambda each: each[1])))


@st.composite
def rules(draw: st.DrawFn, scheme: str, version: str = "一版", starts: date = date(2015, 1, 1)) -> Rule:
    """A rule as the draft of the scheme, with other periods, floors, triggers, evidence and escalation."""
    draft = shipped(scheme)
    triggers = ("veto_fact_changed", "hazard_closed", "hazard_overdue", "business_status_changed")
    late = draw(st.sampled_from((None, "overdue_hazards", "overdue_general_hazards")))
    return replace(
        draft,
        version=version,
        effective_from=starts,
        floors=draw(st.sampled_from(((85, 65, 0), (95, 88, 0), (80, 79, 0)))),
        dimensions=tuple(_dimension(draw, each) for each in draft.dimensions),
        escalation=Escalation(late, draw(st.sampled_from((1, 7, 20))), "拖延{n}天") if late else None,
        hysteresis=Hysteresis(
            margin=draw(st.sampled_from((0, 3, 5))),
            passes=draw(st.sampled_from((1, 1, 2, 3))),
            dwell_days=(0, draw(st.sampled_from((0, 15, 30))), draw(st.sampled_from((0, 7, 14)))),
            probation_days=draw(st.sampled_from((0, 30, 60))),
            is_dwell_doubled=draw(st.booleans()),
        ),
        needs_visit=draw(st.booleans()),
        needs_evidence=draw(st.booleans()),
        unrated_states=draw(st.sampled_from(((), ("business_closed_long", "business_vacant")))),
        triggers=tuple(draw(st.sets(st.sampled_from(triggers)))),
        day_of_month=draw(st.sampled_from((1, 15, 28))),
        text=f"{draft.text}# {version}",
    )


def _dimension(draw: st.DrawFn, told: Dimension) -> Dimension:
    """A manual dimension needs no evidence."""
    return replace(told, is_manual=draw(st.booleans()))


@st.composite
def cases(draw: st.DrawFn, most_rules: int = 3, most_subjects: int = 4) -> Case:
    scheme = draw(st.sampled_from(SCHEMES))
    starts = sorted(draw(st.sets(days(), max_size=most_rules - 1)))
    own = tuple(
        draw(rules(scheme, f"{number}版", day)) for number, day in enumerate((date(2015, 1, 1), *starts), 1)
    )
    read = [fact for rule in own for fact in rule.facts]
    late = draw(st.dictionaries(st.sampled_from(read), st.none() | days(), max_size=4))
    known = {fact: late.get(fact, BEGAN) for fact in read}
    people = tuple(draw(subjects(own, f"F{number}")) for number in range(draw(st.integers(1, most_subjects))))
    return Case(own, {fact: since for fact, since in known.items() if since is not None}, people)


def material(scheme: str, people: Sequence[Subject], known: Mapping[str, date]) -> Material:
    """What the engine reads, of these subjects in their order."""
    columns: dict[str, list[tuple[int, int, int, int, int]]] = {}
    for number, subject in enumerate(people):
        for each in subject.spells:
            told = number, calendar.number(each.since), calendar.number(each.until), each.units, each.row
            columns.setdefault(each.fact, []).append(told)
    overrides = sorted(
        (calendar.number(first), number, COLOURS.index(colour), calendar.number(last) + 1)
        for number, subject in enumerate(people)
        for colour, first, last in subject.overrides
    )
    return Material(
        scheme,
        tuple(subject.key for subject in people),
        np.array([FAR if each.first_seen is None else calendar.number(each.first_seen) for each in people]),
        {fact: Spells(*np.array(rows, np.int64).T) for fact, rows in columns.items()},
        {fact: calendar.number(day) for fact, day in known.items()},
        tuple(Override(who, colour, since, until) for since, who, colour, until in overrides),
    )


def evaluated(case: Case, until: date = UNTIL) -> Evaluated:
    """What the engine says of a case."""
    told = material(case.rules[0].scheme, case.subjects, case.known)
    return evaluate(told, case.rules, calendar.number(until))


def looks(told: Evaluated) -> dict[str, list[Look]]:
    """Every look of the engine by subject, in the twin's words."""
    fired: dict[int, set[tuple[str, int, int]]] = {}
    for places, seen in told.looks:
        for item in seen.fired:
            for place, count, points in zip(places[item.places], item.counts, item.points, strict=True):
                fired.setdefault(int(place), set()).add((item.item, int(count), int(points)))
    found: dict[str, list[Look]] = {key: [] for key in told.told.keys}
    after = told.standings
    for at in range(told.points.size):
        rule = told.rules[int(told.rule_nos[at])]
        found[told.told.keys[int(told.points.subjects[at])]].append(
            Look(
                day=calendar.as_date(int(told.points.days[at])),
                version=rule.version,
                score=int(told.scores[at]),
                candidate=WORDS[told.candidates[at]],
                assigned=WORDS[told.assigned[at]],
                worn=WORDS[told.worn[at]],
                standing=WORDS[after.colour[at]],
                since=_date(int(after.since[at])),
                passes=int(after.passes[at]),
                dwell_days=int(told.dwell[at]),
                is_doubled=bool(after.is_doubled[at]),
                probation_from=_date(int(after.probation_from[at])),
                old_colour=WORDS[told.old_colours[at]],
                facts={
                    fact: int(units[at])
                    for fact, units in told.facts.items()
                    if units[at] and fact in rule.facts
                },
                fired=frozenset(fired.get(at, ())),
            )
        )
    return found


def _date(day: int) -> date | None:
    return None if day == NEVER else calendar.as_date(day)
