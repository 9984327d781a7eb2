"""The street's enterprises and shops: who they are, where they stand, how well they are run."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import shapely

from data.demo import vocabulary
from data.demo.columns import Flags, Floats, Integers, choose, counts, days, figures, words, yes_no
from data.demo.rhythm import number
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.terrain import degrees

ENTERPRISES, SHOPS = 480, 720
# Shapes are drawn in from the grid's edge, so that a point written a few metres off still lies in its grid.
INSET_M = 14.0
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
CHEMICAL_TRADE, AGENCY_TRADE = 11, 9


@dataclass(frozen=True)
class Firms:
    """Enterprises first, then shops, as arrays in the same order. `care` is how well each is run (0 is usual)."""

    numbers: list[str]
    names: list[str]
    credit_codes: list[str]
    is_shop: Flags
    grid: Integers
    trade: Integers
    staff: Integers
    x: Floats
    y: Floats
    care: Floats

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.names)


def found(street: Street, growth: float) -> Firms:
    """The enterprises and shops of a street `growth` times the usual size."""
    roll = dice("firms")
    firm_count, shop_count = max(40, round(ENTERPRISES * growth)), max(60, round(SHOPS * growth))
    firm_grid = np.sort(choose(roll, [grid.enterprise_share for grid in street.grids], firm_count))
    shop_grid = np.sort(choose(roll, [grid.shop_share for grid in street.grids], shop_count))
    firm_trade = choose(roll, vocabulary.FIRM_TRADE_WEIGHTS, firm_count)
    shop_trade = choose(roll, vocabulary.SHOP_TRADE_WEIGHTS, shop_count)
    grid = np.concatenate([firm_grid, shop_grid])
    x, y = scatter(street, grid, roll)
    staff = np.concatenate(
        [
            np.clip(roll.lognormal(3.5, 1.0, firm_count), 5, 2_400),
            np.clip(roll.lognormal(1.1, 0.7, shop_count), 1, 60),
        ]
    )
    return Firms(
        [f"QY{place + 1:05d}" for place in range(firm_count)]
        + [f"SH{place + 1:05d}" for place in range(shop_count)],
        vocabulary.firm_names(firm_trade) + vocabulary.shop_names(shop_trade),
        vocabulary.credit_codes("all", firm_count + shop_count),
        np.arange(firm_count + shop_count) >= firm_count,
        grid,
        np.concatenate([firm_trade, shop_trade]),
        staff.astype(np.int64),
        x,
        y,
        roll.normal(0, 1, firm_count + shop_count),
    )


def scatter(street: Street, grids: Integers, roll: np.random.Generator) -> tuple[Floats, Floats]:
    """A point inside each of the given grids, six in ten of them huddled around a few corners of the grid."""
    x, y = np.empty(grids.size), np.empty(grids.size)
    for grid in street.grids:
        here = np.flatnonzero(grids == grid.index)
        if here.size:
            x[here], y[here] = _inside(grid.polygon.buffer(-INSET_M), here.size, roll)
    return x, y


def _inside(shape: shapely.Polygon, count: int, roll: np.random.Generator) -> tuple[Floats, Floats]:
    shapely.prepare(shape)
    west, south, east, north = shape.bounds
    found_x, found_y = np.empty(0), np.empty(0)
    corners = None
    while found_x.size < count:
        x, y = roll.uniform(west, east, 4 * count + 40), roll.uniform(south, north, 4 * count + 40)
        if corners is not None:
            pick = roll.integers(0, 3, x.size)
            huddled = roll.random(x.size) < 0.6
            x = np.where(huddled, corners[0][pick] + roll.normal(0, 45, x.size), x)
            y = np.where(huddled, corners[1][pick] + roll.normal(0, 45, x.size), y)
        good = shapely.contains_xy(shape, x, y)
        if corners is None:
            corners = x[good][:3], y[good][:3]
            continue
        found_x, found_y = np.append(found_x, x[good]), np.append(found_y, y[good])
    return found_x[:count], found_y[:count]


def enterprise_ledger(street: Street, firms: Firms, handed_in: date) -> pa.Table:
    """企业台账: one row per enterprise, with the names and numbers of people an office would write into it."""
    here = np.flatnonzero(~firms.is_shop)
    roll = dice("enterprise ledger")
    size = here.size
    chemical = firms.trade[here] == CHEMICAL_TRADE
    risk = np.where(chemical, roll.integers(0, 2, size), choose(roll, [0.5, 5, 30, 65], size))
    officer = words(
        vocabulary.people("officers", size), np.where(roll.random(size) < 0.93, np.arange(size), -1)
    )
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
            "行业类别": words(tuple(vocabulary.FIRM_TRADES), firms.trade[here]),
            "是否规上": yes_no(firms.staff[here] > 120),
            "职工人数": counts(firms.staff[here]),
            "法定代表人": pa.array(vocabulary.people("owners", size)),
            "联系电话": pa.array(vocabulary.phones("owners", size)),
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
            "业态": words(tuple(vocabulary.SHOP_TRADES), firms.trade[here]),
            "从业人数": counts(firms.staff[here]),
            "经营者": pa.array(vocabulary.people("keepers", size)),
            "手机号": pa.array(vocabulary.phones("keepers", size)),
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
