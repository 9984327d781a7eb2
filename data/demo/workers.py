"""返乡返岗: the workers of some forty employers; who leaves before the festival, who stays, who returns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import (
    NEVER,
    Flags,
    Floats,
    Integers,
    blank,
    choose,
    counts,
    days,
    numbered,
    words,
    yes_no,
)
from data.demo.firms import Firms
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice
from data.demo.street import Street

ROSTER = 3_680
KEPT_SHARE = 0.68
AGENCIES = ("禾通人力资源", "众邦人力资源", "远帆劳务", "汇聚人才服务")
OWN_EMPLOYERS = 38
STAY_SHARE, UNDECIDED_SHARE = 0.22, 0.02
# Parts of (share, mean, spread) in days from 正月初一. Departures crowd eight to nine days before it, returns
# six to eight days after it and again after 元宵, the fifteenth of the first month.
LEAVING = ((0.68, -8.5, 2.3), (0.2, -4.2, 1.8), (0.12, -15.5, 4.0))
RETURNING = ((0.58, 7.0, 1.5), (0.28, 16.0, 1.2), (0.14, 12.0, 4.0))
TRANSPORT = ("高铁", "火车", "长途客车", "自驾", "拼车", "飞机")
NEEDS = ("代收快递", "代缴水电费", "照看宠物", "代购年货", "门锁维修", "返岗包车", "子女寒假托管")


@dataclass(frozen=True)
class Season:
    """One Spring Festival's workers as arrays. Days since 1970; NEVER where not planned or not (yet) done."""

    festival: date
    person: Integers
    employer: Integers
    grid: Integers
    province: Integers
    plan: Integers
    planned_leave: Integers
    left: Integers
    planned_return: Integers
    returned: Integers
    registered: Integers
    is_room_vacant: Flags


def day_in(parts: tuple[tuple[float, float, float], ...], size: int, roll: np.random.Generator) -> Floats:
    """Days from 正月初一 drawn from a mixture of parts (share, mean, spread)."""
    part = choose(roll, [share for share, _, _ in parts], size)
    means, spreads = np.array([mean for _, mean, _ in parts]), np.array([spread for _, _, spread in parts])
    return np.asarray(roll.normal(means[part], spreads[part]))


def employers(firms: Firms) -> list[str]:
    """Names of the employers: the agencies first, then the largest enterprises."""
    largest = np.argsort(-firms.staff[~firms.is_shop], kind="stable")[:OWN_EMPLOYERS]
    return [*(f"{agency}有限公司" for agency in AGENCIES), *(firms.names[at] for at in largest)]


def seasons(street: Street, firms: Firms, rhythm: Rhythm, growth: float) -> Iterator[Season]:
    """The seasons of the period, oldest first; two thirds of a roster are there again the year after."""
    roll = dice("workforce")
    size = max(200, round(ROSTER * growth))
    step = round(size * (1 - KEPT_SHARE))
    festivals = rhythm.festivals
    pool = size + step * len(festivals)
    largest = np.argsort(-firms.staff[~firms.is_shop], kind="stable")[:OWN_EMPLOYERS]
    weights = np.concatenate(
        [np.full(len(AGENCIES), 0.42 / len(AGENCIES)), 0.58 * firms.staff[largest] ** 0.6]
    )
    weights[len(AGENCIES) :] /= weights[len(AGENCIES) :].sum() / 0.58
    employer = choose(roll, weights, pool)
    floating = np.array([grid.floating_population for grid in street.grids], np.float64)
    industrial = np.array(
        [street.communities[each.community].character == "industrial" for each in street.grids]
    )
    grid = choose(roll, floating * np.where(industrial, 3.0, 1.0), pool)
    province = choose(roll, persons.PROVINCE_WEIGHTS, pool)
    for turn, festival in enumerate(festivals):
        people = np.arange(turn * step, turn * step + size)
        yield _season(festival, people, employer[people], grid[people], province[people], rhythm)


