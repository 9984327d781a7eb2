"""Adds the hazards of the planted stories to the month in which each was found."""

from dataclasses import fields

import numpy as np

from data.demo.columns import DAY, HOUR, MINUTE, NEVER, Integers
from data.demo.hazards import Hazards
from data.demo.lifecycle import GENERAL, JOINT, MAJOR, Cases, Lives
from data.demo.places import Places
from data.demo.plants import Case, Planted
from data.demo.rhythm import as_date

UNIT = 2  # 应急管理站
HOURS_AFTER_MIDNIGHT = 9


def added(hazards: Hazards, year: int, month: int, planted: Planted, places: Places) -> Hazards:
    """The month's hazards with those of the stories, filed in that month, at the end."""
    for who, case in planted.cases:
        day = planted.last - case.filed_ago
        if (as_date(day).year, as_date(day).month) == (year, month):
            place = int(np.flatnonzero(places.subject == who)[0])
            number = (year * 100 + month) * 1_000_000 + hazards.number.size + 1
            hazards = _joined(hazards, _hazard(case, number, place, planted.last, places))
    return hazards


def _hazard(case: Case, number: int, place: int, last: int, places: Places) -> Hazards:
    filed = (last - case.filed_ago) * DAY + HOURS_AFTER_MIDNIGHT * HOUR
    closed = (
        NEVER if case.closed_ago is None else (last - case.closed_ago) * DAY + HOURS_AFTER_MIDNIGHT * HOUR
    )
    before = NEVER if closed == NEVER else closed - 2 * HOUR
    level = MAJOR if case.is_major else GENERAL
    return Hazards(
        _column(number),
        _column(place),
        Cases(
            _column(filed - 20 * MINUTE),
            places.grid[[place]],
            _column(case.kind),
            _column(level),
            _column(JOINT),
            _column(UNIT),
        ),
        Lives(
            filed=_column(filed),
            dispatched=_column(filed + HOUR),
            handled_first=_column(before),
            handled=_column(before),
            verified=_column(before if before == NEVER else before + HOUR),
            closed=_column(closed),
            due=_column(last - case.due_ago),
            extended=_column(NEVER),
            voided=_column(NEVER),
            is_suspended=np.zeros(1, np.bool_),
            is_self_handled=np.zeros(1, np.bool_),
            is_hasty=np.zeros(1, np.bool_),
            rework=_column(0),
        ),
        _column(-1),
        places.x[[place]],
        places.y[[place]],
    )


def _column(value: int) -> Integers:
    return np.array([value], np.int64)


def _joined(one: Hazards, other: Hazards) -> Hazards:
    """Both as one; what is itself made of columns is joined column by column."""

    def both(a: object, b: object) -> object:
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
            return np.concatenate([a, b])
        return type(a)(
            *(both(getattr(a, each.name), getattr(b, each.name)) for each in fields(a))  # type: ignore[arg-type]
        )

    joined = both(one, other)
    assert isinstance(joined, Hazards)
    return joined
