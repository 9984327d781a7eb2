"""What slips at enterprises and shops and is put right again: spells that one ledger or another tells."""

from collections.abc import Iterable

import numpy as np

from data.colouring.material import FAR, NONE, Spells
from data.colouring.spells import STRIDE, Points, counted
from data.demo.columns import Floats, Integers
from data.demo.rhythm import Rhythm, number

DAYS_A_MONTH = 365.25 / 12
SPREAD = 0.7


def worse(care: Floats) -> Floats:
    """How much more often than usual something slips at subjects that are kept with such care."""
    return np.asarray(np.exp(-0.75 * care))


def drawn(
    roll: np.random.Generator,
    which: Integers,
    a_month: Floats,
    rhythm: Rhythm,
    usual_days: float,
    shut_from: Integers,
) -> Spells:
    """Spells of one fact at the subjects `which`, so often a month, half of them over within `usual_days`.

    They begin and end on workdays, do not touch, and stay open where nobody calls any more from `shut_from`.
    """
    times = roll.poisson(a_month / DAYS_A_MONTH * rhythm.days.size)
    who = np.repeat(which, times)
    since = rhythm.days[0] + roll.integers(0, rhythm.days.size, who.size)
    lasted = np.maximum(np.rint(roll.lognormal(np.log(usual_days), SPREAD, who.size)), 1).astype(np.int64)
    since = on_workdays(rhythm, since)
    until = on_workdays(rhythm, np.minimum(since, number(rhythm.last)) + lasted)
    until = np.where(until >= shut_from[who], FAR, until)
    units = roll.geometric(0.62, who.size)
    keep = since < np.minimum(shut_from[who], FAR)
    return apart(Spells(*(each[keep] for each in (who, since, until, units))))


def apart(spells: Spells) -> Spells:
    """The spells in order, without those that begin before an earlier one at their subject is over."""
    order = np.lexsort((spells.since, spells.subjects))
    who, since, until, units = (each[order] for each in parts(spells))
    latest = np.maximum.accumulate(who * STRIDE + until)
    free = np.concatenate([[True], who[1:] * STRIDE + since[1:] > latest[:-1]])
    free = free[: who.size]
    return Spells(who[free], since[free], until[free], units[free])


def together(several: Iterable[Spells]) -> Spells:
    """All of the spells as one."""
    columns = zip(*(parts(each) for each in (NONE, *several)), strict=True)
    return Spells(*(np.concatenate(column) for column in columns))


def ones(subjects: Integers, since: Integers, until: Integers) -> Spells:
    """Spells of one unit each, without those of no days."""
    there = since < until
    return Spells(subjects[there], since[there], until[there], np.ones(int(there.sum()), np.int64))


def single(spells: Spells) -> Spells:
    """The spells, one unit each."""
    return ones(spells.subjects, spells.since, spells.until)


def at(spells: Spells, subjects: Integers, days: Integers) -> Integers:
    """The units each of the subjects has on the day beside it."""
    keys, back = np.unique(subjects * STRIDE + days, return_inverse=True)
    points = Points(keys // STRIDE, keys % STRIDE)
    return counted(points, *parts(spells))[back]


def parts(spells: Spells) -> tuple[Integers, Integers, Integers, Integers]:
    """Subjects, first days, days after the last, units."""
    return spells.subjects, spells.since, spells.until, spells.units


def on_workdays(rhythm: Rhythm, days: Integers) -> Integers:
    """The first workday on or after each day; FAR where none is left in the period."""
    worked = rhythm.days[rhythm.worked[rhythm.at(rhythm.days)]]
    return np.append(worked, FAR)[np.searchsorted(worked, days)]
