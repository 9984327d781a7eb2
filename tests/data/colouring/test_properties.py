"""What holds of every colour, whatever the facts: better never worsens, order and company do not matter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.colouring import calendar, track
from data.colouring.scoring import look
from data.colouring.spells import Points, counted
from data.colouring.track import NEVER, Standing
from data.rule_shelf import shipped
from data.rules import SCHEMES, UNRATED, Rule
from tests.data.colouring import chances
from tests.data.colouring.chances import Case, evaluated, looks
from tests.data.colouring.subjects import FOREVER, colours, subject

A_CASE = settings(max_examples=120, deadline=None)


def alone(rule: Rule, facts: Mapping[str, int], long_overdue: int) -> tuple[int, int]:
    """Candidate and points of one look."""
    columns = {fact: np.array([units]) for fact, units in facts.items()}
    seen = look(rule, columns, np.array([long_overdue]), 1)
    return int(seen.candidates[0]), int(seen.scores[0])


@st.composite
def worse_and_better(draw: st.DrawFn) -> tuple[Rule, tuple[int, int], tuple[int, int]]:
    """One look at some facts, and at one unit fewer of one of them."""
    rule = draw(chances.rules(draw(st.sampled_from(SCHEMES))))
    facts = {fact: draw(st.integers(0, 4)) for fact in rule.facts}
    facts[draw(st.sampled_from(list(rule.facts)))] += 1
    fact = draw(st.sampled_from([fact for fact, units in facts.items() if units]))
    late = rule.escalation
    overdue = draw(st.integers(0, facts[late.fact])) if late else 0
    # the unit put right may or may not be one that was overdue for too long
    is_late = bool(late and fact == late.fact and overdue and draw(st.booleans()))
    left = min(overdue - is_late, facts[fact] - 1) if late and fact == late.fact else overdue
    worse = alone(rule, facts, overdue)
    return rule, worse, alone(rule, {**facts, fact: facts[fact] - 1}, left)


@st.composite
def standings(draw: st.DrawFn, day: int) -> Standing:
    """A place anybody may have come to before a day."""
    told = (
        draw(st.integers(0, UNRATED)),
        day - draw(st.integers(0, 90)),
        draw(st.integers(0, 3)),
        draw(st.integers(0, 1)),
        draw(st.just(NEVER) | st.integers(day - 90, day)),
    )
    return Standing(*(np.array([each], np.int64) for each in told))


@settings(max_examples=400, deadline=None)
@given(worse_and_better(), st.data())
def test_one_unit_fewer_never_gives_a_worse_colour_at_that_look(
    told: tuple[Rule, tuple[int, int], tuple[int, int]], data: st.DataObject
) -> None:
    """By the look alone, and after the same history: the candidate and the colour assigned to it.

    The way on from there may differ later: see the test below.
    """
    rule, worse, better = told
    assert better[0] <= worse[0]
    assert better[1] >= worse[1]
    day = calendar.number(date(2026, 6, 1))
    before = data.draw(standings(day))
    after = [
        track.step(rule, before, np.array([day]), np.array([candidate]), np.array([score]))
        for candidate, score in (worse, better)
    ]
    assert after[1].colour[0] <= after[0].colour[0]


def test_but_a_better_fact_may_cost_a_doubled_dwell_later() -> None:
    """Who rises sooner can relapse in probation; who never rose cannot, and is back sooner.

    So "a better fact never worsens a colour" holds look by look, not along the whole way: the rule says so.
    """
    better = subject(
        ("open_major_hazards", "2026-12-01", "2026-12-10"),
        ("open_major_hazards", "2027-02-10", "2027-02-12"),
    )
    worse = subject(("open_major_hazards", "2026-12-01", "2027-02-12"))
    assert dict(colours(better, "2027-03-01"))["2027-03-01"] == "red"
    assert dict(colours(worse, "2027-03-01"))["2027-03-01"] == "yellow"


@A_CASE
@given(chances.cases())
def test_evaluating_again_says_the_same_and_later_days_change_no_earlier_one(case: Case) -> None:
    whole = looks(evaluated(case))
    assert looks(evaluated(case)) == whole
    middle = date(2026, 6, 17)
    early = {key: [each for each in told if each.day <= middle] for key, told in whole.items()}
    assert looks(evaluated(case, middle)) == early


@A_CASE
@given(chances.cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_how_units_are_told_do_not_matter(case: Case, dice: Random) -> None:
    people = []
    for each in case.subjects:
        single = [replace(spell, units=1) for spell in each.spells for _ in range(spell.units)]
        dice.shuffle(single)
        people.append(replace(each, spells=tuple(single)))
    dice.shuffle(people)
    told = looks(evaluated(replace(case, subjects=tuple(people))))
    assert told == looks(evaluated(case))


@A_CASE
@given(chances.cases())
def test_nobody_s_colour_depends_on_anybody_else(case: Case) -> None:
    together = looks(evaluated(case))
    for each in case.subjects:
        assert looks(evaluated(replace(case, subjects=(each,)))) == {each.key: together[each.key]}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 40), st.integers(0, 40), st.integers(1, 5)), max_size=30
    ),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 45)), max_size=30),
)
def test_counting_units_is_a_plain_sum(
    rows: list[tuple[int, int, int, int]], looked: list[tuple[int, int]]
) -> None:
    who, since, lasts, units = np.array(rows, np.int64).reshape(-1, 4).T
    subjects, days = np.array(looked, np.int64).reshape(-1, 2).T
    points = Points.of(subjects, days)
    plain = [
        sum(n for own, begun, more, n in rows if own == subject and begun <= day < begun + more)
        for subject, day in sorted(set(looked))
    ]
    assert counted(points, who, since, since + lasts, units).tolist() == plain


def test_no_ledger_no_colour_and_no_end_is_no_trouble() -> None:
    told = subject(("open_major_hazards", "2026-12-01", FOREVER), known={"open_major_hazards": "2026-12-01"})
    assert {colour for _, colour in colours(told, "2027-03-01", (shipped("enterprise"),))} == {"unrated"}
