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
    """What is known of one subject if these moves are made on `day`; what is waited for lapses by itself."""
    changed = dict(told.spells)
    for move in moves:
        if move.is_wait:
            continue
        changed[move.fact], ended = _ended(changed.get(move.fact, NONE), move.units, day)
        for fact in catalogue()[move.fact].becomes:
            for until, units in ended:
                changed[fact] = _never_begun(changed.get(fact, NONE), until, units)
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


def _ended(spells: Spells, units: int, day: int) -> tuple[Spells, list[tuple[int, int]]]:
    """The spells with so many units of those that hold on `day` ended the next day, the longest open first.

    Also tells when these would have ended by themselves, and how many. A spell of several units of which some
    remain is told as two.
    """
    rows: list[tuple[int, int, int, int]] = []
    put_right: list[tuple[int, int]] = []
    for who, since, until, count in _rows(spells):
        ended = min(units, count) if since <= day < until else 0
        units -= ended
        rows += [(who, since, day + 1, ended)] if ended else []
        rows += [(who, since, until, count - ended)] if count > ended else []
        put_right += [(until, ended)] if ended else []
    return _spells(rows), put_right


def _never_begun(spells: Spells, since: int, units: int) -> Spells:
    """The spells without so many units of those that begin on a day."""
    rows: list[tuple[int, int, int, int]] = []
    for who, begun, until, count in _rows(spells):
        gone = min(units, count) if begun == since else 0
        units -= gone
        rows += [(who, begun, until, count - gone)] if count > gone else []
    return _spells(rows)


def _rows(spells: Spells) -> list[tuple[int, int, int, int]]:
    columns = (spells.subjects, spells.since, spells.until, spells.units)
    order = np.argsort(spells.since, kind="stable")
    return list(zip(*(each[order].tolist() for each in columns), strict=True))


def _spells(rows: Sequence[tuple[int, int, int, int]]) -> Spells:
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    return Spells(columns[0], columns[1], columns[2], columns[3])
