"""Whether one order of visits finds hazards earlier than another, and whether that is more than chance."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime

import numpy as np
import pandas as pd

from queries.rounds import replay
from queries.rounds.replay import Finds, Floats, History

# Fixed, so that a page says the same whenever it is opened.
SEED = 20_180_612
SHUFFLES, FLIPS = 400, 2000
CHANCE = (2.5, 97.5)
FEWEST = 30
LEVELS = {"all": "found_count", "major": "found_major"}


@dataclass(frozen=True)
class Compared:
    """One line of `rounds.back_test`."""

    compared_order: str
    found_level: str
    replayed_count: int
    compared_wait: float | None
    suggested_wait: float | None
    days_earlier: float | None
    chance_low: float | None
    chance_high: float | None
    back_test_verdict: str
    measured_from_on: datetime
    measured_to_on: datetime


def compared(rows: pd.DataFrame, run_out_days: int) -> pd.DataFrame:
    """The answer of `back_test.sql`, a line for each order and level; none where too few days are told."""
    lines = list(_lines(rows, run_out_days)) if rows["round_on"].nunique() > run_out_days else []
    return pd.DataFrame(map(astuple, lines), columns=[field.name for field in fields(Compared)])


def _lines(rows: pd.DataFrame, run_out_days: int) -> Iterator[Compared]:
    told = replay.history(rows)
    suggested = replay.replay(told, replay.suggested(told))
    oldest = replay.replay(told, replay.oldest_first)
    dice = np.random.default_rng(SEED)
    is_enough = rows["found_count"].sum() >= FEWEST
    by_chance = [replay.shuffled(told, dice) for _ in range(SHUFFLES if is_enough else 0)]
    days = rows["round_on"].iloc[0], rows["round_on"].iloc[-1] - pd.Timedelta(days=run_out_days)
    for level, counted in LEVELS.items():
        found = replay.finds(rows, counted, told)
        if found.total < FEWEST:
            for order in ("oldest", "random", "actual"):
                yield Compared(order, level, found.total, None, None, None, None, None, "too_few", *days)
            continue
        ours = replay.found_on(suggested, found)
        luck = np.array([found.mean(replay.found_on(each, found)) for each in by_chance])
        by_age, as_it_was = replay.found_on(oldest, found), found.day.astype(np.float64)
        for order, theirs, chance in (
            ("oldest", found.mean(by_age), _by_swapping(told, found, by_age - ours)),
            ("random", float(luck.mean()), np.percentile(luck.mean() - luck, CHANCE)),
            ("actual", found.mean(as_it_was), _by_swapping(told, found, as_it_was - ours)),
        ):
            yield _compared(order, level, found, theirs, found.mean(ours), chance, *days)


def _compared(
    order: str,
    level: str,
    found: Finds,
    theirs: float,
    ours: float,
    chance: Floats,
    since: datetime,
    until: datetime,
) -> Compared:
    low, high = map(float, chance)
    # each day from the first possible one to the one it was found on is as likely
    began = found.mean((found.possible_from + found.day) / 2)
    earlier = theirs - ours
    verdict = "earlier" if earlier > high else "later" if earlier < low else "no_difference"
    return Compared(
        order, level, found.total, theirs - began, ours - began, earlier, low, high, verdict, since, until
    )


def _by_swapping(told: History, found: Finds, earlier: Floats) -> Floats:
    """How far the mean goes by chance: two orders trade names, community by community and week by week."""
    block = told.community[found.grid] * told.day_count + found.day // 7
    gains = np.bincount(np.unique(block, return_inverse=True)[1], earlier * found.count)
    dice = np.random.default_rng(SEED)
    signs = dice.integers(0, 2, (FLIPS, gains.size), np.int8) * np.int8(2) - np.int8(1)
    return np.asarray(np.percentile(signs @ gains / found.total, CHANCE), np.float64)
