"""Which shops have closed, and from when on nobody calls at a subject any more."""

from dataclasses import dataclass

import numpy as np

from data.colouring.material import FAR
from data.demo.columns import Integers, choose
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.seed import dice

STATES = ("营业", "装修", "停业", "空铺")
CLOSED = (2, 3)
CLOSED_DAYS_AGO = (15, 700)


@dataclass(frozen=True)
class Tenure:
    """Of every subject its state (a place in STATES), since when, and from when on nobody calls there.

    `since` is FAR where the register does not say, `shut_from` where the subject is open.
    """

    state: Integers
    since: Integers
    shut_from: Integers


def tenure(firms: Firms, planted: Planted) -> Tenure:
    """How the shops stand on the last day; enterprises are all open."""
    roll = dice("tenure")
    free = firms.is_shop & ~planted.is_planted
    state = np.where(free, choose(roll, [93, 2, 3, 2], firms.size), 0)
    since = planted.last - roll.integers(*CLOSED_DAYS_AGO, firms.size)
    for at, story in planted.stories:
        if story.state:
            state[at], since[at] = STATES.index(story.state), planted.last - story.state_ago
    since = np.where(np.isin(state, CLOSED), since, FAR)
    return Tenure(state, since, np.minimum(since, planted.unseen_from))
