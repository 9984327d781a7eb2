"""指标核查: what somebody who called found amiss or in order, of all that no other ledger tells."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.colouring.spells import STRIDE
from data.demo import lapses, persons
from data.demo.columns import Flags, Floats, Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.habits import ENTERPRISE, HABITS, ROUTINE
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.rules import Rule

FOUND, MENDED, SEEN = range(3)
# How many days lie between two calls at an enterprise and at a shop.
USUAL_INTERVAL = (58, 28)
CHECKERS = 34
WORDS = ("现场查看正常", "已整改到位", "复查仍未整改")


@dataclass(frozen=True)
class Looks:
    """Looks at one thing at one subject on one day: a habit (a place in HABITS), `units` amiss, and why.

    `why` is FOUND where it was new, MENDED where it was put right, SEEN where somebody just called.
    """

    subject: Integers
    day: Integers
    habit: Integers
    units: Integers
    why: Integers


def habits(firms: Firms, rhythm: Rhythm, planted: Planted, shut_from: Integers) -> tuple[Spells, ...]:
    """The spells of every habit, in the order of HABITS; those of the stories stand with them."""
    found = []
    for habit in HABITS:
        kind = ~firms.is_shop if habit.scheme == ENTERPRISE else firms.is_shop
        who = np.flatnonzero(kind & ~planted.is_planted)
        often = habit.a_month * lapses.worse(firms.care[who])
        roll = dice("habits", habit.scheme, habit.fact)
        drawn = lapses.drawn(roll, who, often, rhythm, habit.usual_days or 1, shut_from)
        if habit.days:
            drawn = Spells(drawn.subjects, drawn.since, drawn.since + habit.days, drawn.units)
        told = planted.lapses(habit.fact)
        mine = kind[told.subjects] | planted.is_rated_as_shop[told.subjects]
        found.append(lapses.together([drawn, Spells(*(each[mine] for each in lapses.parts(told)))]))
    return tuple(found)


def facts(told: tuple[Spells, ...], kind: str) -> dict[str, Spells]:
    """The facts of one kind of subject."""
    return {habit.fact: spells for habit, spells in zip(HABITS, told, strict=True) if habit.scheme == kind}


def calls(firms: Firms, rhythm: Rhythm, shut_from: Integers) -> tuple[Integers, Integers]:
    """(subject, day) of the usual calls: each subject's own pace, workdays only, some left out."""
    roll = dice("calls")
    pace = np.array(USUAL_INTERVAL)[firms.is_shop.astype(np.int64)] * roll.uniform(0.75, 1.2, firms.size)
    most = int(rhythm.days.size / pace.min()) + 1
    nth = np.arange(most)[None, :] + roll.uniform(0, 1, firms.size)[:, None]
    day = rhythm.days[0] + (pace[:, None] * nth + roll.normal(0, 2.5, nth.shape)).astype(np.int64)
    subject = np.repeat(np.arange(firms.size), most)
    return _kept(subject, day.ravel(), roll.random(day.size) > 0.07, rhythm, shut_from)


def calls_again(
    kind: str, subject: Integers, month_from: Integers, times: Floats, rhythm: Rhythm, shut_from: Integers
) -> tuple[Integers, Integers]:
    """(subject, day) of the calls more that a subject got, so many in the month from each day on."""
    roll = dice("calls again", kind)
    often = np.floor(times + roll.random(times.size)).astype(np.int64)
    who, since = np.repeat(subject, often), np.repeat(month_from, often)
    return _kept(who, since + roll.integers(0, 30, who.size), who >= 0, rhythm, shut_from)