def _season(
    festival: date, person: Integers, employer: Integers, grid: Integers, province: Integers, rhythm: Rhythm
) -> Season:
    roll = dice("season", festival.year)
    size, zero, today = person.size, number(festival), number(rhythm.last)
    stays = roll.random(size) < STAY_SHARE + roll.normal(0, 0.015)
    plan = np.where(stays, 1, np.where(roll.random(size) < UNDECIDED_SHARE, 2, 0))
    goes = plan == 0
    leave = zero + np.clip(np.rint(day_in(LEAVING, size, roll)), -34, 3).astype(np.int64)
    back = zero + np.clip(np.rint(day_in(RETURNING, size, roll)), 1, 38).astype(np.int64)
    gone = roll.random(size) < 0.045
    never = np.full(size, NEVER)
    left = np.where(goes, leave, never)
    planned_leave = np.where(goes, leave - roll.choice([-1, 0, 0, 0, 0, 0, 1, 1, 2], size), never)
    planned_return = np.where(goes, back - roll.choice([-2, -1, 0, 0, 0, 0, 1, 2, 3], size), never)
    returned = np.where(goes & ~gone, back, never)
    registered = np.where(
        goes, np.minimum(planned_leave, leave) - roll.integers(2, 19, size), zero - roll.integers(6, 26, size)
    )
    vacant = goes & (roll.random(size) < 0.58)
    known = registered <= today
    left = np.where(left > today, NEVER, left)
    returned = np.where((returned > today) | (left == NEVER), NEVER, returned)
    return Season(
        festival,
        person[known],
        employer[known],
        grid[known],
        province[known],
        plan[known],
        planned_leave[known],
        left[known],
        planned_return[known],
        returned[known],
        registered[known],
        vacant[known],
    )


def ledger(season: Season, firms: Firms, street: Street, which: Flags) -> pa.Table:
    """返乡返岗登记 of one season for the marked workers, with the personal columns such books have."""
    roll = dice("worker ledger", season.festival.year)
    size = season.person.size
    top = int(season.person.max()) + 1 if size else 0
    names, ids = persons.names("workers", top), persons.id_numbers("workers", top)
    phones = persons.phones("workers", top)
    left = season.left != NEVER
    sealed = season.is_room_vacant & left & (roll.random(size) < 0.92)
    need = np.where(
        roll.random(size) < np.where(season.plan == 1, 0.16, 0.06), roll.integers(0, len(NEEDS), size), -1
    )
    table = pa.table(
        {
            "姓名": words(names, season.person),
            "身份证号": words(ids, season.person),
            "联系电话": words(phones, season.person),
            "用工单位": words(employers(firms), season.employer),
            "社区": words([each.name for each in street.communities], street.community_of[season.grid]),
            "网格编码": words([each.code for each in street.grids], season.grid),
            "宿舍号": pa.array([room(int(person)) for person in season.person], pa.string()),
            "户籍地": words(persons.PROVINCES, season.province),
            "返乡/留守": words(("返乡", "留守", "未定"), season.plan),
            "登记日期": days(season.registered),
            "计划返乡时间": days(season.planned_leave),
            "实际返乡时间": days(season.left),
            "预计返岗时间": days(season.planned_return),
            "实际返岗时间": days(season.returned),
            "交通方式": words(
                TRANSPORT, np.where(season.plan == 0, choose(roll, (38, 14, 22, 16, 6, 4), size), -1)
            ),
            "同行人数": counts(roll.poisson(0.7, size), season.plan != 0),
            "房屋是否空置": yes_no(season.is_room_vacant, season.plan != 0),
            "断水断电": yes_no(sealed, ~season.is_room_vacant | ~left),
            "封条编号": blank(numbered("FT", season.festival.year * 100_000 + season.person), ~sealed),
            "需求": words(NEEDS, need),
        }
    ).filter(pa.array(which))
    return table.add_column(0, "序号", counts(np.arange(1, table.num_rows + 1)))


def room(person: int) -> str:
    """The dormitory room of a worker: two to a room, thirty-eight buildings."""
    shared = person // 2
    return f"职工宿舍{shared % 38 + 1}号楼{shared // 38 % 6 + 1}{shared // 228 % 100:02d}室"
