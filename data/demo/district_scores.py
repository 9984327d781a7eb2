"""五好评分: how each market district was scored, month by month, on five things it should be good at."""

import numpy as np
import pyarrow as pa

from data.demo.columns import figures
from data.demo.rhythm import Rhythm
from data.demo.seed import dice
from data.demo.street import Street

GOOD_AT = ("环境好", "秩序好", "经营好", "服务好", "安全好")
FULL = 20.0


def districts(street: Street) -> list[str]:
    """The market districts: one in every community that lives by its shops."""
    return [
        f"{each.name.removesuffix('社区')}商圈"
        for each in street.communities
        if each.character == "commercial"
    ]


def ledger(street: Street, rhythm: Rhythm) -> pa.Table:
    """五好评分: a row per district and month that is over."""
    roll = dice("district scores")
    names, months = districts(street), rhythm.months[:-1]
    level = roll.normal(16.4, 0.9, (len(names), 1, len(GOOD_AT)))
    drift = np.cumsum(roll.normal(0.02, 0.28, (len(names), len(months), len(GOOD_AT))), axis=1)
    noise = roll.normal(0, 0.35, drift.shape)
    scores = np.clip(np.round((level + drift + noise) * 2) / 2, 8, FULL)
    scores = np.moveaxis(scores, 0, 1).reshape(-1, len(GOOD_AT))
    return pa.table(
        {
            "商圈": pa.array(names * len(months), pa.string()),
            "评分月份": pa.array(
                [f"{year}年{month}月" for year, month in months for _ in names], pa.string()
            ),
            **{title: figures(scores[:, place].copy()) for place, title in enumerate(GOOD_AT)},
        }
    )
