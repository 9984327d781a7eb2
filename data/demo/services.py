"""留守服务工单: what people who stayed behind asked for, how soon they were heard and helped."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import DAY, HOUR, MINUTE, NEVER, choose, joined, moments, numbered, words
from data.demo.rhythm import Rhythm
from data.demo.seed import dice
from data.demo.street import Street

ORDERS_A_YEAR = 520
WANTS = (
    ("应急维修", ("水管漏水", "电路跳闸", "门锁损坏", "下水道堵塞", "热水器故障"), 1),
    ("代购代办", ("代购药品", "代购年货", "代取快递", "代缴水电费"), 1),
    ("送餐", ("年夜饭送餐", "节日期间送餐"), 1),
    ("就医", ("陪同就医", "联系家庭医生"), 1),
    ("其他", ("咨询返岗车次", "寻找失物", "噪声协调"), 3),
)
WANT_SHARES = (38, 34, 10, 6, 12)
HELPERS = ("社区居委会", "物业服务企业", "人力资源公司", "志愿服务队")


def ledger(street: Street, rhythm: Rhythm, scale: float) -> pa.Table:
    """One row per request, in order of time; most of a year's fall into the weeks around the festival."""
    roll = dice("services")
    at = rhythm.at(rhythm.days)
    offset = rhythm.lunar_offset[at]
    weight = np.where((offset >= -8) & (offset <= 16), 9.0, 0.35)
    wanted = ORDERS_A_YEAR * scale * rhythm.days.size / 365.25
    day = np.repeat(rhythm.days, roll.poisson(weight / weight.sum() * wanted))
    asked = day * DAY + (np.clip(roll.normal(14, 3.6, day.size), 7, 22.5) * HOUR).astype(np.int64)
    asked = np.sort(asked[asked <= rhythm.cut])
    size = asked.size
    kind = choose(roll, WANT_SHARES, size)
    contents = [content for _, each, _ in WANTS for content in each]
    count = np.array([len(each) for _, each, _ in WANTS])
    content = (np.cumsum(count) - count)[kind] + roll.integers(0, 1 << 20, size) % count[kind]
    grid = choose(roll, [each.floating_population for each in street.grids], size)
    due = asked // DAY + np.array([each for _, _, each in WANTS])[kind]
    answered = asked + (roll.lognormal(2.9, 0.9, size) * MINUTE).astype(np.int64)
    share = np.where(roll.random(size) < 0.93, roll.beta(1.3, 3, size), 1 + roll.exponential(0.8, size))
    done = answered + np.maximum((share * ((due + 1) * DAY - answered)).astype(np.int64), 5 * MINUTE)
    done = np.where(roll.random(size) < 0.012, NEVER, rhythm.happened(done))
    answered = rhythm.happened(answered)
    finished = done != NEVER
    answer = choose(roll, (46, 33, 7, 2, 12), size)
    callers = persons.names("callers", 900)
    return pa.table(
        {
            "工单编号": numbered(
                "FW",
                asked.astype("M8[s]").astype("M8[Y]").astype(np.int64) * 100_000
                + 197_000_000
                + np.arange(1, size + 1),
            ),
            "受理时间": moments(asked),
            "申请人": words(callers, roll.integers(0, 900, size)),
            "联系电话": words(persons.phones("callers", 900), roll.integers(0, 900, size)),
            "楼栋房号": joined(
                "禾苑",
                pa.array(roll.integers(1, 46, size)).cast(pa.string()),
                "幢",
                pa.array(roll.integers(101, 1804, size)).cast(pa.string()),
                "室",
            ),
            "社区": words([each.name for each in street.communities], street.community_of[grid]),
            "网格编码": words([each.code for each in street.grids], grid),
            "服务类型": words([name for name, _, _ in WANTS], kind),
            "诉求内容": words(contents, content),
            "承办单位": words(HELPERS, choose(roll, (4, 4, 1, 2), size)),
            "承办人": words(persons.names("service staff", 40), roll.integers(0, 40, size)),
            "响应时间": moments(answered),
            "办理期限": pa.array(due.view("M8[D]")),
            "办结时间": moments(done),
            "办理结果": words(("已办结", "办理中"), (~finished).astype(np.int64)),
            "满意度": words(
                ("非常满意", "满意", "基本满意", "不满意", "未接通"), np.where(finished, answer, -1)
            ),
        }
    )
