"""企业台账 and 商户台账: the registers of the street's enterprises and shops."""

from datetime import date

import numpy as np
import pyarrow as pa

from data.demo import persons, trades
from data.demo.columns import Integers, choose, counts, days, figures, words, yes_no
from data.demo.firms import CHEMICAL_TRADE, Firms
from data.demo.rhythm import number
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.terrain import degrees

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
PARTY = ("单独建立党支部", "联合党支部", "未建立", "未建立", "未建立")


def enterprise_ledger(street: Street, firms: Firms, handed_in: date) -> pa.Table:
    """企业台账: one row per enterprise, with the personal columns such a workbook really has."""
    here = np.flatnonzero(~firms.is_shop)
    roll = dice("enterprise ledger")
    size = here.size
    chemical = firms.trade[here] == CHEMICAL_TRADE
    risk = np.where(chemical, roll.integers(0, 2, size), choose(roll, [0.5, 5, 30, 65], size))
    officer = words(persons.names("officers", size), np.where(roll.random(size) < 0.93, np.arange(size), -1))
    danger = np.where(risk < 3, roll.integers(0, len(DANGERS), size), -1)
    lon, lat = degrees(firms.x[here], firms.y[here])
    community = street.community_of[firms.grid[here]]
    since = number(handed_in) - roll.integers(200, 5_400, size)
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
            "是否涉危化品": yes_no(chemical | (roll.random(size) < 0.03)),
            "有限空间": yes_no(roll.random(size) < 0.08),
            "主要危险源": words(DANGERS, danger),
            "风险等级": words(RISKS, risk),
            "党组织情况": words(PARTY, roll.integers(0, len(PARTY), size)),
            "经营状态": words(("正常", "停产", "搬迁中"), choose(roll, [96, 3, 1], size)),
            "登记日期": days(since),
            "经度": figures(lon),
            "纬度": figures(lat),
        }
    )


def shop_ledger(street: Street, firms: Firms, handed_in: date) -> pa.Table:
    """商户台账: one row per shop."""
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
            "营业状态": words(("营业", "装修", "停业", "空铺"), choose(roll, [93, 2, 3, 2], size)),
            "入驻日期": days(number(handed_in) - roll.integers(40, 3_600, size)),
            "经度": figures(lon),
            "纬度": figures(lat),
        }
    )


def _industrial(street: Street) -> list[int]:
    return [each.index for each in street.communities if each.character == "industrial"]


def _address(roll: np.random.Generator, community: Integers, size: int) -> pa.Array:
    lanes = ("兴禾大道", "织云路", "澄心路", "长风路", "临塘街", "集贤街", "百工路", "东浦大道")
    lane = (community + roll.integers(0, 2, size)) % len(lanes)
    return pa.array([f"{lanes[a]}{b}号" for a, b in zip(lane, roll.integers(1, 680, size), strict=True)])
