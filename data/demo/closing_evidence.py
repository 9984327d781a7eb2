"""What a hazard ledger tells of a closing: who checked it, its photos, the level at which it was closed.

Most closings are honest. A few are made up, most of them in the grids that close on paper at the month's end.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo import persons
from data.demo.columns import DAY, NEVER, Column, Flags, Integers, blank, joined, numbered, words
from data.demo.hazards import Hazards
from data.demo.kinds import UNITS
from data.demo.seed import dice

LEVELS = ("网格", "社区", "街道", "区级")
BY_THE_COMMUNITY = tuple(UNITS.index(name) for name in ("社区居委会", "物业服务企业", "企业自行整改"))
VERIFIERS = 60
# The street began to keep photos with this year; the ledger has the columns all along.
PHOTOS_SINCE = np.datetime64("2025-01-01").astype("M8[D]").astype(np.int64)
NO_PHOTO_BEFORE, NO_PHOTO_AFTER = 0.05, 0.006
SELF_CHECKED, PAPER_SELF_CHECKED = 0.004, 0.35
PAPER_NO_PHOTO, PAPER_OLD_PHOTO, PAPER_OTHER_PHOTO = 0.35, 0.2, 0.15


def columns(hazards: Hazards, owner: Integers, owners: list[str]) -> dict[str, Column]:
    """The further columns of the ledger; `owner` says who of `owners` is responsible, -1 for nobody named."""
    size = hazards.number.size
    roll = dice("closing evidence", int(hazards.number[0]) if size else 0)
    lives = hazards.lives
    is_closed = lives.closed != NEVER
    chance = roll.random(size)
    is_self = (owner >= 0) & (chance < np.where(lives.is_hasty, PAPER_SELF_CHECKED, SELF_CHECKED))
    others = [name for name in persons.names("hazard verifiers", VERIFIERS * 2) if name not in set(owners)]
    verifier = np.where(is_self, owner, len(owners) + roll.integers(0, len(others), size))
    verifier = np.where((lives.verified != NEVER) & ~lives.is_self_handled, verifier, -1)
    before, after = _photos(hazards, is_closed, roll)
    return {
        "复查人": words([*owners, *others], verifier),
        "办结层级": words(LEVELS, np.where(is_closed, _level(hazards, roll), -1)),
        "整改前照片": before,
        "整改后照片": after,
    }


def _level(hazards: Hazards, roll: np.random.Generator) -> Integers:
    chance = roll.random(hazards.number.size)
    nearby = np.isin(hazards.cases.unit, BY_THE_COMMUNITY)
    level = np.where(nearby, np.where(chance < 0.45, 0, 1), np.where(chance < 0.06, 3, 2))
    return np.asarray(np.where(hazards.lives.is_self_handled, 0, level), np.int64)


def _photos(hazards: Hazards, is_closed: Flags, roll: np.random.Generator) -> tuple[Column, Column]:
    """The names of the photos before and after; made-up closings have none, the old one, or another's."""
    size = hazards.number.size
    lives, chance = hazards.lives, roll.random(size)
    is_kept = (hazards.cases.reported // DAY >= PHOTOS_SINCE) & (lives.filed != NEVER)
    is_paper = lives.is_hasty
    name = joined("照片/", numbered("YH", hazards.number))
    before = joined(name, "_前.jpg")
    # another case's photo is one of an earlier hazard of the month
    earlier = (np.arange(size) * roll.random(size)).astype(np.int64)
    after = joined(name, "_后.jpg")
    is_old = is_paper & (chance < PAPER_OLD_PHOTO)
    is_other = is_paper & ~is_old & (chance < PAPER_OLD_PHOTO + PAPER_OTHER_PHOTO)
    is_missing = (chance > 1 - PAPER_NO_PHOTO) & is_paper | (chance > 1 - NO_PHOTO_AFTER)
    shown = pc.if_else(pa.array(is_old), before, after)
    shown = pc.if_else(pa.array(is_other), after.take(pa.array(earlier)), shown)
    has_before = is_kept & (roll.random(size) >= NO_PHOTO_BEFORE)
    return blank(before, ~has_before), blank(shown, ~(is_kept & is_closed & ~is_missing))
