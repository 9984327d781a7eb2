"""When a better colour comes: the looks ahead, with what is put right tomorrow and what lapses by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from data.colouring import calendar, track
from data.colouring.evaluating import look_on
from data.colouring.fixes import Move
from data.colouring.material import Material, Spells
from data.colouring.spells import Points
from data.colouring.track import Standing
from data.rules import COLOURS, UNRATED, Rule

MONTHS_AHEAD = 24


def lapses(told: Material, fact: str, day: int, units: int) -> int | None:
    """The day by which so many units of those on `day` have lapsed by themselves; None: they do not."""
    spells = told.of(fact)
    there = (spells.since <= day) & (spells.until > day)
    ends = np.repeat(spells.until[there], spells.units[there])
    ends.sort()
    return int(ends[units - 1]) if units <= ends.size else None


def put_right(told: Material, moves: Sequence[Move], day: int) -> Material:
    """What is known of one subject if these moves are made on `day`; what is waited for lapses by itself."""
    changed = dict(told.spells)
    for move in moves:
        if not move.is_wait:
            changed[move.fact] = _ended(told.of(move.fact), move.units, day)
    return replace(told, spells=changed)


def earliest(rule: Rule, told: Material, standing: Standing, day: int) -> Mapping[str, int]:
    """The first day after `day` on which one subject is given each better colour.

    It is looked at the day after and monthly. `told` holds one subject, `standing` is after its look on or
    before `day`. A colour that does not come within MONTHS_AHEAD months is not in the answer.
    """
    until = day + 31 * MONTHS_AHEAD
    days = np.unique([day + 1, *calendar.month_days(day, until, rule.day_of_month)])
    points = Points(np.zeros(days.size, np.int64), days)
    seen, _ = look_on(rule, told, points)
    found: dict[str, int] = {}
    now, began = standing, int(standing.colour[0])
    for at, today in enumerate(days.tolist()):
        now = track.step(rule, now, np.array([today]), seen.candidates[at : at + 1], seen.scores[at : at + 1])
        colour = int(now.colour[0])
        if colour != UNRATED and colour < began:
            for better in range(colour, began):
                found.setdefault(COLOURS[better], today)
    return found


def _ended(spells: Spells, units: int, day: int) -> Spells:
    """The spells with so many units of those that hold on `day` ended the next day, the longest open first.

    A spell of several units of which some remain is told as two.
    """
    rows: list[tuple[int, int, int, int]] = []
    for at in np.argsort(spells.since, kind="stable").tolist():
        who, since, until, count = (
            int(each[at]) for each in (spells.subjects, spells.since, spells.until, spells.units)
        )
        ended = min(units, count) if since <= day < until else 0
        units -= ended
        rows += [(who, since, day + 1, ended)] if ended else []
        rows += [(who, since, until, count - ended)] if count > ended else []
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    return Spells(columns[0], columns[1], columns[2], columns[3])
