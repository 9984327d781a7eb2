"""复工申请: who asked to resume work after the festival, what the review said, and when work began again."""

from datetime import date

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import NEVER, choose, counts, days, numbered, words
from data.demo.firms import Firms
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.demo.street import Street

APPLY_SHARE_ENTERPRISE, APPLY_SHARE_SHOP = 0.64, 0.42
DECISIONS = ("通过", "不通过", "补正", "待审核")
APPROVED, REJECTED, SUPPLEMENT, PENDING = range(4)
REASONS = ("消防通道未清理", "未开展复工安全培训", "燃气报警器未通电", "员工名册不全")


def ledger(firms: Firms, street: Street, rhythm: Rhythm, festival: date) -> pa.Table:
    """One row per application of one season, in order of application."""
    roll = dice("resumption", festival.year)
    share = np.where(firms.is_shop, APPLY_SHARE_SHOP, APPLY_SHARE_ENTERPRISE)
    who = np.flatnonzero(roll.random(firms.size) < share)
    zero, today = number(festival), number(rhythm.last)
    applied = zero + np.clip(np.rint(roll.normal(np.where(firms.is_shop[who], 9.5, 6.5), 3.2)), 1, 30).astype(
        np.int64
    )
    order = np.lexsort((who, applied))
    who, applied = who[order], applied[order]
    who, applied = who[applied <= today], applied[applied <= today]
    size = who.size
    complete = applied + np.array([0, 1, 2])[choose(roll, (78, 15, 7), size)]
    checked = complete + np.array([0, 1, 3])[choose(roll, (74, 20, 6), size)]
    decided = checked + np.array([0, 1])[choose(roll, (91, 9), size)]
    decision = choose(roll, (80, 9, 11), size)
    decided, checked, complete = (
        np.where(each > today, NEVER, each) for each in (decided, checked, complete)
    )
    decision = np.where(decided == NEVER, PENDING, decision)
    planned = applied + roll.integers(0, 4, size)
    resumed = np.where(decision == APPROVED, np.maximum(decided, planned) + roll.integers(0, 3, size), NEVER)
    resumed = np.where(resumed > today, NEVER, resumed)
    staff = firms.staff[who]
    first = np.minimum(np.maximum((staff * roll.beta(5, 3, size)).astype(np.int64), 1), staff)
    refused = (decision == REJECTED) | (decision == SUPPLEMENT)
    return pa.table(
        {
            "申请编号": numbered("FG", festival.year * 100_000 + np.arange(1, size + 1)),
            "企业名称": pa.array([firms.names[at] for at in who], pa.string()),
            "统一社会信用代码": pa.array([firms.credit_codes[at] for at in who], pa.string()),
            "社区": words([each.name for each in street.communities], street.community_of[firms.grid[who]]),
            "网格编码": words([each.code for each in street.grids], firms.grid[who]),
            "联系人": words(persons.names("owners", 400), who % 400),
            "联系电话": words(persons.phones("owners", 400), who % 400),
            "申请时间": days(applied),
            "材料齐全时间": days(complete),
            "拟复工时间": days(planned),
            "职工总数": counts(staff),
            "首批返岗人数": counts(first),
            "外地员工": counts((first * roll.beta(5, 3, size)).astype(np.int64)),
            "安全自查": words(
                ("合格", "整改后合格", "不合格"), np.where(refused, 2, choose(roll, (8, 2), size))
            ),
            "核验人": words(persons.names("reviewers", 24), roll.integers(0, 24, size)),
            "核验时间": days(checked),
            "审核时间": days(decided),
            "审核结果": words(DECISIONS, decision),
            "不通过原因": words(REASONS, np.where(refused, roll.integers(0, len(REASONS), size), -1)),
            "实际复工时间": days(resumed),
        }
    )
