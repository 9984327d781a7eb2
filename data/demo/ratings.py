"""三色: every enterprise and shop rated on the first of each month, by the draft rules.

The colours are those worked out later from the ledgers, but where a meeting decided otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.colouring.evaluating import Evaluated, evaluate
from data.colouring.material import Material, Override, Spells
from data.colouring.spells import STRIDE
from data.demo import lapses
from data.demo.columns import Flags, Integers
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.rules import UNRATED, Rule

GREEN, YELLOW, RED = range(3)
REVIEW_DAYS_AGO = 3
OWN_VIEW_SHARE = 0.005
HELD_BACK = "会议研究：近期群众反映较多，先评黄观察"
LET_OFF = "会议研究：整改材料已齐，先升一级，下次复核"


@dataclass(frozen=True)
class Told:
    """What the ledgers tell of all subjects: facts, since when each is told, who was first seen when."""

    facts: Mapping[str, Spells]
    known_from: Mapping[str, int]
    first_seen: Integers


@dataclass(frozen=True)
class Rating:
    """One rating: the subjects rated (places in `which`), points of every dimension, colour, reason.

    A review (复评) tells only those whose colour is not what it was and those who are not green.
    """

    rated_on: int
    is_review: bool
    which: Integers
    points: Integers
    scores: Integers
    colour: Integers
    reasons: list[str | None]


def coloured(
    told: Told, rule: Rule, which: Integers, last: int, overrides: Sequence[Override] = ()
) -> Evaluated:
    """The colours of the subjects `which`, from look to look, up to the last day.

    `overrides` name subjects by their places in `which`.
    """
    place = np.full(told.first_seen.size, -1)
    place[which] = np.arange(which.size)
    spells = {}
    for fact, each in told.facts.items():
        mine = (place[each.subjects] >= 0) & (each.since <= last)
        who, since, until, units = (column[mine] for column in lapses.parts(each))
        spells[fact] = Spells(place[who], since, until, units)
    material = Material(
        rule.scheme,
        tuple(str(at) for at in which),
        told.first_seen[which],
        spells,
        told.known_from,
        tuple(overrides),
    )
    return evaluate(material, (rule,), last)


def on_day(seen: Evaluated, day: int) -> Integers:
    """The place of everybody's last look on or before a day; -1 for who had had none."""
    everyone = np.arange(len(seen.told.keys))
    at = np.searchsorted(seen.points.keys, everyone * STRIDE + day, side="right") - 1
    mine = (at >= 0) & (seen.points.subjects[np.maximum(at, 0)] == everyone)
    return np.where(mine, at, -1)


def ratings(seen: Evaluated, rhythm: Rhythm, is_planted: Flags) -> Iterator[Rating]:
    """The rating of every month and, at the end, a review of those who are not green or have changed."""
    reasons = why(seen)
    days = rating_days(rhythm)
    for day in days:
        roll = dice("meetings", seen.told.scheme, day)
        doubted = roll.random(is_planted.size) < OWN_VIEW_SHARE
        rating = _rating(seen, day, reasons, doubted & ~is_planted)
        yield rating
    review = number(rhythm.last) - REVIEW_DAYS_AGO
    if days and review > days[-1]:
        again = _rating(seen, review, reasons, doubted & ~is_planted)
        before = np.full(is_planted.size, UNRATED)
        before[rating.which] = rating.colour
        kept = (again.colour > GREEN) | (again.colour != before[again.which])
        yield Rating(
            review,
            True,
            again.which[kept],
            again.points[kept],
            again.scores[kept],
            again.colour[kept],
            [reason for reason, keep in zip(again.reasons, kept, strict=True) if keep],
        )


def rating_days(rhythm: Rhythm) -> list[int]:
    """The first of every month in the period."""
    firsts = (date(year, month, 1) for year, month in rhythm.months)
    return [number(day) for day in firsts if day >= rhythm.first]


def why(seen: Evaluated) -> dict[int, str]:
    """What fired at every look that gave another colour than green, what decides a colour first."""
    (rule,) = seen.rules
    text = {each.id: each.reason for each in rule.deductions}
    text |= {each.id: each.reason for each in rule.vetoes}
    if rule.escalation:
        text["escalation"] = rule.escalation.reason.replace("{n}", str(rule.escalation.overdue_days))
    found: dict[int, list[str]] = {}
    ((_, looked),) = seen.looks
    for fired in sorted(looked.fired, key=lambda each: each.kind == "deduct"):
        shown = seen.worn[fired.places] > GREEN
        for place, count in zip(fired.places[shown].tolist(), fired.counts[shown].tolist(), strict=True):
            found.setdefault(place, []).append(text[fired.item].replace("{n}", str(count)))
    # An exported cell holds no comma.
    return {place: "；".join(texts).replace(",", "，") for place, texts in found.items()}


def _rating(seen: Evaluated, day: int, reasons: Mapping[int, str], doubted: Flags) -> Rating:
    (rule,) = seen.rules
    ((_, looked),) = seen.looks
    at = on_day(seen, day)
    which = np.flatnonzero((at >= 0) & (seen.worn[np.maximum(at, 0)] != UNRATED))
    place = at[which]
    colour, own = seen.worn[place], doubted[which]
    colour = np.where(own, np.where(colour == GREEN, YELLOW, colour - 1), colour)
    told = [reasons.get(int(each), "观察期内，暂不升级") for each in place]
    told = [
        (HELD_BACK if now == YELLOW and seen.worn[each] == GREEN else LET_OFF) if mine else reason
        for each, reason, mine, now in zip(place, told, own, colour, strict=True)
    ]
    points = np.stack([each.points - looked.lost[each.id][place] for each in rule.dimensions], axis=1)
    return Rating(
        day,
        False,
        which,
        points,
        seen.scores[place],
        colour,
        [reason if now or mine else None for reason, now, mine in zip(told, colour, own, strict=True)],
    )
