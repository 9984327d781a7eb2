"""小红车 rounds: which grid was visited when, by whom, for how long, and how many problems were found."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from data.demo import persons
from data.demo.columns import (
    DAY,
    HOUR,
    MINUTE,
    Flags,
    Floats,
    Integers,
    blank,
    choose,
    counts,
    figures,
    moments,
    numbered,
    words,
)
from data.demo.places import Places
from data.demo.rhythm import Rhythm
from data.demo.seed import dice
from data.demo.street import Street
from data.demo.terrain import degrees

VISITS_A_YEAR = 20_000
FINDINGS_A_VISIT = 0.34
MANNERS = ("日常巡查", "企业走访", "商户走访", "入户走访", "今晚八点伴", "节前专项")
AT_HOME, EVENING, BEFORE_FESTIVAL = 3, 4, 5
# Enterprise, kitchen, shop, dwelling, dormitory, road: how each is usually called on.
USUAL_MANNER = np.array([1, 2, 2, AT_HOME, AT_HOME, 0])
NOTES = (
    "现场秩序良好", "宣传消防安全知识", "提醒关好门窗、断水断电", "调解邻里纠纷一起", "慰问独居老人",
    "发放防诈骗宣传单", "收集群众诉求", "登记流动人口", "解答办事咨询", "劝导电动车规范停放",
)  # fmt: skip
NOTE_WEIGHTS = (50, 14, 6, 1, 1, 8, 8, 5, 5, 6)
SILENT_DAYS, UNNAMED_SHARE = 96, 0.08
PAUSE_BEGINS_AGO, PAUSE_DAYS = 640, 130
HALF_DAY_HOURS = 3.5


@dataclass(frozen=True)
class Visits:
    """The visits of one month, in order of time. `moment` in seconds, `found` is the number of problems.

    Not every visit notes whom it was for (`is_named`).
    """

    number: Integers
    moment: Integers
    grid: Integers
    place: Integers
    manner: Integers
    crew: Integers
    contacts: Integers
    found: Integers
    minutes: Integers
    is_named: Flags


@dataclass(frozen=True)
class Patrols:
    """The rounds of the whole period, made month by month so that a hundred streets fit into memory."""

    street: Street
    places: Places
    rhythm: Rhythm
    scale: float

    @cached_property
    def crews(self) -> list[str]:
        """Twelve crews a community: one cadre and two grid workers each; one crew is a grid worker short."""
        texts = []
        for community in self.street.communities:
            cadres = persons.names(f"cadres {community.index}", 3)
            workers = persons.names(f"patrol workers {community.index}", 8)
            for shift in range(12):
                pair = [workers[shift % 8], workers[(shift * 3 + 1) % 8]]
                texts.append("、".join([cadres[shift % 3], *(pair[:1] if shift == 11 else pair)]))
        return texts

    def expected(self, days: Integers) -> Floats:
        """Expected visits of every day and grid (days x grids), the two silences included."""
        street, rhythm = self.street, self.rhythm
        every = rhythm.busyness[rhythm.at(rhythm.days)]
        target = VISITS_A_YEAR * self.scale * rhythm.days.size / 365.25
        daily = rhythm.busyness[rhythm.at(days)] / every.sum() * target
        expected = daily[:, None] * (street.dose / street.dose.sum())[None, :]
        ago = rhythm.days[-1] - days
        expected[ago < SILENT_DAYS, street.silent] = 0
        expected[(ago < PAUSE_BEGINS_AGO) & (ago >= PAUSE_BEGINS_AGO - PAUSE_DAYS), street.paused] = 0
        return np.asarray(expected)

    def month(self, year: int, month: int) -> Visits:
        """The visits of one month up to the last hour of data."""
        roll, rhythm = dice("patrols", year, month), self.rhythm
        days = rhythm.days_of(year, month)
        times = roll.poisson(self.expected(days))
        day = np.repeat(np.repeat(days, times.shape[1]), times.ravel())
        grid = np.repeat(np.tile(np.arange(times.shape[1]), days.size), times.ravel())
        size = day.size
        community = self.street.community_of[grid]
        afternoon = (day + community) % 2 == 1
        way = _along(day * len(self.street.communities) + community, roll.beta(1.4, 1.6, size))
        moment = day * DAY + ((np.where(afternoon, 13.5, 8.4) + way * HALF_DAY_HOURS) * HOUR).astype(np.int64)
        place = self.places.draw(grid, roll)
        manner = USUAL_MANNER[self.places.kind[place]]
        manner = np.where((manner == AT_HOME) & (roll.random(size) < 0.6), 0, manner)
        commercial = np.array([each.character == "commercial" for each in self.street.communities])
        evening = roll.random(size) < np.where(commercial[community], 0.15, 0.035)
        moment = np.where(
            evening, day * DAY + ((19.5 + 1.9 * roll.random(size)) * HOUR).astype(np.int64), moment
        )
        k = rhythm.lunar_offset[rhythm.at(day)]
        manner = np.where((k >= -20) & (k <= -1) & (roll.random(size) < 0.4), BEFORE_FESTIVAL, manner)
        manner = np.where(evening, EVENING, manner)
        minutes = np.clip(roll.lognormal(2.25, 0.55, size), 2, 95).astype(np.int64)
        rate = FINDINGS_A_VISIT * self.street.risk[grid] / self.street.risk.mean()
        found = roll.poisson(rate * roll.gamma(1.6, 1 / 1.6, size))
        contacts = roll.negative_binomial(2.2, 2.2 / (2.2 + 5.3), size)
        crew = community * 12 + (day + roll.integers(0, 2, size)) % 12
        order = np.argsort(moment, kind="stable")
        order = order[moment[order] <= rhythm.cut]
        number = (year * 100 + month) * 1_000_000 + np.arange(1, order.size + 1)
        return Visits(
            number,
            moment[order] // MINUTE * MINUTE,
            grid[order],
            place[order],
            manner[order],
            crew[order],
            contacts[order],
            found[order],
            minutes[order],
            (roll.random(order.size) >= UNNAMED_SHARE) & (day < self.places.shut_from[place])[order],
        )

    def ledger(self, visits: Visits) -> pa.Table:
        """巡查记录: one row per visit."""
        roll = dice("patrol ledger", int(visits.number[0]) if visits.number.size else 0)
        size, street, places = visits.number.size, self.street, self.places
        unplaced = roll.random(size) < 0.3
        x, y = (
            places.x[visits.place] + roll.normal(0, 5, size),
            places.y[visits.place] + roll.normal(0, 5, size),
        )
        lon, lat = degrees(np.clip(x, places.x[visits.place] - 9, places.x[visits.place] + 9), y)
        note = np.where(visits.found > 0, len(NOTES), choose(roll, NOTE_WEIGHTS, size))
        return pa.table(
            {
                "巡查编号": numbered("XC", visits.number),
                "巡查时间": moments(visits.moment),
                "社区": words([each.name for each in street.communities], street.community_of[visits.grid]),
                "网格编码": words([each.code for each in street.grids], visits.grid),
                "巡查人": words(self.crews, visits.crew),
                "巡查方式": words(MANNERS, visits.manner),
                "巡查对象": blank(words(places.names, visits.place), ~visits.is_named),
                "走访人次": counts(visits.contacts, roll.random(size) < 0.02),
                "发现问题数": counts(visits.found),
                "停留分钟": counts(visits.minutes),
                "经度（WGS-84）": figures(lon, unplaced),
                "纬度（WGS-84）": figures(lat, unplaced),
                "备注": words((*NOTES, "发现问题，已上报平台"), np.where(roll.random(size) < 0.35, -1, note)),
            }
        )


def _along(round_of: Integers, chance: Floats) -> Floats:
    """How far into its round every visit falls, 0 to 1: a round keeps going, so its visits lie apart."""
    order = np.lexsort((chance, round_of))
    _, first, size = np.unique(round_of[order], return_index=True, return_counts=True)
    nth = np.arange(order.size) - np.repeat(first, size)
    spread = np.where(np.repeat(size, size) > 1, nth / np.maximum(np.repeat(size, size) - 1, 1), 0.5)
    way = np.empty(order.size)
    way[order] = 0.72 * spread + 0.28 * chance[order]
    return way
