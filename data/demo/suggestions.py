"""建议征集: what people proposed and through which channel, how soon it was answered, what became of it."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    blank,
    choose,
    counts,
    moments,
    numbered,
    words,
    yes_no,
)
from data.demo.firms import Firms
from data.demo.rhythm import HOURS_A_DAY, Rhythm
from data.demo.seed import dice
from data.demo.street import Street

SUGGESTIONS_A_YEAR = 480
CHANNELS, CHANNEL_SHARES = ("扫码征集", "意见箱", "网格员走访", "例会收集"), (46, 14, 31, 9)
SUBJECTS = (
    ("交通出行", ("增设非机动车停车位", "调整路口红绿灯时长", "园区通勤接驳车延长班次", "夜间增设路灯")),
    ("环境卫生", ("增设垃圾投放点", "整治油烟扰民", "清理背街小巷积水", "增加绿化补植")),
    ("安全管理", ("增设电动自行车充电桩", "老旧小区更换消防器材", "园区联合应急演练", "高空坠物监控")),
    ("职工服务", ("增设职工食堂", "延长暖新驿站开放时间", "开办暑期托管班", "组织技能培训")),
    ("营商服务", ("简化证照办理流程", "增设共享会议室", "发布用工信息", "惠企政策上门解读")),
    ("文体活动", ("开放社区活动室", "增加健身器材", "周四社团扩招", "增设儿童游乐区")),
)
OFFICES = ("党群服务中心", "城管执法办", "平安建设办", "经济发展办", "社会事务办", "规划建设办")
ANSWER_WORKDAYS = 10


def ledger(firms: Firms, street: Street, rhythm: Rhythm, scale: float) -> pa.Table:
    """One row per suggestion, in order of time."""
    roll = dice("suggestions")
    weight = rhythm.busyness[rhythm.at(rhythm.days)]
    wanted = SUGGESTIONS_A_YEAR * scale * rhythm.days.size / 365.25
    day = np.repeat(rhythm.days, roll.poisson(weight / weight.sum() * wanted))
    sent = np.sort(day * DAY + (np.clip(roll.normal(13.5, 3.5, day.size), 7, 22) * HOUR).astype(np.int64))
    sent = sent[sent <= rhythm.cut]
    size = sent.size
    subject = choose(roll, (18, 22, 21, 17, 12, 10), size)
    title = subject * 4 + roll.integers(0, 4, size)
    titles = [title for _, each in SUBJECTS for title in each]
    hours = rhythm.working_hours(sent)
    due = rhythm.workday(hours, np.full(size, ANSWER_WORKDAYS))
    share = np.where(roll.random(size) < 0.9, roll.beta(2.2, 1.7, size), 1 + roll.exponential(0.7, size))
    replied = rhythm.happened(rhythm.moment(hours + 1 + share * ANSWER_WORKDAYS * HOURS_A_DAY))
    replied = np.where(roll.random(size) < 0.01, NEVER, replied)
    answered = replied != NEVER
    outcome = np.where(answered, choose(roll, (58, 17, 9, 16), size), -1)
    adopted = (outcome == 0) | ((outcome == 1) & (roll.random(size) < 0.5))
    grid = choose(roll, [each.population for each in street.grids], size)
    employer = np.where(roll.random(size) < 0.45, roll.integers(0, int((~firms.is_shop).sum()), size), -1)
    year = sent.view("M8[s]").astype("M8[Y]").astype(np.int64) + 1970
    contents = [f"建议{title}，方便{who}" for title in titles for who in ("居民", "职工", "商户", "老年人")]
    rated = np.where(answered & (roll.random(size) < 0.7), choose(roll, (78, 16, 6), size), -1)
    return pa.table(
        {
            "建议编号": numbered("JY", year * 100_000 + np.arange(1, size + 1)),
            "提交时间": moments(sent // MINUTE * MINUTE),
            "来源渠道": words(CHANNELS, choose(roll, CHANNEL_SHARES, size)),
            "建议人": words(persons.names("residents", 620), roll.integers(0, 620, size)),
            "所在单位": words(firms.names, employer),
            "社区": words([each.name for each in street.communities], street.community_of[grid]),
            "网格编码": words([each.code for each in street.grids], grid),
            "建议类别": words([name for name, _ in SUBJECTS], subject),
            "建议标题": words(titles, title),
            "建议内容": words(contents, title * 4 + roll.integers(0, 4, size)),
            "承办单位": words(OFFICES, subject),
            "答复期限": pa.array(due.view("M8[D]")),
            "答复时间": moments(replied),
            "办理结果类别": words(("A", "B", "C", "D"), outcome),
            "是否采纳": yes_no(adopted, ~answered),
            "答复内容": words(
                ("已采纳并落实", "已列入计划", "暂缓实施，已作说明", "感谢建议，留作参考"), outcome
            ),
            "奖励积分": blank(counts(np.where(adopted, 20, 0)), ~answered),
            "满意度": words(("满意", "基本满意", "不满意"), rated),
        }
    )
