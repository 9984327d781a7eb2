"""Places where things are found: firms, shops, dwellings, dormitories, roads; some again and again."""

from dataclasses import dataclass, replace

import numpy as np

from data.colouring.material import FAR
from data.demo.columns import Flags, Floats, Integers, choose
from data.demo.firms import Firms, scatter
from data.demo.seed import dice
from data.demo.street import Street

ENTERPRISE, KITCHEN, SHOP, DWELLING, DORMITORY, ROAD = range(6)
ESTATES = ("禾苑", "澜庭", "锦园", "云居", "鹤苑", "麦田里", "青枫里", "石桥里", "长堤苑", "集贤里")
CORNERS = ("路口", "农贸市场北侧", "公交站", "口袋公园", "停车场", "河边步道", "背街小巷", "垃圾房旁")
HOT_SPOTS, HOT_REACH_M = 38, 95.0
MARKET_HEAT, MARKET_REACH_M = 3.5, 800.0
CATERING_TRADE = 0


@dataclass(frozen=True)
class Places:
    """Every place, grid by grid. `subject` is its enterprise or shop, or -1; `pull`: how much is found.

    From the day `shut_from` on nobody calls there; where `is_kept`, nothing is ever found by chance.
    """

    names: list[str]
    grid: Integers
    kind: Integers
    subject: Integers
    x: Floats
    y: Floats
    pull: Floats
    edges: Floats
    shut_from: Integers
    is_kept: Flags

    def closed(self, shut_from: Integers, is_kept: Flags) -> "Places":
        """The places, those of enterprises and shops shut and kept as is told of each of these."""
        known, subject = self.subject >= 0, np.maximum(self.subject, 0)
        return replace(
            self,
            shut_from=np.where(known, shut_from[subject], FAR),
            is_kept=known & is_kept[subject],
        )

    def draw(self, grids: Integers, roll: np.random.Generator) -> Integers:
        """A place in each of the given grids, the more often the more it pulls."""
        low, high = self.edges[grids], self.edges[grids + 1]
        inner = np.cumsum(self.pull)
        found = np.searchsorted(inner, low + roll.random(grids.size) * (high - low), side="right")
        return np.minimum(found, self.grid.size - 1).astype(np.int64)


def settle(street: Street, firms: Firms, growth: float) -> Places:
    """All the places of the street; hot spots lie around a few dozen points and stay there for years."""
    roll = dice("places")
    public = round(3_200 * growth)
    people = np.array([grid.population for grid in street.grids], np.float64)
    grid = np.sort(choose(roll, people, public))
    factory = np.array(
        [street.communities[each.community].character == "industrial" for each in street.grids]
    )
    kind = choose(roll, [0, 0, 0, 62, 10, 28], public)
    kind = np.where(factory[grid] & (roll.random(public) < 0.3), DORMITORY, kind)
    x, y = scatter(street, grid, roll)
    names = [
        _name(int(a), int(b), int(c))
        for a, b, c in zip(kind, grid, roll.integers(0, 9_999, public), strict=True)
    ]
    kitchen = firms.is_shop & (firms.trade == CATERING_TRADE)
    firm_kind = np.where(kitchen, KITCHEN, np.where(firms.is_shop, SHOP, ENTERPRISE))

    all_grids = np.concatenate([firms.grid, grid])
    order = np.argsort(all_grids, kind="stable")
    all_names = [*firms.names, *names]
    all_kinds = np.concatenate([firm_kind, kind])[order]
    all_x, all_y = np.concatenate([firms.x, x])[order], np.concatenate([firms.y, y])[order]
    usual = np.array([2.0, 2.2, 1.1, 0.8, 1.6, 0.7])[all_kinds] * roll.lognormal(0, 0.7, order.size)
    subject = np.concatenate([np.arange(firms.size), np.full(public, -1)])[order]
    careless = np.exp(-0.5 * np.where(subject >= 0, firms.care[np.maximum(subject, 0)], 0.0))
    pull = usual * careless * _heat(all_x, all_y, roll)
    sorted_grids = all_grids[order]
    edges = np.concatenate([[0.0], np.cumsum(pull)])[
        np.searchsorted(sorted_grids, np.arange(len(street.grids) + 1))
    ]
    return Places(
        [all_names[at] for at in order],
        sorted_grids,
        all_kinds,
        subject,
        all_x,
        all_y,
        pull,
        edges,
        np.full(order.size, FAR),
        np.zeros(order.size, np.bool_),
    )


def _heat(x: Floats, y: Floats, roll: np.random.Generator) -> Floats:
    """How much hotter than usual each place is, from the hot spots around it."""
    heat = np.ones(x.size)
    for centre, strength in zip(
        roll.integers(0, x.size, HOT_SPOTS), 1.5 + roll.pareto(1.6, HOT_SPOTS), strict=True
    ):
        distance = np.hypot(x - x[centre], y - y[centre])
        heat += min(float(strength), 14.0) * np.exp(-((distance / HOT_REACH_M) ** 2))
    # Around the old market the whole quarter is warm, so that a map of hot spots has one to find.
    market = int(np.argmax(heat))
    distance = np.hypot(x - x[market], y - y[market])
    return np.asarray(heat * (1 + MARKET_HEAT * np.exp(-((distance / MARKET_REACH_M) ** 2))))


def _name(kind: int, grid: int, number: int) -> str:
    if kind == ROAD:
        return f"{ESTATES[grid % len(ESTATES)]}{CORNERS[number % len(CORNERS)]}"
    if kind == DORMITORY:
        return f"职工宿舍{number % 38 + 1}号楼"
    return f"{ESTATES[(grid + number % 3) % len(ESTATES)]}{number % 46 + 1}幢"
