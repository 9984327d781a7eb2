"""积分流水: points earned by reports that led somewhere, and what they were exchanged for."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import DAY, NEVER, Integers, choose, counts, moments, numbered, words
from data.demo.lifecycle import SNAP
from data.demo.reports import ACTIVE_RIDERS, PEOPLE_KINDS, RESIDENTS, RIDERS, Reports
from data.demo.rhythm import Rhythm
from data.demo.seed import dice

GOODS = (("优惠套餐", 30), ("洗衣液", 20), ("理发券", 15), ("雨伞", 25), ("电动车充电卡", 10))
SPEND_SHARE = 0.62


def ledger(months: list[Reports], rhythm: Rhythm) -> pa.Table:
    """One row per movement, in order of time; balances follow from it and never fall below zero."""
    when, account, delta, reference = _earned(months, rhythm)
    roll = dice("points")
    buys = np.flatnonzero(roll.random(when.size) < SPEND_SHARE)
    spent_when = rhythm.happened(when[buys] + (roll.exponential(25, buys.size) * DAY).astype(np.int64) + 600)
    kept = spent_when != NEVER
    goods = roll.integers(0, len(GOODS), buys.size)[kept]
    moment = np.concatenate([when, spent_when[kept]])
    order = np.argsort(moment, kind="stable")
    account = np.concatenate([account, account[buys][kept]])[order]
    change = np.concatenate([delta, -np.array([price for _, price in GOODS])[goods]])[order]
    good = np.concatenate([np.full(when.size, -1), goods])[order]
    reference = np.concatenate([reference, np.full(goods.size, -1)])[order]
    balance, honoured = _balances(account, change)
    account, change, good, reference = (
        account[honoured],
        change[honoured],
        good[honoured],
        reference[honoured],
    )
    moment = moment[order][honoured]
    size = moment.size
    riders = round(RIDERS * ACTIVE_RIDERS)
    names = persons.names("residents", RESIDENTS) + persons.names("riders", riders)
    role = np.where(account >= RESIDENTS, len(PEOPLE_KINDS), account * 7 % 11 // 5)
    prefix = words(("SP", "QS"), np.where(reference < 0, -1, (account >= RESIDENTS).astype(np.int64)))
    return pa.table(
        {
            "流水号": numbered("JF", 10_000_000 + np.arange(1, size + 1)),
            "发生时间": moments(moment),
            "姓名": words(names, account),
            "手机号": words(
                persons.phones("residents", RESIDENTS) + persons.phones("riders", riders), account
            ),
            "人员类型": words((*PEOPLE_KINDS, "骑手"), role),
            "积分事项": words(("有效上报奖励", "积分兑换"), (good >= 0).astype(np.int64)),
            "关联单号": numbered(prefix, reference),
            "积分变动": counts(change),
            "余额": counts(balance[honoured]),
            "兑换物品": words([name for name, _ in GOODS], good),
            "审核人": words(persons.names("auditors", 8), choose(roll, np.ones(8), size)),
        }
    )


def _earned(months: list[Reports], rhythm: Rhythm) -> tuple[Integers, Integers, Integers, Integers]:
    rows = []
    for reports in months:
        paid = np.flatnonzero((reports.points > 0) & (reports.feedback != NEVER))
        offset = 0 if reports.channel == SNAP else RESIDENTS
        rows.append(
            (
                reports.feedback[paid],
                reports.reporter[paid] + offset,
                reports.points[paid],
                reports.number[paid],
            )
        )
    return tuple(np.concatenate(each) for each in zip(*rows, strict=True))  # type: ignore[return-value]


def _balances(account: Integers, change: Integers) -> tuple[Integers, Integers]:
    """Each movement's balance after it, and the rows of those that could be honoured."""
    purse: dict[int, int] = {}
    balance = np.zeros(account.size, np.int64)
    honoured = []
    for row, (who, delta) in enumerate(zip(account.tolist(), change.tolist(), strict=True)):
        left = purse.get(who, 0) + delta
        if left >= 0:
            purse[who] = balance[row] = left
            honoured.append(row)
    return balance, np.array(honoured, np.int64)
