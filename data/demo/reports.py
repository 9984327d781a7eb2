"""群众上报: what residents and riders sent in, what of it became a hazard and what did not."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    Column,
    Flags,
    Floats,
    Integers,
    blank,
    choose,
    counts,
    figures,
    joined,
    moments,
    numbered,
    words,
    yes_no,
)
from data.demo.hazards import Hazards
from data.demo.kinds import KINDS, UNITS
from data.demo.lifecycle import RIDER, SNAP
from data.demo.patrols import SILENT_DAYS
from data.demo.places import Places
from data.demo.rhythm import Rhythm
from data.demo.seed import dice
from data.demo.street import GRID_COUNT, Street, street
from data.demo.terrain import degrees

RIDERS, RESIDENTS = 187, 620
ACTIVE_RIDERS = 0.72
# Reports that lead nowhere, for each that becomes a hazard: unfounded, or not the street's business.
IDLE_SHARE = {SNAP: 0.18, RIDER: 0.1}
# How often a day somebody reports again what is reported and still there: in a usual grid, in a shy one.
REPEATS_A_DAY, SHY_REPEATS_A_DAY, SHY_GRIDS = 0.035, 0.006, 9
PLATFORMS = ("蓝骑配送", "橙袋外卖", "飞燕速递", "邻里快送")
PEOPLE_KINDS = ("居民", "职工", "商户")
STATES = ("待处理", "处理中", "已处理", "已办结", "不属实", "重复上报")
ANSWERS = ("满意", "基本满意", "不满意", "未接通", "拒答")
RESULTS = ("已派单处置完毕", "已现场整改", "已联系责任人整改")


@dataclass(frozen=True)
class Reports:
    """One month's reports of one channel, in order of time; moments in seconds, NEVER where not happened.

    What repeats a report of the month stands with it, whenever it came; `repeats` is its number, or -1.
    """

    channel: int
    number: Integers
    reported: Integers
    place: Integers
    kind: Integers
    reporter: Integers
    dispatched: Integers
    handled: Integers
    feedback: Integers
    unit: Integers
    state: Integers
    points: Integers
    repeats: Integers
    is_known_valid: Flags
    is_pending: Flags
    x: Floats
    y: Floats


@cache
def voices() -> Floats:
    """How keen the people of each grid are to report: repeated reports a day of what is still there."""
    roll = dice("voices")
    pace = REPEATS_A_DAY * roll.lognormal(0, 0.55, GRID_COUNT)
    pace[roll.choice(GRID_COUNT, SHY_GRIDS, replace=False)] = SHY_REPEATS_A_DAY
    return np.asarray(pace)


def month(
    channel: int, year: int, month_number: int, hazards: Hazards, places: Places, rhythm: Rhythm
) -> Reports:
    """The month's reports by residents (SNAP) or riders (RIDER)."""
    roll = dice("reports", channel, year, month_number)
    real = np.flatnonzero(hazards.cases.source == channel)
    lives = hazards.lives
    idle = np.flatnonzero(roll.random(real.size) < IDLE_SHARE[channel])
    again, again_at = _repeats(hazards, real, places, rhythm, roll)
    source = np.concatenate([real, real[idle], real[again]])
    is_real = np.arange(source.size) < real.size
    is_repeat = np.arange(source.size) >= real.size + idle.size
    reported = hazards.cases.reported[source] - np.where(
        is_real, roll.integers(0, 6, source.size) * MINUTE, 0
    )
    stray = (roll.integers(1, 60, source.size) * HOUR).astype(np.int64)
    reported = np.where(is_real, reported, np.minimum(reported + stray, rhythm.cut))
    # Reports are made by people who are awake.
    night = (reported % DAY > 22.8 * HOUR) | (reported % DAY < 6.2 * HOUR)
    reported = np.where(night & ~is_real, np.minimum(reported // DAY * DAY + 12 * HOUR, rhythm.cut), reported)
    reported[is_repeat] = again_at
    size = source.size
    dispatched = np.where(is_real, lives.dispatched[source], NEVER)
    handled = np.where(is_real, lives.handled[source], NEVER)
    answered = np.where(is_real, handled, reported) + (roll.lognormal(1.6, 1.1, size) * HOUR).astype(np.int64)
    answered = np.where(is_real & (handled == NEVER), NEVER, answered)
    answered = rhythm.happened(np.where(roll.random(size) < 0.06, NEVER, answered))
    pending = (reported > rhythm.cut - 2 * DAY) & (dispatched == NEVER) & (handled == NEVER)
    is_void = lives.voided[source] != NEVER
    valid = is_real & ~is_void
    done = np.where(lives.closed[source] != NEVER, 3, 2)
    state = np.where(handled != NEVER, done, np.where(dispatched != NEVER, 1, 0))
    state = np.where(valid | pending, state, np.where(is_repeat, 5, 4))
    many = RESIDENTS if channel == SNAP else round(RIDERS * ACTIVE_RIDERS)
    reporter = np.minimum((roll.random(size) ** 1.9 * many).astype(np.int64), many - 1)
    order = np.argsort(reported, kind="stable")
    number = (year * 100 + month_number) * 100_000 + np.arange(1, size + 1)
    first = np.full(size, -1)
    first[is_repeat] = number[np.argsort(order)][again]
    first[pending] = -1
    points = np.where(valid & (handled != NEVER), np.array([5, 5, 10, 20])[roll.integers(0, 4, size)], 0)
    at = source[order]
    unit = np.where(valid, hazards.cases.unit[source], -1)
    return Reports(
        channel,
        number,
        reported[order] // MINUTE * MINUTE,
        hazards.place[at],
        hazards.cases.kind[at],
        reporter[order],
        dispatched[order],
        handled[order],
        answered[order],
        unit[order],
        state[order],
        points[order],
        first[order],
        valid[order],
        pending[order],
        hazards.x[at] + roll.normal(0, 3, size),
        hazards.y[at] + roll.normal(0, 3, size),
    )


def _repeats(
    hazards: Hazards, real: Integers, places: Places, rhythm: Rhythm, roll: np.random.Generator
) -> tuple[Integers, Integers]:
    """Which of the reports are made again before they are handled, and when: at a pace of each grid's own."""
    lives = hazards.lives
    since = hazards.cases.reported[real]
    until = np.where(lives.handled[real] == NEVER, rhythm.cut, lives.handled[real])
    passed = np.where(lives.voided[real] == NEVER, np.maximum(until - since, 0), 0)
    pace = voices()[places.grid[hazards.place[real]]]
    again = np.repeat(np.arange(real.size), roll.poisson(pace * passed / DAY))
    moment = since[again] + 1 + (passed[again] * roll.random(again.size)).astype(np.int64)
    heard = ~_is_muted(places.grid[hazards.place[real]][again], moment, rhythm)
    again, moment = again[heard], moment[heard]
    by_day = moment // DAY * DAY + (roll.uniform(7, 22, again.size) * HOUR).astype(np.int64)
    is_within = (by_day > since[again]) & (by_day < until[again])
    return again, np.where(is_within, by_day, moment)


def _is_muted(grid: Integers, moment: Integers, rhythm: Rhythm) -> Flags:
    """Whether it would be said in the silent grid while it is silent."""
    return np.asarray((grid == street().silent) & (rhythm.days[-1] - moment // DAY < SILENT_DAYS))


def _wording(reports: Reports, places: Places) -> pa.Array:
    roll = dice("wording", reports.channel, int(reports.number[0]) if reports.number.size else 0)
    faults = [f"{part}{text}" for kind in KINDS for part, text in kind.faults]
    size = np.array([len(kind.faults) for kind in KINDS])
    at = (np.cumsum(size) - size)[reports.kind] + roll.integers(0, 1 << 20, reports.kind.size) % size[
        reports.kind
    ]
    return joined(words(places.names, reports.place), words(faults, at))


def _first(prefix: str, reports: Reports) -> Column:
    """The number of the report that is repeated; blank where none is."""
    return blank(numbered(prefix, reports.repeats), reports.repeats < 0)


def snap_ledger(reports: Reports, street: Street, places: Places) -> pa.Table:
    """随手拍上报: one row per report of a resident."""
    roll = dice("snap ledger", int(reports.number[0]) if reports.number.size else 0)
    size, grid = reports.number.size, places.grid[reports.place]
    lon, lat = degrees(reports.x, reports.y)
    finished = reports.feedback != NEVER
    unplaced = roll.random(size) < 0.12
    return pa.table(
        {
            "上报编号": numbered("SP", reports.number),
            "重复上报编号": _first("SP", reports),
            "上报时间": moments(reports.reported),
            "上报人": words(persons.names("residents", RESIDENTS), reports.reporter),
            "手机号": words(persons.phones("residents", RESIDENTS), reports.reporter),
            "人员类型": words(PEOPLE_KINDS, reports.reporter * 7 % 11 // 5),
            "问题类型": words([kind.name for kind in KINDS], reports.kind),
            "问题描述": _wording(reports, places),
            "地址": words(places.names, reports.place),
            "经度（WGS-84）": figures(lon, unplaced),
            "纬度（WGS-84）": figures(lat, unplaced),
            "社区": words([each.name for each in street.communities], street.community_of[grid]),
            "网格编码": words([each.code for each in street.grids], grid),
            "是否有效": yes_no(reports.is_known_valid, reports.is_pending),
            "责任单位": words(UNITS, reports.unit),
            "派单时间": moments(reports.dispatched),
            "处理时间": moments(reports.handled),
            "反馈时间": moments(reports.feedback),
            "处理结果": words(RESULTS, np.where(reports.handled != NEVER, roll.integers(0, 3, size), -1)),
            "奖励积分": counts(reports.points),
            "状态": words(STATES, reports.state),
            "评价": words(
                ANSWERS,
                np.where(finished & (roll.random(size) < 0.72), choose(roll, (66, 12, 6, 12, 4), size), -1),
            ),
        }
    )


def rider_ledger(reports: Reports, street: Street, places: Places) -> pa.Table:
    """骑手上报: one row per report of a rider (移动网格员)."""
    grid = places.grid[reports.place]
    riders = round(RIDERS * ACTIVE_RIDERS)
    return pa.table(
        {
            "编号": numbered("QS", reports.number),
            "合并至": _first("QS", reports),
            "上报时间": moments(reports.reported),
            "骑手编号": words([f"R{at + 1:03d}" for at in range(riders)], reports.reporter),
            "骑手姓名": words(persons.names("riders", riders), reports.reporter),
            "所属平台": words(PLATFORMS, reports.reporter % len(PLATFORMS)),
            "问题类型": words([kind.name for kind in KINDS], reports.kind),
            "问题描述": _wording(reports, places),
            "位置": words(places.names, reports.place),
            "社区": words([each.name for each in street.communities], street.community_of[grid]),
            "网格编码": words([each.code for each in street.grids], grid),
            "是否有效": yes_no(reports.is_known_valid, reports.is_pending),
            "处置单位": words(UNITS, reports.unit),
            "派单时间": moments(reports.dispatched),
            "处置时间": moments(reports.handled),
            "反馈时间": moments(reports.feedback),
            "积分": counts(reports.points),
            "状态": blank(words(STATES, reports.state), reports.is_pending),
        }
    )
