"""三色: every enterprise and shop rated once a month by what was found there, slipping and recovering."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.columns import DAY, NEVER, Flags, Integers
from data.demo.firms import Firms
from data.demo.hazards import Hazards
from data.demo.lifecycle import MAJOR
from data.demo.places import Places
from data.demo.rhythm import Rhythm, number
from data.demo.rules import Scheme
from data.demo.seed import dice

HEALS_IN_A_MONTH = 0.34
MARGIN = 3
REVIEW_DAYS_AGO = 3


@dataclass(frozen=True)
class Marks:
    """The marks of one rating: facts (subjects x facts) as counts, vetoes, points of every indicator, colour.

    A review (复评) looks again at those who are not green; `changed` marks whose colour is not what it was.
    """

    rated_on: int
    is_review: bool
    changed: Flags
    facts: Integers
    cleared: Flags
    vetoes: Flags
    points: Integers
    colour: Integers


@dataclass(frozen=True)
class HazardFacts:
    """Hazards of the subjects over the years: what the rating takes from the hazard ledger."""

    subject: Integers
    filed: Integers
    due: Integers
    closed: Integers
    handled: Integers
    rework: Integers
    is_major: Flags

    def on(self, day: int, size: int) -> dict[str, Integers]:
        """Counts for every subject as they stood when the day began."""
        now = day * DAY
        opened = (self.filed != NEVER) & (self.filed < now) & ((self.closed == NEVER) | (self.closed >= now))
        overdue = opened & (self.due < day) & ~self.is_major
        failed = (
            (self.rework > 0)
            & (self.handled != NEVER)
            & (self.handled < now)
            & (self.handled >= now - 90 * DAY)
        )

        def count(which: Flags) -> Integers:
            return np.bincount(self.subject[which], minlength=size).astype(np.int64)

        return {
            "overdue": count(overdue),
            "in_time": count(opened & ~overdue & ~self.is_major),
            "failed": count(failed),
            "major": count(opened & self.is_major),
        }


def hazard_facts(months: list[Hazards], places: Places) -> HazardFacts:
    """The hazards of enterprises and shops that count in a rating: not void, suspended or self-handled."""
    columns: list[list[np.ndarray]] = [[] for _ in range(7)]
    for month in months:
        lives, subject = month.lives, places.subject[month.place]
        keep = (subject >= 0) & (lives.voided == NEVER) & ~lives.is_suspended & ~lives.is_self_handled
        due = np.where(lives.extended != NEVER, lives.extended, lives.due)
        for column, values in zip(
            columns,
            (
                subject,
                lives.filed,
                due,
                lives.closed,
                lives.handled,
                lives.rework,
                month.cases.level == MAJOR,
            ),
            strict=True,
        ):
            column.append(values[keep])
    return HazardFacts(*(np.concatenate(column) for column in columns))


def rate(
    scheme: Scheme, firms: Firms, which: Integers, hazards: HazardFacts, rhythm: Rhythm
) -> Iterator[Marks]:
    """The marks of the subjects `which`, month by month, on the first day of each."""
    roll = dice("ratings", scheme.name)
    size = which.size
    worse = np.exp(-0.75 * firms.care[which])[:, None]
    chance = np.array([fact.chance for fact in scheme.facts])
    usual = chance / (chance + HEALS_IN_A_MONTH)
    facts = (roll.random((size, chance.size)) < np.minimum(usual * worse, 0.8)).astype(np.int64)
    vetoes = np.zeros((size, len(scheme.vetoes)), np.bool_)
    colour, streak = np.zeros(size, np.int64), np.zeros(size, np.int64)
    per, cap = np.array([fact.per for fact in scheme.facts]), np.array([fact.cap for fact in scheme.facts])
    of = np.array([fact.indicator for fact in scheme.facts])
    full = np.array([points for _, points in scheme.indicators])
    veto_chance = np.array([odds for _, _, odds in scheme.vetoes])
    rating_days = _rating_days(rhythm)
    review = number(rhythm.last) - REVIEW_DAYS_AGO
    for turn, day in enumerate([*rating_days, *([review] if review > rating_days[-1] else [])]):
        before = facts > 0
        heals = before & (roll.random(facts.shape) < HEALS_IN_A_MONTH)
        slips = ~before & (roll.random(facts.shape) < np.minimum(chance * worse, 0.6))
        facts = np.where(heals, 0, np.where(slips, roll.geometric(0.62, facts.shape), facts))
        told = hazards.on(day, firms.size)
        _tell(scheme, facts, told, which)
        vetoes = np.where(
            vetoes, roll.random(vetoes.shape) < 0.45, roll.random(vetoes.shape) < veto_chance * worse
        )
        if scheme.vetoes[0][2] == 0:
            vetoes[:, 0] = told["major"][which] > 0
        lost = np.minimum(facts * per, cap)
        points = np.stack(
            [np.maximum(full[at] - lost[:, of == at].sum(axis=1), 0) for at in range(full.size)], axis=1
        )
        was, vetoed = colour, np.asarray(vetoes.any(axis=1))
        colour, streak = _colour(
            scheme, points.sum(axis=1), vetoed, told["overdue"][which] > 0, colour, streak, turn
        )
        is_review = turn == len(rating_days)
        cleared = before & (facts == 0)
        yield Marks(
            day, is_review, colour != was, facts.copy(), cleared, vetoes.copy(), points, colour.copy()
        )


def _rating_days(rhythm: Rhythm) -> list[int]:
    firsts = (date(year, month, 1) for year, month in rhythm.months)
    return [number(day) for day in firsts if day >= rhythm.first]


def _tell(scheme: Scheme, facts: Integers, told: dict[str, Integers], which: Integers) -> None:
    names = {"H1": "overdue", "H2": "in_time", "H4": "failed", "S4": "overdue"}
    for place, fact in enumerate(scheme.facts):
        if fact.code in names:
            facts[:, place] = told[names[fact.code]][which]


def _colour(
    scheme: Scheme,
    total: Integers,
    vetoed: Flags,
    overdue: Flags,
    colour: Integers,
    streak: Integers,
    turn: int,
) -> tuple[Integers, Integers]:
    """The colour after this month: down at once, up one step after two good months with a margin."""
    green, yellow = scheme.floors
    plain = np.where(total >= green, 0, np.where(total >= yellow, 1, 2))
    plain = np.where(overdue, np.maximum(plain, 1), plain)
    plain = np.where(vetoed, 2, plain)
    firm = np.where(total >= green + MARGIN, 0, np.where(total >= yellow + MARGIN, 1, 2))
    firm = np.maximum(firm, plain)
    if turn == 0:
        return plain, streak
    streak = np.where(firm < colour, streak + 1, 0)
    climbs = streak >= 2
    after = np.where(plain > colour, plain, np.where(climbs, colour - 1, colour))
    return after, np.where(climbs, 0, streak)
