"""What becomes of a hazard once it is reported: filed, dispatched, handled, checked, closed, or not."""

from dataclasses import dataclass

import numpy as np

from data.demo.columns import DAY, MINUTE, NEVER, Flags, Floats, Integers
from data.demo.kinds import DUE_WORKDAYS, UNIT_DELAY
from data.demo.rhythm import HOURS_A_DAY, Rhythm
from data.demo.street import Street

SOURCES = ("巡查", "自查", "互查", "随手拍", "移动网格员", "联合执法", "热线", "上级交办", "其他")
PATROL, SELF_CHECK, MUTUAL, SNAP, RIDER, JOINT, HOTLINE, SUPERIOR, OTHER = range(len(SOURCES))
ON_THE_SPOT = np.array([0.27, 0.34, 0.2, 0.04, 0.07, 0.06, 0.02, 0.0, 0.08])
VOIDED = np.array([0.012, 0.01, 0.01, 0.045, 0.03, 0.008, 0.035, 0.002, 0.02])
GENERAL, LARGER, MAJOR = range(3)
HASTY_DAYS, HASTY_SHARE = 4, 0.4


@dataclass(frozen=True)
class Cases:
    """What is known of hazards when they are reported, as arrays of equal length; moments in seconds."""

    reported: Integers
    grid: Integers
    kind: Integers
    level: Integers
    source: Integers
    unit: Integers


@dataclass(frozen=True)
class Lives:
    """What happened to each case up to the last hour of data; NEVER where it has not. Days since 1970."""

    filed: Integers
    dispatched: Integers
    handled_first: Integers
    handled: Integers
    verified: Integers
    closed: Integers
    due: Integers
    extended: Integers
    voided: Integers
    is_suspended: Flags
    is_self_handled: Flags
    is_hasty: Flags
    rework: Integers


