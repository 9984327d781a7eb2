"""需求清单 and 资源清单: what shops ask for and what others have to spare, so that one may help the other."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo.columns import NEVER, Integers, choose, counts, days, words
from data.demo.firms import Firms
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice


@dataclass(frozen=True)
class Want:
    """One kind of thing asked for and offered, as it is usually worded; `offered` empty: nobody has it."""

    kind: str
    asked: tuple[str, ...]
    offered: tuple[str, ...]
    weight: int
    most: int


WANTS = (
    Want("用工", ("招服务员", "招后厨帮工", "节前临时工"), ("可共享兼职员工", "淡季员工可借调"), 24, 8),
    Want("场地", ("想租相邻铺面扩店", "临时堆货场地（平方米）"), ("后院空地可短租（平方米）",), 12, 60),
    Want("仓储", ("冷库位", "小仓库（平方米）"), ("冷柜有空位", "地下仓库可分租（平方米）"), 12, 40),
    Want("货源", ("蔬菜固定供货", "一次性餐盒团购（箱）"), ("自有菜园直供", "批发价供餐盒（箱）"), 14, 50),
    Want("设备", ("借用发电机", "旧冰柜"), ("闲置冰柜转让", "备用发电机可借"), 8, 4),
    Want("培训", ("消防器材使用培训（人）", "线上开店培训（人）"), ("可教短视频拍摄（人）",), 10, 12),
    Want("停车", ("夜间停车位",), ("白天车位可错时共享",), 12, 10),
    Want("配送", ("午高峰配送", "同城送货"), ("自有电动三轮可代送",), 10, 6),
    Want("证照代办", ("食品经营许可证换证", "门头店招审批"), (), 8, 2),
    Want("融资", ("小额周转贷款咨询",), (), 6, 1),
)
ASKING, OFFERING = 0.5, 0.34
DAYS_BACK = 540


def needs(firms: Firms, rhythm: Rhythm, shut_from: Integers) -> pa.Table:
    """需求清单: a row per wish of a shop; a good half has been met."""
    roll = dice("needs")
    subject, day, want = _drawn(firms, rhythm, shut_from, ASKING, [each.weight for each in WANTS], roll)
    last = number(rhythm.last)
    met = day + np.maximum(roll.lognormal(3.4, 0.8, day.size), 2).astype(np.int64)
    met = np.where((met > last) | (roll.random(day.size) < 0.3), NEVER, met)
    return pa.table(
        {
            "商户编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
            "店铺名称": pa.array([firms.names[at] for at in subject], pa.string()),
            "提出日期": days(day),
            "需求类别": words([each.kind for each in WANTS], want),
            "需求内容": _worded([each.asked for each in WANTS], want, roll),
            "需求数量": counts(_many(want, roll)),
            "解决日期": days(met),
        }
    )


def resources(firms: Firms, rhythm: Rhythm, shut_from: Integers) -> pa.Table:
    """资源清单: a row per thing a shop has to spare, until when."""
    roll = dice("resources")
    weights = [each.weight if each.offered else 0 for each in WANTS]
    subject, day, want = _drawn(firms, rhythm, shut_from, OFFERING, weights, roll)
    until = day + np.array([90, 180, 365])[roll.integers(0, 3, day.size)]
    until = np.where(roll.random(day.size) < 0.25, NEVER, until)
    return pa.table(
        {
            "商户编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
            "店铺名称": pa.array([firms.names[at] for at in subject], pa.string()),
            "提供日期": days(day),
            "资源类别": words([each.kind for each in WANTS], want),
            "资源内容": _worded([each.offered for each in WANTS], want, roll),
            "可提供数量": counts(_many(want, roll)),
            "可用至": days(until),
        }
    )


def _drawn(
    firms: Firms,
    rhythm: Rhythm,
    shut_from: Integers,
    share: float,
    weights: list[int],
    roll: np.random.Generator,
) -> tuple[Integers, Integers, Integers]:
    """(shop, day, want), in order of days; nobody has the same wish twice on one day."""
    who = np.flatnonzero(firms.is_shop & (roll.random(firms.size) < share))
    subject = np.repeat(who, 1 + roll.poisson(0.6, who.size))
    span = min(DAYS_BACK, rhythm.days.size)
    day = number(rhythm.last) - roll.integers(0, span, subject.size)
    want = choose(roll, weights, subject.size)
    there = day < shut_from[subject]
    subject, day, want = subject[there], day[there], want[there]
    _, first = np.unique(np.stack([subject, day], axis=1), axis=0, return_index=True)
    order = first[np.lexsort((subject[first], day[first]))]
    return subject[order], day[order], want[order]


def _worded(texts: list[tuple[str, ...]], want: Integers, roll: np.random.Generator) -> pa.Array:
    pick = roll.integers(0, 60, want.size)
    return pa.array([texts[a][b % len(texts[a])] for a, b in zip(want, pick, strict=True)], pa.string())


def _many(want: Integers, roll: np.random.Generator) -> Integers:
    most = np.array([each.most for each in WANTS])[want]
    return np.asarray(1 + roll.integers(0, most), np.int64)
