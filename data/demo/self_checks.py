"""企业自查: the self-check every enterprise owes each month, made in time, late or not at all."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from data.colouring.material import Spells
from data.demo import lapses
from data.demo.columns import NEVER, Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice

FACT, WINDOW_DAYS = "missed_self_checks_90d", 90
DUE_DAY = 25
MISSED_A_MONTH, MADE_UP = 0.03, 0.45


@dataclass(frozen=True)
class SelfChecks:
    """Every self-check that was due: whose, when it was due, when it was made (NEVER: not yet)."""

    subject: Integers
    due: Integers
    made: Integers


def self_checks(firms: Firms, rhythm: Rhythm, planted: Planted) -> SelfChecks:
    """The self-checks due in the period, in order of their days."""
    roll = dice("self-checks")
    who = np.flatnonzero(~firms.is_shop)
    dues = [number(date(year, month, DUE_DAY)) for year, month in rhythm.months]
    dues = [due for due in dues if number(rhythm.first) <= due <= number(rhythm.last)]
    due, subject = np.repeat(np.array(dues, np.int64), who.size), np.tile(who, len(dues))
    chance = np.minimum(MISSED_A_MONTH * lapses.worse(firms.care[subject]), 0.5)
    missed = (roll.random(subject.size) < chance) & ~planted.is_planted[subject]
    late = due + roll.integers(3, 45, subject.size)
    made = np.where(missed, np.where(roll.random(subject.size) < MADE_UP, late, NEVER), NEVER)
    made = np.where(missed, made, due - roll.integers(0, 10, subject.size))
    return SelfChecks(subject, due, np.where(made > number(rhythm.last), NEVER, made))


def facts(checks: SelfChecks) -> dict[str, Spells]:
    """When an enterprise had a self-check outstanding, for as long as that counts."""
    since, until = checks.due + 1, checks.due + 1 + WINDOW_DAYS
    until = np.where(checks.made == NEVER, until, np.minimum(until, checks.made))
    return {FACT: lapses.ones(checks.subject, since, until)}


def ledger(firms: Firms, checks: SelfChecks) -> pa.Table:
    """企业自查: a row per self-check due."""
    roll = dice("self-check ledger")
    subject = checks.subject
    found = np.where(checks.made == NEVER, 0, roll.poisson(0.5 * lapses.worse(firms.care[subject])))
    return pa.table(
        {
            "企业编号": pa.array(firms.numbers).take(pa.array(subject)),
            "企业名称": pa.array(firms.names).take(pa.array(subject)),
            "应查日期": days(checks.due),
            "自查日期": days(checks.made),
            "自查结果": words(
                ("合格", "不合格"), np.where(checks.made == NEVER, -1, (found > 0).astype(np.int64))
            ),
            "发现问题数": counts(found, checks.made == NEVER),
        }
    )
