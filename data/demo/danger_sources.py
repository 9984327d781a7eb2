"""危险源台账: what is dangerous at each enterprise, filed or not yet, and when its monitor last failed."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.demo import lapses
from data.demo.columns import NEVER, Flags, Integers, choose, counts, days, words
from data.demo.firms import CHEMICAL_TRADE, Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice

RISKS = ("红", "橙", "黄", "蓝")
DANGERS = (
    "涂装喷粉",
    "粉尘涉爆",
    "液氨制冷",
    "叉车与起重机械",
    "配电房",
    "危险化学品仓库",
    "锅炉压力容器",
    "焊接动火",
)
KINDS = ("生产工艺", "粉尘爆炸", "有毒有害气体", "起重运输", "用电", "危险化学品", "特种设备", "动火作业")
POWER_ROOM = 4
UNFILED, UNFILED_USUAL_DAYS = "unregistered_danger_sources", 40
FAULTY, FAULTY_USUAL_DAYS = "monitor_faults_30d", 14
UNFILED_A_MONTH, FAULTY_A_MONTH = 0.010, 0.030
STEPS = {UNFILED: UNFILED_A_MONTH, FAULTY: FAULTY_A_MONTH}


@dataclass(frozen=True)
class Profile:
    """Of every firm its inherent risk (a place in RISKS) and its main danger (one in DANGERS, -1: none)."""

    risk: Integers
    danger: Integers
    is_chemical: Flags


def profile(firms: Firms, planted: Planted) -> Profile:
    """What the register says of the dangers at each firm."""
    roll = dice("danger profile")
    chemical = ~firms.is_shop & (firms.trade == CHEMICAL_TRADE)
    usual = choose(roll, [0.5, 5, 30, 65], firms.size)
    risk = np.where(chemical, roll.integers(0, 2, firms.size), usual)
    risk = np.where(planted.has_red_risk, 0, risk)
    return Profile(risk, np.where(risk < 3, roll.integers(0, len(DANGERS), firms.size), -1), chemical)


def facts(firms: Firms, rhythm: Rhythm, planted: Planted) -> dict[str, Spells]:
    """When an enterprise had a source not filed yet, or a monitor out of order."""
    who = np.flatnonzero(~firms.is_shop & ~planted.is_planted)
    open_ever = np.full(firms.size, FAR)
    found = {}
    for fact, a_month in STEPS.items():
        usual_days = UNFILED_USUAL_DAYS if fact == UNFILED else FAULTY_USUAL_DAYS
        often = a_month * lapses.worse(firms.care[who])
        drawn = lapses.drawn(dice(fact), who, often, rhythm, usual_days, open_ever)
        found[fact] = lapses.together([lapses.single(drawn), planted.lapses(fact)])
    return found


def ledger(firms: Firms, rhythm: Rhythm, told: Profile, facts: dict[str, Spells]) -> pa.Table:
    """危险源台账: a row per source. Each tells its last fault only: a firm with many has many sources."""
    roll = dice("danger sources")
    first, last = number(rhythm.first), number(rhythm.last)
    who = np.flatnonzero(~firms.is_shop)
    usual = np.where(told.danger[who] >= 0, roll.integers(1, 5, who.size), roll.integers(0, 2, who.size))
    unfiled, faulty = facts[UNFILED], facts[FAULTY]
    faults = np.bincount(faulty.subjects, minlength=firms.size)[who]
    old = np.repeat(who, np.maximum(usual, faults))
    new = np.repeat(np.arange(unfiled.subjects.size), unfiled.units)
    subject = np.concatenate([old, unfiled.subjects[new]])
    found = np.concatenate([first - roll.integers(40, 1_500, old.size), unfiled.since[new]])
    filed = np.concatenate([found[: old.size] + roll.integers(0, 12, old.size), unfiled.until[new]])
    filed[: old.size] = np.minimum(filed[: old.size], first - 1)
    failed, mended = np.full(subject.size, NEVER), np.full(subject.size, NEVER)
    nth = _nth(old)
    order = np.lexsort((faulty.since, faulty.subjects))
    row_of = {(int(a), int(b)): row for row, (a, b) in enumerate(zip(old, nth, strict=True))}
    rows = [
        row_of[int(a), int(b)]
        for a, b in zip(faulty.subjects[order], _nth(faulty.subjects[order]), strict=True)
    ]
    failed[rows], mended[rows] = faulty.since[order], faulty.until[order]
    order = np.lexsort((found, subject))
    subject, found, filed, failed, mended = (each[order] for each in (subject, found, filed, failed, mended))
    nth = _nth(subject)
    kind = np.where(told.danger[subject] >= 0, (told.danger[subject] + nth) % len(DANGERS), POWER_ROOM)
    numbers = [firms.numbers[at] for at in subject]
    return pa.table(
        {
            "序号": counts(np.arange(1, subject.size + 1)),
            "企业编号": pa.array(numbers, pa.string()),
            "企业名称": pa.array([firms.names[at] for at in subject], pa.string()),
            "危险源编号": pa.array([f"WX-{a}-{b + 1:02d}" for a, b in zip(numbers, nth, strict=True)]),
            "危险源名称": pa.array(
                [f"{DANGERS[a]}（{b + 1}号点位）" for a, b in zip(kind, nth, strict=True)], pa.string()
            ),
            "危险源类型": words(KINDS, kind),
            "辨识日期": days(found),
            "建档日期": days(np.where(filed > last, NEVER, filed)),
            "监测故障日期": days(failed),
            "修复日期": days(np.where(mended > last, NEVER, mended)),
        }
    )


def _nth(sorted_subjects: Integers) -> Integers:
    """The how manieth of its subject each row is, from 0; rows of one subject stand together."""
    starts = np.flatnonzero(np.diff(sorted_subjects, prepend=-1))
    sizes = np.diff(np.append(starts, sorted_subjects.size))
    return np.asarray(np.arange(sorted_subjects.size) - np.repeat(starts, sizes), np.int64)