def looks(told: tuple[Spells, ...], firms: Firms, called: tuple[Integers, Integers], last: int) -> Looks:
    """Every look: where something was found, where it was put right, and one at each of the calls."""
    parts = [_at_calls(told, firms, *called)]
    for habit, spells in enumerate(told):
        for day, why in ((spells.since, FOUND), (spells.until, MENDED)):
            there = (day <= last) & ((why == FOUND) | (HABITS[habit].days == 0))
            units = spells.units[there] if why == FOUND else np.zeros(int(there.sum()), np.int64)
            parts.append(_looks(spells.subjects[there], day[there], habit, units, why))
    who, when, what, many, reason = (np.concatenate(each) for each in zip(*parts, strict=True))
    # Of two looks at one thing on one day the one with news is written down.
    order = np.lexsort((reason, what, who, when))
    key = (when * STRIDE + who)[order] * len(HABITS) + what[order]
    order = order[np.diff(key, prepend=-1) > 0]
    return Looks(who[order], when[order], what[order], many[order], reason[order])


def first_looks(told: Looks, size: int) -> Integers:
    """The first day on which each subject was looked at; FAR where it never was."""
    found = np.full(size, FAR)
    np.minimum.at(found, told.subject, told.day)
    return found


def ledger(kind: str, firms: Firms, rule: Rule, told: Looks) -> pa.Table:
    """指标核查 of the enterprises or of the shops: a row per look."""
    mine = np.array([habit.scheme == kind for habit in HABITS])[told.habit]
    subject, day, habit, units, why = (
        each[mine] for each in (told.subject, told.day, told.habit, told.units, told.why)
    )
    per, cap = _prices(rule)
    lost = np.minimum(units * per[habit], cap[habit]) * (why == FOUND)
    number_name, name = ("企业编号", "企业名称") if kind == ENTERPRISE else ("商户编号", "店铺名称")
    return pa.table(
        {
            number_name: pa.array(firms.numbers).take(pa.array(subject)),
            name: pa.array(firms.names).take(pa.array(subject)),
            "核查日期": days(day),
            "核查指标": words([each.indicator for each in HABITS], habit),
            "具体事项": words([each.detail for each in HABITS], habit),
            "核查结果": words(("合格", "不合格"), (units > 0).astype(np.int64)),
            "数量": counts(units),
            "扣分": counts(lost),
            "说明": words(
                (*WORDS, "现场发现"), np.where(why == FOUND, 3, np.where(why == MENDED, 1, 2 * (units > 0)))
            ),
            "核查人": words(persons.names("raters", CHECKERS), firms.grid[subject] % CHECKERS),
        }
    )


def _prices(rule: Rule) -> tuple[Integers, Integers]:
    prices: Mapping[str, tuple[int, int]] = {each.fact: (each.per, each.cap) for each in rule.deductions}
    told = np.array([prices.get(habit.fact, (0, 0)) for habit in HABITS], np.int64)
    return told[:, 0], told[:, 1]


def _at_calls(
    told: tuple[Spells, ...], firms: Firms, subject: Integers, day: Integers
) -> tuple[Integers, ...]:
    """One look a call, at one of the things usually looked at, as it stood then."""
    codes = {(habit.scheme, habit.code): at for at, habit in enumerate(HABITS)}
    usual = np.array([[codes[kind, code] for code in ROUTINE[kind]] for kind in ROUTINE])
    habit = usual[firms.is_shop[subject].astype(np.int64), (subject + day) % usual.shape[1]]
    units = np.zeros(subject.size, np.int64)
    for each in np.unique(habit).tolist():
        here = np.flatnonzero(habit == each)
        units[here] = lapses.at(told[each], subject[here], day[here])
    return subject, day, habit, units, np.full(subject.size, SEEN)


def _looks(subject: Integers, day: Integers, habit: int, units: Integers, why: int) -> tuple[Integers, ...]:
    return subject, day, np.full(day.size, habit), units, np.full(day.size, why)


def _kept(
    subject: Integers, day: Integers, wanted: Flags, rhythm: Rhythm, shut_from: Integers
) -> tuple[Integers, Integers]:
    inside = wanted & (day >= rhythm.days[0]) & (day <= number(rhythm.last))
    subject, day = subject[inside], lapses.on_workdays(rhythm, day[inside])
    there = day < np.minimum(shut_from[subject], FAR)
    return subject[there], day[there]
