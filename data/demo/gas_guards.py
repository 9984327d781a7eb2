"""燃气防护: the layers that guard against gas, looked at every quarter wherever it is used."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR, Spells
from data.colouring.spells import STRIDE
from data.demo import lapses
from data.demo.columns import Flags, Integers, days, words, yes_no
from data.demo.firms import Firms
from data.demo.places import CATERING_TRADE
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.seed import dice

LAYERS = ("报警器", "自动切断阀", "金属软管", "燃烧器熄火保护", "可燃气体浓度巡检")
ALARM, LAYERS_ELSEWHERE = 0, 3
GAS_ELSEWHERE = 0.4
MISSING, ABSENT = "gas_protection_missing", "gas_alarm_absent_in_use"
AMISS_A_MONTH = (0.0014, 0.0110, 0.0120, 0.0100, 0.0090)
USUAL_DAYS, QUARTER_DAYS = 22, 91


@dataclass(frozen=True)
class Guards:
    """When each layer was missing where, and every look at a layer, in order of days."""

    gone: tuple[Spells, ...]
    subject: Integers
    day: Integers
    layer: Integers
    is_ok: Flags


def guards(firms: Firms, rhythm: Rhythm, planted: Planted, shut_from: Integers) -> Guards:
    """What the quarterly looks found, and those in between that found something missing or mended."""
    roll = dice("gas guards")
    cooks = firms.is_shop & (firms.trade == CATERING_TRADE)
    burns = cooks | (firms.is_shop & (roll.random(firms.size) < GAS_ELSEWHERE))
    gone, rows = [], []
    first, last = number(rhythm.first), number(rhythm.last)
    phase = roll.integers(1, QUARTER_DAYS, firms.size)
    quarters = np.arange(0, last - first + 1, QUARTER_DAYS)
    for layer, a_month in enumerate(AMISS_A_MONTH):
        who = np.flatnonzero(cooks if layer >= LAYERS_ELSEWHERE else burns)
        free = who[~planted.is_planted[who]]
        often = a_month * lapses.worse(firms.care[free])
        spells = lapses.single(
            lapses.drawn(dice("gas layer", layer), free, often, rhythm, USUAL_DAYS, shut_from)
        )
        gone.append(spells)
        subject = np.concatenate([np.repeat(who, quarters.size), spells.subjects, spells.subjects])
        day = np.concatenate(
            [(first + phase[who][:, None] + quarters[None, :]).ravel(), spells.since, spells.until]
        )
        kept = (day <= last) & (day < shut_from[subject])
        keys = np.unique(subject[kept] * STRIDE + day[kept])
        subject, day = keys // STRIDE, keys % STRIDE
        rows.append((subject, day, np.full(keys.size, layer), lapses.at(spells, subject, day) == 0))
    subject, day, layers, is_ok = (np.concatenate(each) for each in zip(*rows, strict=True))
    order = np.lexsort((layers, subject, day))
    return Guards(tuple(gone), subject[order], day[order], layers[order], is_ok[order].astype(np.bool_))


def facts(told: Guards) -> dict[str, Spells]:
    """When layers were missing, and when that was the alarm."""
    return {MISSING: lapses.together(told.gone), ABSENT: told.gone[ALARM]}


def ledger(firms: Firms, told: Guards) -> pa.Table:
    """燃气防护: a row per look at one layer."""
    return pa.table(
        {
            "商户编号": pa.array(firms.numbers).take(pa.array(told.subject)),
            "店铺名称": pa.array(firms.names).take(pa.array(told.subject)),
            "核查日期": days(told.day),
            "防护层": words(LAYERS, told.layer),
            "是否到位": yes_no(told.is_ok),
        }
    )


def first_looks(told: Guards, size: int) -> Integers:
    """The first day on which each subject's gas was looked at; FAR where it never was."""
    found = np.full(size, FAR)
    np.minimum.at(found, told.subject, told.day)
    return found
