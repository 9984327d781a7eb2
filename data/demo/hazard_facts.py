"""What the hazard ledger says of each enterprise and shop, as the three-colour rules read it."""

from collections.abc import Sequence

import numpy as np

from data.colouring.material import FAR, Spells
from data.demo import hazard_ledger, lapses
from data.demo.columns import DAY, NEVER, Integers
from data.demo.hazards import Hazards
from data.demo.lifecycle import MAJOR
from data.demo.places import Places

REPEAT_DAYS, RECHECK_DAYS = 180, 90


def facts(months: Sequence[Hazards], places: Places) -> dict[str, Spells]:
    """The facts of hazards at enterprises and shops: those filed, not void, not put right on the spot."""
    columns = zip(*(_columns(month, places) for month in months), strict=True)
    who, part, filed, closed, late, rechecked, rework, is_major, is_suspended = (
        np.concatenate(each) for each in columns
    )
    running, common = is_suspended == 0, (is_suspended == 0) & (is_major == 0)
    late = np.maximum(late, filed)
    again = _is_again(who, part, filed)
    reworked = rework > 0
    return {
        "open_major_hazards": lapses.ones(*(each[is_major > 0] for each in (who, filed, closed))),
        "open_general_hazards_in_time": lapses.ones(
            who[common], filed[common], np.minimum(late, closed)[common]
        ),
        "overdue_general_hazards": lapses.ones(*(each[common] for each in (who, late, closed))),
        "overdue_hazards": lapses.ones(*(each[running] for each in (who, late, closed))),
        "repeat_hazards_180d": lapses.ones(who[again], filed[again], filed[again] + REPEAT_DAYS),
        "failed_rechecks_90d": Spells(
            who[reworked], rechecked[reworked], rechecked[reworked] + RECHECK_DAYS, rework[reworked]
        ),
    }


def _columns(month: Hazards, places: Places) -> tuple[Integers, ...]:
    lives, who = month.lives, places.subject[month.place]
    is_case = (who >= 0) & (lives.filed != NEVER) & (lives.voided == NEVER) & ~lives.is_self_handled
    limit = np.where(lives.extended != NEVER, lives.extended, lives.due)
    handled = np.where(lives.handled != NEVER, lives.handled, lives.closed)
    in_time = (handled != NEVER) & (handled // DAY <= limit)
    rechecked = lives.filed
    for step in (lives.handled_first, lives.closed, lives.verified, handled):
        rechecked = np.where(step != NEVER, step, rechecked)
    columns = (
        who,
        hazard_ledger.faults(month),
        lives.filed // DAY,
        np.where(lives.closed != NEVER, lives.closed // DAY, FAR),
        np.where(in_time | (limit == NEVER), FAR, limit + 1),
        rechecked // DAY,
        lives.rework,
        (month.cases.level == MAJOR).astype(np.int64),
        lives.is_suspended.astype(np.int64),
    )
    return tuple(each[is_case] for each in columns)


def _is_again(who: Integers, part: Integers, filed: Integers) -> Integers:
    """Where the same was found in the same part not long before."""
    order = np.lexsort((filed, part, who))
    same = (np.diff(who[order], prepend=-1) == 0) & (np.diff(part[order], prepend=-1) == 0)
    soon = np.diff(filed[order], prepend=-FAR) <= REPEAT_DAYS
    return np.sort(order[same & soon])
