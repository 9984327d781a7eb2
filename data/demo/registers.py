"""企业台账 and 商户台账: the registers of the street's enterprises and shops."""

from datetime import date

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.demo import lapses, persons, trades
from data.demo.columns import NEVER, Flags, Integers, choose, counts, days, figures, words, yes_no
from data.demo.danger_sources import DANGERS, RISKS, Profile
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.policies import POSTS, posts
from data.demo.rhythm import number
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.tenure import STATES, Tenure
from data.demo.terrain import degrees

PARTY = ("单独建立党支部", "联合党支部", "未建立", "未建立", "未建立")


OFFICER_SHARE = 0.93
# Everybody stood in the register before the ledgers begin.
REGISTERED_DAYS_AGO = (1_200, 5_400)


def has_officer(firms: Firms, planted: Planted) -> Flags:
    """Whether the register names each firm's safety officer."""
    return (dice("safety officers").random(firms.size) < OFFICER_SHARE) | planted.is_planted


def facts(firms: Firms, planted: Planted, stands: Tenure) -> dict[str, Spells]:
    """What the registers tell of colours: who has no safety officer, which shops are closed."""
    without = np.flatnonzero(~firms.is_shop & ~has_officer(firms, planted))
    always = np.zeros(without.size, np.int64)
    found = {"no_safety_officer": lapses.ones(without, always, always + FAR)}
    for fact, state in (("business_closed_long", "停业"), ("business_vacant", "空铺")):
        shut = np.flatnonzero(stands.state == STATES.index(state))
        found[fact] = lapses.ones(shut, stands.since[shut], np.full(shut.size, FAR))
    return found


def enterprise_ledger(
    street: Street, firms: Firms, planted: Planted, told: Profile, handed_in: date
) -> pa.Table:
    """企业台账: one row per enterprise, with the personal columns such a workbook really has."""
    here = np.flatnonzero(~firms.is_shop)
    roll = dice("enterprise ledger")
    size = here.size
    officer = words(
        persons.names("officers", size), np.where(has_officer(firms, planted)[here], np.arange(size), -1)
    )
    lon, lat = degrees(firms.x[here], firms.y[here])
    community = street.community_of[firms.grid[here]]
    since = number(handed_in) - roll.integers(*REGISTERED_DAYS_AGO, size)
    return pa.table(
        {
            "序号": counts(np.arange(1, size + 1)),
            "企业编号": pa.array([firms.numbers[at] for at in here]),
            "企业名称": pa.array([firms.names[at] for at in here]),
            "统一社会信用代码": pa.array([firms.credit_codes[at] for at in here]),
            "所属社区": words([each.name for each in street.communities], community),
            "所属网格": words([each.name for each in street.grids], firms.grid[here]),
            "所属园区": words(
                [f"{each.name.removesuffix('社区')}小微园" for each in street.communities],
                np.where(np.isin(community, _industrial(street)) & (roll.random(size) < 0.7), community, -1),
            ),
            "生产经营地址": _address(roll, community, size),
            "行业类别": words(tuple(trades.FIRM_TRADES), firms.trade[here]),
            "是否规上": yes_no(firms.staff[here] > 120),
            "职工人数": counts(firms.staff[here]),
            "法定代表人": pa.array(persons.names("owners", size)),
            "联系电话": pa.array(persons.phones("owners", size)),
            "安全管理员": officer,
            "责任岗位": words(POSTS, posts(firms)[here]),
            "是否涉危化品": yes_no(told.is_chemical[here] | (roll.random(size) < 0.03)),
            "有限空间": yes_no(roll.random(size) < 0.08),
            "主要危险源": words(DANGERS, told.danger[here]),
            "风险等级": words(RISKS, told.risk[here]),
            "党组织情况": words(PARTY, roll.integers(0, len(PARTY), size)),
            "经营状态": words(("正常", "停产", "搬迁中"), choose(roll, [96, 3, 1], size)),
            "登记日期": days(since),
            "经度": figures(lon),
            "纬度": figures(lat),
        }
    )


def shop_ledger(street: Street, firms: Firms, stands: Tenure, handed_in: date) -> pa.Table:
    """商户台账: one row per shop; of one that closed, since when it says so."""
    here = np.flatnonzero(firms.is_shop)
    roll = dice("shop ledger")
    size = here.size
    lon, lat = degrees(firms.x[here], firms.y[here])
    community = street.community_of[firms.grid[here]]
    character = np.array([each.character == "commercial" for each in street.communities])
    return pa.table(
        {
            "序号": counts(np.arange(1, size + 1)),
            "商户编号": pa.array([firms.numbers[at] for at in here]),
            "店铺名称": pa.array([firms.names[at] for at in here]),
            "统一社会信用代码": pa.array([firms.credit_codes[at] for at in here]),
            "社区": words([each.name for each in street.communities], community),
            "网格编码": words([each.code for each in street.grids], firms.grid[here]),
            "所属商圈": words(
                [f"{each.name.removesuffix('社区')}商圈" for each in street.communities],
                np.where(character[community], community, -1),
            ),
            "经营地址": _address(roll, community, size),
            "业态": words(tuple(trades.SHOP_TRADES), firms.trade[here]),
            "从业人数": counts(firms.staff[here]),
            "经营者": pa.array(persons.names("keepers", size)),
            "手机号": pa.array(persons.phones("keepers", size)),
            "营业状态": words(STATES, stands.state[here]),
            "入驻日期": days(number(handed_in) - roll.integers(40, 3_600, size)),
            "经度": figures(lon),
            "纬度": figures(lat),
            "更新时间": days(np.where(stands.since[here] == FAR, NEVER, stands.since[here])),
        }
    )


def _industrial(street: Street) -> list[int]:
    return [each.index for each in street.communities if each.character == "industrial"]


def _address(roll: np.random.Generator, community: Integers, size: int) -> pa.Array:
    lanes = ("兴禾大道", "织云路", "澄心路", "长风路", "临塘街", "集贤街", "百工路", "东浦大道")
    lane = (community + roll.integers(0, 2, size)) % len(lanes)
    return pa.array([f"{lanes[a]}{b}号" for a, b in zip(lane, roll.integers(1, 680, size), strict=True)])
