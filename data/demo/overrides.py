"""三色人工调整: colours set by hand for a few weeks, proposed by one person, approved by another."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from data.colouring.evaluating import Evaluated
from data.colouring.material import Override
from data.demo import persons
from data.demo.columns import Integers, days, words
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.ratings import GREEN, YELLOW, on_day, rating_days
from data.demo.rhythm import Rhythm
from data.demo.seed import dice

COLOURS = ("绿", "黄", "红")
SHARE_OF_MONTHS = {"enterprise": 0.6, "shop": 0.4}
DAYS = (10, 30)
PROPOSERS, APPROVERS = 17, 6
REASONS = (
    "整改已完成，复查材料归档中，先按绿色管理",
    "隐患系房东责任，已另行督办，暂不影响承租企业评定",
    "停工检修期间无法整改，已落实专人看守",
    "评定依据经申诉复核有误，待数据更正",
)


def chosen(seen: Evaluated, which: Integers, rhythm: Rhythm, planted: Planted) -> list[Override]:
    """Some yellow subject's colour raised, in some of the months, and those of the stories."""
    roll = dice("overrides", seen.told.scheme)
    place = {int(who): at for at, who in enumerate(which)}
    found = [
        Override(place[who], GREEN, since, last + 1) for who, since, last in planted.raised if who in place
    ]
    taken = {each.subject for each in found}
    for day in rating_days(rhythm):
        since = day + int(roll.integers(3, 20))
        at = on_day(seen, since)
        yellow = np.flatnonzero((at >= 0) & (seen.worn[np.maximum(at, 0)] == YELLOW))
        yellow = yellow[~planted.is_planted[which[yellow]]]
        wanted = roll.random() < SHARE_OF_MONTHS[seen.told.scheme]
        if wanted and yellow.size and since <= planted.last:
            subject = int(roll.choice(yellow))
            lasts = int(roll.integers(*DAYS))
            if subject not in taken:
                taken.add(subject)
                found.append(Override(subject, GREEN, since, since + lasts + 1))
    return sorted(found, key=lambda each: (each.since, each.subject))


def ledger(scheme: str, firms: Firms, which: Integers, overrides: Sequence[Override]) -> pa.Table:
    """三色人工调整: a row per override, and one that is too long or that nobody else approved."""
    roll = dice("override ledger", scheme)
    told = [*overrides, *overrides[:1]]
    size = len(told)
    subject = which[np.array([each.subject for each in told], np.int64)]
    since = np.array([each.since for each in told], np.int64)
    until = np.array([each.until - 1 for each in told], np.int64)
    proposer = roll.integers(0, PROPOSERS, size)
    approver = PROPOSERS + roll.integers(0, APPROVERS, size)
    if size:
        # A month before: the same subject, so that only what is wrong with the row can turn it away.
        since[-1] -= 60
        until[-1] = since[-1] + (45 if scheme == "enterprise" else 14)
        approver[-1] = proposer[-1] if scheme == "shop" else approver[-1]
    number, name = ("企业编号", "企业名称") if scheme == "enterprise" else ("商户编号", "店铺名称")
    people = list(dict.fromkeys(persons.names("override deciders", 40)))[: PROPOSERS + APPROVERS]
    return pa.table(
        {
            number: pa.array([firms.numbers[at] for at in subject], pa.string()),
            name: pa.array([firms.names[at] for at in subject], pa.string()),
            "调整后颜色": words(COLOURS, np.array([each.colour for each in told], np.int64)),
            "生效日期": days(since),
            "终止日期": days(until),
            "调整理由": words(REASONS, roll.integers(0, len(REASONS), size)),
            "提出人": words(people, proposer),
            "批准人": words(people, approver),
        }
    )
