"""隐患: what is found where and by whom, month by month, and the ledger that tells each one's life."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data.demo import kinds
from data.demo.columns import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    Floats,
    Integers,
    choose,
)
from data.demo.lifecycle import HOTLINE, MAJOR, PATROL, SNAP, Cases, Lives, live
from data.demo.patrols import FINDINGS_A_VISIT, SILENT_DAYS, VISITS_A_YEAR, Patrols, Visits
from data.demo.places import ENTERPRISE, Places
from data.demo.rhythm import Rhythm
from data.demo.seed import dice
from data.demo.street import Street

HAZARDS_A_YEAR = 13_350
# Sources other than patrols: self-check, mutual check, snap, rider, joint, hotline, superior, other.
OTHER_SOURCES = (20, 6, 24, 17, 9, 16, 4, 4)
# The hour at which each source reports: (mean, spread).
REPORT_HOURS = (
    (10.5, 2.2),
    (10, 1.6),
    (10, 1.5),
    (17.5, 3.2),
    (15.5, 4.0),
    (10.3, 1.3),
    (14, 3.8),
    (10, 1.5),
    (14, 2.5),
)
RECUR_SHARE, REOPEN_SHARE = 0.055, 0.008
# Enterprise, kitchen, shop, dwelling, dormitory, road: how long what is late lies about, against the usual.
LINGERS = np.array([0.43, 0.17, 0.17, 1.0, 1.0, 1.0])


@dataclass(frozen=True)
class Hazards:
    """The hazards of one month with their lives. `number` carries year and month; `reopens` is one, or -1."""

    number: Integers
    place: Integers
    cases: Cases
    lives: Lives
    reopens: Integers
    x: Floats
    y: Floats


@dataclass
class Findings:
    """Everything that is found over the years, month by month; remembers what will come back."""

    street: Street
    places: Places
    patrols: Patrols
    rhythm: Rhythm
    scale: float
    returning: list[tuple[Integers, Integers, Integers, Integers]] = field(default_factory=list)

    @cached_property
    def _elsewhere(self) -> Floats:
        """Expected hazards a day from sources other than patrols and recurrences, over the whole calendar."""
        every = self.rhythm.busyness[self.rhythm.at(self.rhythm.days)]
        wanted = HAZARDS_A_YEAR * (1 - RECUR_SHARE * 0.75) - VISITS_A_YEAR * FINDINGS_A_VISIT * 1.05
        smooth = 0.45 + 0.55 * self.rhythm.busyness / every.mean()
        total = wanted * self.scale * self.rhythm.days.size / 365.25
        return np.asarray(smooth / smooth[self.rhythm.at(self.rhythm.days)].sum() * total)

    def month(self, year: int, month: int, visits: Visits) -> Hazards:
        """The hazards of one month: those its visits found, those others reported, those that came back."""
        roll = dice("hazards", year, month)
        found = np.repeat(np.arange(visits.number.size), visits.found)
        patrol_moment = visits.moment[found] + (
            visits.minutes[found] * MINUTE * roll.random(found.size)
        ).astype(np.int64)
        there = roll.random(found.size) < 0.75
        patrol_place = np.where(there, visits.place[found], self.places.draw(visits.grid[found], roll))
        other_moment, other_place, other_source = self._others(year, month, roll)
        back_moment, back_place, back_kind, back_of = self._returned(year, month, roll)

        reported = np.concatenate([patrol_moment, other_moment, back_moment])
        place = np.concatenate([patrol_place, other_place, back_place])
        source = np.concatenate(
            [
                np.full(found.size, PATROL),
                other_source,
                choose(roll, (40, 10, 3, 18, 12, 4, 12, 1, 0), back_place.size),
            ]
        )
        kind = kinds.draw(self.places.kind[place], month, roll)
        kind[kind.size - back_kind.size :] = back_kind
        reopens = np.concatenate([np.full(found.size + other_moment.size, -1), back_of])
        order = np.argsort(reported, kind="stable")
        shut = (reported // DAY >= self.places.shut_from[place]) | self.places.is_kept[place]
        order = order[(reported[order] <= self.rhythm.cut) & ~shut[order]]
        reported, place, source, kind, reopens = (
            each[order] for each in (reported, place, source, kind, reopens)
        )

        level = choose(roll, (95.4, 4.4, 0.0), order.size)
        grave = (self.places.kind[place] == ENTERPRISE) & (roll.random(order.size) < 0.011)
        level = np.where(grave & np.isin(kind, (0, 5, 6, 7, 11)), MAJOR, level)
        unit = kinds.handler(kind, roll)
        cases = Cases(reported // MINUTE * MINUTE, self.places.grid[place], kind, level, source, unit)
        lives = live(cases, self.street, self.rhythm, LINGERS[self.places.kind[place]], roll)
        number = (year * 100 + month) * 1_000_000 + np.arange(1, order.size + 1)
        x = self.places.x[place] + np.clip(roll.normal(0, 4, order.size), -8, 8)
        y = self.places.y[place] + np.clip(roll.normal(0, 4, order.size), -8, 8)
        hazards = Hazards(number, place, cases, lives, reopens, x, y)
        self._remember(hazards, roll)
        return hazards

    def _others(
        self, year: int, month: int, roll: np.random.Generator
    ) -> tuple[Integers, Integers, Integers]:
        days = self.rhythm.days_of(year, month)
        expected = self._elsewhere[self.rhythm.at(days)]
        # What falls from the sky falls in bad weeks: some days bring twice as much as others.
        times = roll.poisson(expected * roll.gamma(9, 1 / 9, days.size))
        day = np.repeat(days, times)
        source = choose(roll, OTHER_SOURCES, day.size) + 1
        weekend = ~self.rhythm.worked[self.rhythm.at(day)]
        source = np.where(weekend & (source != SNAP) & (roll.random(day.size) < 0.55), SNAP, source)
        hours = np.array(REPORT_HOURS)[source]
        hour = np.clip(roll.normal(hours[:, 0], hours[:, 1]), 6.2, 22.9)
        edges = np.diff(self.places.edges) * self.street.risk**0.5
        grid = choose(roll, edges, day.size)
        # In the silent grid nobody reports but those who call the hotline, and they seldom.
        mute = (grid == self.street.silent) & (self.rhythm.days[-1] - day < SILENT_DAYS)
        keep = ~mute | ((source == HOTLINE) & (roll.random(day.size) < 0.7))
        moment = day * DAY + (hour * HOUR).astype(np.int64)
        return moment[keep], self.places.draw(grid[keep], roll), source[keep]

    def _remember(self, hazards: Hazards, roll: np.random.Generator) -> None:
        """Note which of the closed ones will be reported again within a month, a few of them as reopened."""
        lives = hazards.lives
        chance = np.where(lives.is_hasty, 0.5, RECUR_SHARE)
        back = np.flatnonzero((lives.closed != NEVER) & (roll.random(lives.closed.size) < chance))
        when = lives.closed[back] + (roll.uniform(2, 29, back.size) * DAY).astype(np.int64)
        again = roll.random(back.size) < REOPEN_SHARE / RECUR_SHARE
        self.returning.append(
            (when, hazards.place[back], hazards.cases.kind[back], np.where(again, hazards.number[back], -1))
        )

    def _returned(
        self, year: int, month: int, roll: np.random.Generator
    ) -> tuple[Integers, Integers, Integers, Integers]:
        days = self.rhythm.days_of(year, month)
        if not self.returning:
            none = np.empty(0, np.int64)
            return none, none, none, none
        when, place, kind, number = (np.concatenate(each) for each in zip(*self.returning, strict=True))
        now = (when >= days[0] * DAY) & (when < (days[-1] + 1) * DAY)
        later = when >= (days[-1] + 1) * DAY
        self.returning[:] = [(when[later], place[later], kind[later], number[later])]
        mute = (self.places.grid[place] == self.street.silent) & (
            self.rhythm.days[-1] - when // DAY < SILENT_DAYS
        )
        now &= ~mute
        # A case closed at night is not found again at night.
        hour = np.clip(roll.normal(11.5, 3, when.size), 8, 20)
        moment = when // DAY * DAY + (hour * HOUR).astype(np.int64)
        return moment[now], place[now], kind[now], number[now]
