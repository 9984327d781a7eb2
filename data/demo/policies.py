"""一企一策: what was drawn up for enterprises that had not been green for long, and by which post."""

import numpy as np
import pyarrow as pa

from data.colouring.evaluating import Evaluated
from data.demo.columns import NEVER, Integers, days, words
from data.demo.firms import Firms
from data.demo.ratings import GREEN, on_day, rating_days
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.rules import UNRATED

# Posts, never names: who is responsible for an enterprise on the street's side.
POSTS = (
    "应急管理站站长",
    "经济发展办副主任",
    "综合行政执法中队中队长",
    "消防救援站副站长",
    "社区安全专干",
    "市场监管所副所长",
)
MOST, REVIEW_DAYS = 40, (30, 60, 90)
MONTHS = 18
ACTIONS = (
    "每周上门一次，逐条核对隐患清单，超期的约谈企业负责人",
    "协调园区统一改造电气线路，分两批完成",
    "请第三方机构开展一次全面体检，列出问题、责任、时限三张清单",
    "督促配齐安全管理员并参加街道培训，补签责任状",
    "组织一次应急演练，街道应急管理站到场指导",
    "危险源逐处登记建档，监测设备故障 24 小时内报修",
)


def posts(firms: Firms) -> Integers:
    """The post (a place in POSTS) that looks after each firm."""
    roll = dice("posts")
    return np.where(
        firms.staff > 120, roll.integers(0, 2, firms.size), roll.integers(0, len(POSTS), firms.size)
    )


def ledger(seen: Evaluated, firms: Firms, which: Integers, rhythm: Rhythm) -> pa.Table:
    """一企一策: a row per enterprise that was not green twice in a row, of the latest of them."""
    roll = dice("policies")
    last, size = number(rhythm.last), len(seen.told.keys)
    bad_before = np.zeros(size, np.bool_)
    rows: dict[int, int] = {}
    for day in rating_days(rhythm)[-MONTHS:]:
        at = on_day(seen, day)
        worn = seen.worn[np.maximum(at, 0)]
        bad = (at >= 0) & (worn > GREEN) & (worn != UNRATED)
        for who in np.flatnonzero(bad & bad_before).tolist():
            rows.setdefault(who, day + int(roll.integers(2, 12)))
        bad_before = bad
    newest = sorted(((day, who) for who, day in rows.items() if day <= last), reverse=True)[:MOST]
    drawn = sorted(newest)
    made = np.array([each for each, _ in drawn], np.int64)
    subject = which[np.array([who for _, who in drawn], np.int64)]
    due = made + np.array(REVIEW_DAYS)[roll.integers(0, len(REVIEW_DAYS), made.size)]
    done = due + roll.integers(-9, 6, made.size)
    done = np.where((done > last) | (roll.random(made.size) < 0.15), NEVER, done)
    first, second = roll.integers(0, len(ACTIONS), (2, made.size))
    texts = [
        ACTIONS[a] if a == b else f"{ACTIONS[a]}；{ACTIONS[b]}" for a, b in zip(first, second, strict=True)
    ]
    return pa.table(
        {
            "企业编号": pa.array([firms.numbers[at] for at in subject], pa.string()),
            "企业名称": pa.array([firms.names[at] for at in subject], pa.string()),
            "制定日期": days(made),
            "工作措施": pa.array(texts, pa.string()),
            "责任岗位": words(POSTS, posts(firms)[subject]),
            "复核期限": days(due),
            "复核日期": days(done),
        }
    )
