"""空置房登记: rooms left empty over the festival; water, power, windows and seal seen to, or not."""

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import NEVER, blank, choose, days, numbered, words, yes_no
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.workers import Season, room


def ledger(season: Season, street: Street, rhythm: Rhythm) -> pa.Table:
    """One row per room whose last worker leaves; those that will be left within days are there already."""
    roll = dice("rooms", season.festival.year)
    today = number(rhythm.last)
    from_day = np.where(season.left != NEVER, season.left, season.planned_leave)
    here = np.flatnonzero(season.is_room_vacant & (season.person % 2 == 0) & (from_day <= today + 30))
    size = here.size
    vacant_from, vacant_until = from_day[here], season.returned[here]
    begun = vacant_from <= today
    seen = begun & (roll.random(size) < 0.965)
    sealed_on = vacant_from + np.array([0, 1, 2, 4])[choose(roll, (72, 17, 7, 4), size)]
    sealed = seen & (sealed_on <= today) & (roll.random(size) < 0.955)
    broken_on = vacant_from + roll.integers(2, 12, size)
    ended = np.where(vacant_until == NEVER, today, vacant_until)
    broken = sealed & (roll.random(size) < 0.013) & (broken_on > sealed_on) & (broken_on < ended)
    person = season.person[here]
    return pa.table(
        {
            "楼栋房号": pa.array([room(int(each)) for each in person], pa.string()),
            "宿舍楼": pa.array([f"职工宿舍{int(each) // 2 % 38 + 1}号楼" for each in person], pa.string()),
            "社区": words([each.name for each in street.communities], street.community_of[season.grid[here]]),
            "网格编码": words([each.code for each in street.grids], season.grid[here]),
            "空置日期": days(vacant_from),
            "返回日期": days(vacant_until),
            "断水": yes_no(seen & (roll.random(size) < 0.985), ~begun),
            "断电": yes_no(seen & (roll.random(size) < 0.975), ~begun),
            "门窗检查": yes_no(seen & (roll.random(size) < 0.98), ~begun),
            "封条编号": blank(numbered("FT", season.festival.year * 100_000 + person), ~sealed),
            "贴封日期": days(np.where(sealed, sealed_on, NEVER)),
            "破封日期": days(np.where(broken, broken_on, NEVER)),
            "检查人": words(persons.names("room checkers", 30), roll.integers(0, 30, size)),
        }
    )
