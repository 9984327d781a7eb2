"""隐患台账: the ledger that tells the life of every hazard of one month."""

import numpy as np
import pyarrow as pa

from data.demo import closing_evidence, persons
from data.demo.columns import (
    NEVER,
    Integers,
    blank,
    counts,
    days,
    figures,
    joined,
    moments,
    numbered,
    words,
    yes_no,
)
from data.demo.hazards import Hazards
from data.demo.kinds import KINDS, UNITS
from data.demo.lifecycle import GENERAL, MAJOR, SOURCES
from data.demo.places import Places
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.terrain import degrees

LEVELS = ("一般", "较大", "重大")
FUNDS = ("企业自筹", "物业维修资金", "街道专项", "房东承担")
PLANS = ("已制定专项预案", "现场处置方案", "纳入企业总预案")
PAPER_NOTE = "已整改完毕，符合要求"


def ledger(hazards: Hazards, street: Street, places: Places) -> pa.Table:
    """隐患台账: one row per hazard with its whole life."""
    cases, lives = hazards.cases, hazards.lives
    size = hazards.number.size
    roll = dice("hazard ledger", int(hazards.number[0]) if size else 0)
    lon, lat = degrees(hazards.x, hazards.y)
    part, text = _texts(hazards)
    is_major, graver = cases.level == MAJOR, cases.level != GENERAL
    nothing = np.full(size, -1)
    unplaced = roll.random(size) < 0.2
    owners = persons.names("hazard owners", 400)
    status = np.where(
        lives.closed != NEVER,
        3,
        np.where(lives.handled != NEVER, 2, np.where(lives.dispatched != NEVER, 1, 0)),
    )
    void = (lives.voided != NEVER) | ((lives.filed == NEVER) & (roll.random(size) < 0.5))
    note = np.where(lives.is_hasty, 0, np.where(roll.random(size) < 0.004, 1 + roll.integers(0, 3, size), -1))
    has_measure = graver & (roll.random(size) < 0.93)
    owner = np.where(graver | (roll.random(size) < 0.4), roll.integers(0, 400, size), -1)
    return pa.table(
        {
            "隐患编号": numbered("YH", hazards.number),
            "发现时间": moments(cases.reported),
            "所属社区": words([each.name for each in street.communities], street.community_of[cases.grid]),
            "网格编码": words([each.code for each in street.grids], cases.grid),
            "单位名称": words(places.names, hazards.place),
            "隐患部位": part,
            "事项类别": words([kind.case_kind for kind in KINDS], cases.kind),
            "隐患类别": words([kind.name for kind in KINDS], cases.kind),
            "隐患等级": words(LEVELS, cases.level),
            "隐患描述": joined(part, text),
            "来源": words(SOURCES, cases.source),
            "责任单位": words(UNITS, np.where(void, -1, cases.unit)),
            "立案时间": moments(lives.filed),
            "派遣时间": moments(lives.dispatched),
            "整改期限": days(lives.due),
            "延期至": days(lives.extended),
            "首次处置时间": moments(lives.handled_first),
            "处置完成时间": moments(lives.handled),
            "复查时间": moments(lives.verified),
            "销号时间": moments(lives.closed),
            "作废时间": moments(lives.voided),
            "返工次数": counts(lives.rework),
            "挂账": yes_no(lives.is_suspended),
            "自行处置": yes_no(lives.is_self_handled),
            "重开自": blank(numbered("YH", hazards.reopens), hazards.reopens < 0),
            "整改状态": words(("待整改", "整改中", "已整改", "已销号"), np.where(void, -1, status)),
            "整改措施": words([kind.measure for kind in KINDS], np.where(has_measure, cases.kind, -1)),
            "整改责任人": words(owners, owner),
            "整改资金": words(
                FUNDS, np.where(is_major & (roll.random(size) < 0.9), roll.integers(0, 4, size), nothing)
            ),
            "应急预案": words(
                PLANS, np.where(is_major & (roll.random(size) < 0.82), roll.integers(0, 3, size), nothing)
            ),
            "经度": figures(lon, unplaced),
            "纬度": figures(lat, unplaced),
            "备注": words((PAPER_NOTE, "联系人柳先生15400001234", "住户不在家，约次日", "已告知房东"), note),
            **closing_evidence.columns(hazards, owner, owners),
        }
    )


def faults(hazards: Hazards) -> Integers:
    """Which of all the kinds' faults each hazard is: its kind and its part in one number."""
    kind = hazards.cases.kind
    roll = dice("hazard faults", int(hazards.number[0]) if kind.size else 0)
    size = np.array([len(each.faults) for each in KINDS])
    return np.asarray((np.cumsum(size) - size)[kind] + roll.integers(0, 1 << 30, kind.size) % size[kind])


def _texts(hazards: Hazards) -> tuple[pa.Array, pa.Array]:
    """Part and wording of every hazard, from its kind's own list."""
    told, at = [fault for each in KINDS for fault in each.faults], faults(hazards)
    return words([part for part, _ in told], at), words([text for _, text in told], at)
