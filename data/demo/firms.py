"""The street's enterprises and shops: who they are, where they stand, how well they are run."""

from dataclasses import dataclass

import numpy as np
import shapely

from data.demo import persons, trades
from data.demo.columns import Flags, Floats, Integers, choose
from data.demo.seed import dice
from data.demo.street import Street

ENTERPRISES, SHOPS = 480, 720
# Shapes are drawn in from the grid's edge, so that a point written a few metres off still lies in its grid.
INSET_M = 14.0
CHEMICAL_TRADE, AGENCY_TRADE = 11, 9


@dataclass(frozen=True)
class Firms:
    """Enterprises first, then shops, in the same order throughout. `care`: how well each is run."""

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
    firm_trade = choose(roll, trades.FIRM_TRADE_WEIGHTS, firm_count)
    shop_trade = choose(roll, trades.SHOP_TRADE_WEIGHTS, shop_count)
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
        trades.firm_names(firm_trade) + trades.shop_names(shop_trade),
        persons.credit_codes("all", firm_count + shop_count),
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
