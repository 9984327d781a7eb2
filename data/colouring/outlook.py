"""When a better colour comes: the looks ahead, with what is put right tomorrow and what lapses by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from data.colouring import calendar, track
from data.colouring.catalogue import facts as catalogue
from data.colouring.evaluating import look_on
from data.colouring.fixes import Move
from data.colouring.material import NONE, Material, Spells
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
    """What is known of one subject if these moves are made on `day`; what is waited for lapses by itself.

    `told` holds one subject, with rows. Of several units of a fact those that have been there longest are put
    right; whatever else the same row tells ends with them, or never begins.
    """
    changed = dict(told.spells)
    for move in moves:
        if move.is_wait:
            continue
        changed[move.fact], rows = _ended(changed.get(move.fact, NONE), move.units, day)
        for fact in catalogue()[move.fact].goes_with:
            if fact in changed:
                changed[fact] = _without(changed[fact], rows, day)
    return replace(told, spells=changed)


def earliest(rule: Rule, told: Material, standing: Standing, day: int) -> Mapping[str, int]:
    """The first day after `day` on which one subject is given each better colour, if nothing else happens.

    `told` holds one subject, `standing` is after its look on or before `day`; it is looked at whenever the
    rule says. A colour that does not come within MONTHS_AHEAD months is not in the answer.
    """
    due = calendar.points(told, (rule,), day + 31 * MONTHS_AHEAD)
    days = due.days[due.days > day]
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


def _ended(spells: Spells, units: int, day: int) -> tuple[Spells, set[int]]:
    """The spells with so many units of those that hold on `day` ended the next day, and the rows of these.

    A spell of several units of which some remain is told as two.
    """
    told: list[tuple[int, ...]] = []
    rows: set[int] = set()
    for who, since, until, count, row in _listed(spells):
        ended = min(units, count) if since <= day < until else 0
        units -= ended
        told += [(who, since, day + 1, ended, row)] if ended else []
        told += [(who, since, until, count - ended, row)] if count > ended else []
        rows |= {row} if ended == count and row >= 0 else set()
    return _spells(told), rows


def _without(spells: Spells, rows: set[int], day: int) -> Spells:
    """The spells with those of some rows gone after `day`."""
    return _spells(
        [
            (who, since, min(until, day + 1) if row in rows else until, units, row)
            for who, since, until, units, row in _listed(spells)
            if row not in rows or since <= day
        ]
    )


def _listed(spells: Spells) -> list[tuple[int, int, int, int, int]]:
    """Subject, since, until, units and row of every spell, the longest ago first."""
    rows = np.full(spells.units.size, -1) if spells.rows is None else spells.rows
    columns = (spells.subjects, spells.since, spells.until, spells.units, rows)
    order = np.argsort(spells.since, kind="stable")
    return list(zip(*(each[order].tolist() for each in columns), strict=True))


def _spells(told: Sequence[tuple[int, ...]]) -> Spells:
    return Spells(*np.array(told, np.int64).reshape(-1, 5).T)