def live(cases: Cases, street: Street, rhythm: Rhythm, lingers: Floats, roll: np.random.Generator) -> Lives:
    """Play every case forward from its report to the last hour of data.

    `lingers` is how long a case that is late, or only waits for its check, lies about against the usual.
    """
    size = cases.reported.size
    chance = roll.random((6, size))
    on_spot = (chance[0] < ON_THE_SPOT[cases.source]) & (cases.level == GENERAL)
    is_void = ~on_spot & (chance[1] < VOIDED[cases.source])
    hasty = _hasty(cases, street, rhythm, roll) & ~on_spot & ~is_void
    filed_hours = rhythm.working_hours(cases.reported) + roll.exponential(
        np.where(cases.source == PATROL, 0.7, 1.8)
    )
    filed = np.where(on_spot | hasty, cases.reported + 2 * MINUTE, rhythm.moment(filed_hours))
    limit = np.where(cases.level == MAJOR, 40, DUE_WORKDAYS[cases.kind])
    due = np.where(on_spot | is_void, NEVER, rhythm.workday(filed_hours, limit))
    deadline = (np.floor(filed_hours / HOURS_A_DAY) + limit + 1) * HOURS_A_DAY
    dispatched_hours = filed_hours + 0.1 + roll.exponential(1.3, size)

    handled_hours, late = _handling(cases, street, rhythm, dispatched_hours, deadline, lingers, roll)
    extended, handled_hours = _extension(rhythm, filed_hours, limit, late, handled_hours, roll)
    suspended = (chance[2] < 0.012) & ~on_spot & ~is_void & ~hasty
    release = dispatched_hours + HOURS_A_DAY * (25 + roll.exponential(150, size))
    # Whoever lets a case rest sets it a new limit when it is taken up again.
    extended = np.where(suspended, rhythm.workday(release, np.full(size, 5)), extended)
    handled_hours = np.where(suspended, release, handled_hours)
    rework = np.where((chance[3] < 0.047) & ~hasty & ~on_spot, 1 + (chance[4] < 0.16) + (chance[4] < 0.03), 0)
    again = handled_hours + rework * HOURS_A_DAY * (0.4 + roll.lognormal(0.6, 0.6, size))
    verified_hours = again + 0.3 + roll.exponential(0.8 * HOURS_A_DAY, size)
    # Some cases lie about after handling, some are never touched again; both weigh on the open stock.
    verified_hours = np.where(
        chance[5] < 0.062,
        verified_hours + HOURS_A_DAY * roll.exponential(160, size) * lingers,
        verified_hours,
    )
    closed_hours = verified_hours + 0.1 + roll.exponential(0.35 * HOURS_A_DAY, size)

    quick = roll.integers(4, 45, size) * MINUTE
    paper = roll.integers(2, 6, size) * MINUTE
    short = [
        filed + np.where(hasty, paper, quick) + step * np.where(hasty, 2, 9) * MINUTE for step in range(3)
    ]
    at_once = on_spot | hasty
    handled_first = np.where(at_once, short[0], rhythm.moment(handled_hours))
    handled = np.where(at_once, short[0], np.where(rework > 0, rhythm.moment(again), handled_first))
    verified = np.where(at_once, short[1], rhythm.moment(verified_hours))
    closed = np.where(at_once, short[2], rhythm.moment(closed_hours))
    dispatched = np.where(hasty, filed + MINUTE, rhythm.moment(dispatched_hours))
    dispatched = np.where(on_spot | is_void, NEVER, dispatched)
    rejected = is_void & (chance[0] < 0.5)
    filed = np.where(rejected, NEVER, filed)
    gone = rhythm.moment(filed_hours + roll.exponential(6, size))

    def seen(moments: Integers, unless: Flags) -> Integers:
        return rhythm.happened(np.where(unless, NEVER, moments // MINUTE * MINUTE))

    filed, first, done = seen(filed, rejected), seen(handled_first, is_void), seen(handled, is_void)
    closed = seen(closed, is_void)
    return Lives(
        filed,
        seen(dispatched, dispatched == NEVER),
        first,
        done,
        seen(verified, is_void),
        closed,
        np.where(filed == NEVER, NEVER, due),
        np.where((filed == NEVER) | at_once | is_void | (suspended & (done == NEVER)), NEVER, extended),
        seen(gone, ~is_void),
        suspended & (done == NEVER) & (filed != NEVER) & (filed < rhythm.cut - 20 * DAY),
        on_spot,
        hasty,
        np.where(first == NEVER, 0, np.where(done == NEVER, np.minimum(rework, 1), rework)),
    )


def _hasty(cases: Cases, street: Street, rhythm: Rhythm, roll: np.random.Generator) -> Flags:
    """Cases of the hasty grids in the last days of a month: closed on paper within minutes."""
    day = cases.reported // DAY
    month_of = day.view("M8[D]").astype("M8[M]")
    left = (month_of + 1).astype("M8[D]").view(np.int64) - day
    return np.isin(cases.grid, street.hasty) & (left <= HASTY_DAYS) & (roll.random(day.size) < HASTY_SHARE)


def _handling(
    cases: Cases,
    street: Street,
    rhythm: Rhythm,
    start: Floats,
    deadline: Floats,
    lingers: Floats,
    roll: np.random.Generator,
) -> tuple[Floats, Flags]:
    """When each case is first handled, in office hours, and whether that is after its deadline."""
    size = start.size
    day = cases.reported // DAY
    k = rhythm.lunar_offset[rhythm.at(day)]
    # Holidays and the rush before them cost punctuality; practice has improved it slowly over the years.
    rush = np.where((k >= -14) & (k <= 8), 0.06, 0.0) + 0.012 * (rhythm.days[-1] - day) / 365.25
    chance = np.clip(UNIT_DELAY[cases.unit] * 0.82 + street.delay[cases.grid] + rush, 0.02, 0.5)
    late = roll.random(size) < np.where(cases.level == MAJOR, 0.05, chance)
    share = np.where(roll.random(size) < 0.55, roll.beta(1.2, 3.6, size), roll.beta(3.0, 1.3, size))
    in_time = start + np.maximum(deadline - start, 0.5) * np.minimum(share, 0.985)
    tail = roll.random(size)
    over = np.where(tail < 0.5, roll.lognormal(3.4, 1.15, size), roll.lognormal(1.1, 1.0, size))
    over = np.where(tail < 0.035, roll.exponential(800, size), over)
    return np.where(late, np.maximum(deadline, start) + HOURS_A_DAY * over * lingers, in_time), late


def _extension(
    rhythm: Rhythm, filed: Floats, limit: Integers, late: Flags, handled: Floats, roll: np.random.Generator
) -> tuple[Integers, Floats]:
    """Until which day a case was extended (mostly ones that would be late), and when it is handled."""
    granted = roll.random(late.size) < np.where(late, 0.2, 0.011)
    more = np.array([3, 5, 7, 10])[roll.integers(0, 4, late.size)]
    kept = granted & late & (roll.random(late.size) < 0.8)
    base = (np.floor(filed / HOURS_A_DAY) + limit + 1) * HOURS_A_DAY
    handled = np.where(kept, base + more * HOURS_A_DAY * roll.beta(2, 1.4, late.size), handled)
    return np.where(granted, rhythm.workday(filed, limit + more), NEVER), handled
