"""人口流动日报: how many of the floating population left or came back, day by day, community by community."""

from datetime import date

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import Integers, counts, days, words
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.workers import LEAVING, RETURNING, day_in

LEAVE, RETURN, STAY = range(3)
DIRECTIONS = ("返乡", "返岗", "留守")
TOLD_PROVINCES = 10
LEAVE_SHARE = 0.64
SEASON_FROM, SEASON_UNTIL = -40, 40
ORDINARY_SHARE = 0.0012
BEFORE_HOLIDAY, AFTER_HOLIDAY = 7.0, 6.0


def ledger(street: Street, rhythm: Rhythm, since: date, until: date) -> pa.Table:
    """One row per day, community, direction and (in the season) province with at least one person."""
    parts = [_season(street, rhythm, festival) for festival in rhythm.festivals]
    parts.append(_rest(street, rhythm))
    day, community, direction, province, people = (np.concatenate(each) for each in zip(*parts, strict=True))
    keep = (people > 0) & (day >= number(since)) & (day <= number(until))
    order = np.lexsort((province[keep], direction[keep], community[keep], day[keep]))
    day, community, direction, province, people = (
        each[keep][order] for each in (day, community, direction, province, people)
    )
    return pa.table(
        {
            "日期": days(day),
            "社区": words([each.name for each in street.communities], community),
            "流向": words(DIRECTIONS, direction),
            "户籍省份": words(persons.PROVINCES, province),
            "人数": counts(people),
        }
    )


Rows = tuple[Integers, Integers, Integers, Integers, Integers]


def _season(street: Street, rhythm: Rhythm, festival: date) -> Rows:
    roll = dice("flows", festival.year)
    floating = np.bincount(street.community_of, [grid.floating_population for grid in street.grids])
    weights = persons.PROVINCE_WEIGHTS[:TOLD_PROVINCES] / persons.PROVINCE_WEIGHTS[:TOLD_PROVINCES].sum()
    leavers = roll.poisson(np.outer(floating * LEAVE_SHARE * roll.lognormal(0, 0.04), weights))
    stayers = roll.poisson(np.outer(floating * (0.97 - LEAVE_SHARE), weights))
    community, province = (each.ravel() for each in np.indices(leavers.shape))
    person = np.repeat(np.arange(community.size), leavers.ravel())
    left = np.clip(np.rint(day_in(LEAVING, person.size, roll)), SEASON_FROM, 3).astype(np.int64)
    back = np.clip(np.rint(day_in(RETURNING, person.size, roll)), 1, SEASON_UNTIL).astype(np.int64)
    back = np.where(roll.random(person.size) < 0.05, SEASON_UNTIL + 1, back)
    span = SEASON_UNTIL - SEASON_FROM + 2
    rows = []
    for direction, offset in ((LEAVE, left), (RETURN, back)):
        cells = np.bincount(person * span + offset - SEASON_FROM, minlength=community.size * span)
        at = np.flatnonzero(cells)
        at = at[at % span < span - 1]
        day = number(festival) + at % span + SEASON_FROM
        rows.append(
            (day, community[at // span], np.full(at.size, direction), province[at // span], cells[at])
        )
    stay = np.full(community.size, STAY)
    rows.append((np.full(community.size, number(festival)), community, stay, province, stayers.ravel()))
    return tuple(np.concatenate(each) for each in zip(*rows, strict=True))  # type: ignore[return-value]


def _rest(street: Street, rhythm: Rhythm) -> Rows:
    """The rest of the year: a trickle, more before and after the long holidays; no provinces are told."""
    roll = dice("flows", "rest")
    floating = np.bincount(street.community_of, [grid.floating_population for grid in street.grids])
    at = rhythm.at(rhythm.days)
    offset = rhythm.lunar_offset[at]
    free = ~rhythm.worked[at] & (rhythm.weekday[at] < 5)
    before = np.concatenate([free[1:], [False]]) & ~free
    after = np.concatenate([[False], free[:-1]]) & ~free
    usual = (offset < SEASON_FROM) | (offset > SEASON_UNTIL)
    day = np.repeat(rhythm.days[usual], floating.size)
    community = np.tile(np.arange(floating.size), int(usual.sum()))
    rows = []
    for direction, swell in ((LEAVE, 1 + BEFORE_HOLIDAY * before), (RETURN, 1 + AFTER_HOLIDAY * after)):
        expected = np.outer(swell[usual], floating * ORDINARY_SHARE).ravel()
        people = roll.poisson(expected)
        rows.append((day, community, np.full(day.size, direction), np.full(day.size, -1), people))
    return tuple(np.concatenate(each) for each in zip(*rows, strict=True))  # type: ignore[return-value]
