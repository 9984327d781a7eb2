"""演练培训: the yearly emergency drills of the enterprises, the lessons besides, and who let a year pass."""

from datetime import date

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.demo import lapses
from data.demo.columns import Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.places import CATERING_TRADE
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, as_date, number
from data.demo.seed import dice

FACT = "no_drill_12m"
KINDS = ("应急演练", "燃气培训", "安全培训")
DRILL, GAS, SAFETY = range(3)
LATE_A_YEAR, USUAL_DAYS_LATE = 0.09, 35
LESSONS_A_YEAR = 1.4


def drills(firms: Firms, rhythm: Rhythm, planted: Planted) -> tuple[Integers, Integers]:
    """(enterprise, day) of every emergency drill, the first of each in the year before the first day."""
    roll = dice("drills")
    who = np.flatnonzero(~firms.is_shop)
    chance = np.minimum(LATE_A_YEAR * lapses.worse(firms.care[who]), 0.6) * ~planted.is_planted[who]
    held = number(rhythm.first) - roll.integers(1, 330, who.size)
    found = [held]
    while held.min() <= number(rhythm.last):
        late = np.maximum(roll.lognormal(np.log(USUAL_DAYS_LATE), 0.7, who.size), 2).astype(np.int64)
        early = roll.integers(4, 70, who.size)
        held = held + 365 + np.where(roll.random(who.size) < chance, np.minimum(late, 200), -early)
        found.append(held)
    day = np.concatenate(found)
    subject = np.tile(who, len(found))
    kept = day <= number(rhythm.last)
    order = np.lexsort((day[kept], subject[kept]))
    return subject[kept][order], day[kept][order]


def facts(subject: Integers, day: Integers) -> dict[str, Spells]:
    """When an enterprise had held no drill for a year."""
    lapsed = np.array([year_after(each) for each in day.tolist()], np.int64)
    following = np.append(day[1:], FAR)
    until = np.where(np.append(subject[1:], -1) == subject, following, FAR)
    return {FACT: lapses.ones(subject, lapsed, until)}


def enterprise_ledger(firms: Firms, rhythm: Rhythm, subject: Integers, day: Integers) -> pa.Table:
    """企业演练培训: a row per drill, and the lessons in between."""
    roll = dice("lessons")
    who = np.flatnonzero(~firms.is_shop)
    lessons = roll.poisson(LESSONS_A_YEAR / 365.25 * rhythm.days.size, who.size)
    other = np.repeat(who, lessons)
    other_day = rhythm.days[0] + roll.integers(0, rhythm.days.size, other.size)
    return _ledger(
        firms,
        "企业",
        np.concatenate([subject, other]),
        np.concatenate([day, other_day]),
        np.concatenate([np.full(subject.size, DRILL), np.full(other.size, SAFETY)]),
    )


def shop_ledger(firms: Firms, rhythm: Rhythm, shut_from: Integers) -> pa.Table:
    """商户演练培训: the lessons on gas that kitchens are asked to twice a year."""
    roll = dice("gas lessons")
    who = np.flatnonzero(firms.is_shop & (firms.trade == CATERING_TRADE))
    subjects, held = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for year, month in rhythm.months:
        if month in (5, 11):
            there = who[roll.random(who.size) < 0.86]
            subjects.append(there)
            held.append(number(date(year, month, 1)) + roll.integers(7, 24, there.size))
    subject, day = np.concatenate(subjects), np.concatenate(held)
    kept = (day <= number(rhythm.last)) & (day >= number(rhythm.first)) & (day < shut_from[subject])
    return _ledger(firms, "商户", subject[kept], day[kept], np.full(int(kept.sum()), GAS))


def _ledger(firms: Firms, kind: str, subject: Integers, day: Integers, drill: Integers) -> pa.Table:
    roll = dice("drill ledger", kind)
    _, first = np.unique((subject * FAR + day) * len(KINDS) + drill, return_index=True)
    order = first[np.lexsort((subject[first], day[first]))]
    subject, day, drill = subject[order], day[order], drill[order]
    staff = firms.staff[subject]
    there = np.maximum((staff * roll.beta(6, 2, subject.size)).astype(np.int64), 1)
    name = "店铺名称" if kind == "商户" else "企业名称"
    return pa.table(
        {
            "序号": counts(np.arange(1, subject.size + 1)),
            f"{kind}编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
            name: pa.array([firms.names[at] for at in subject], pa.string()),
            "演练日期": days(day),
            "演练类型": words(KINDS, drill),
            "参加人数": counts(there),
        }
    )


def year_after(day: int) -> int:
    """The same day a year later, the day before it where that year has none."""
    on = as_date(day)
    try:
        return number(on.replace(year=on.year + 1))
    except ValueError:
        return number(on.replace(year=on.year + 1, day=28))
