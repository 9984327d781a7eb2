"""Planted stories: subjects whose ledgers tell, up to the last day, what the pages of colours must find.

A story only says what was where, since when; each ledger tells its part of it as it does for everybody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data.colouring.material import FAR, Spells
from data.demo.columns import Flags, Integers
from data.demo.firms import Firms
from data.rules import COLOURS

GREEN = COLOURS.index("green")


@dataclass(frozen=True)
class Plant:
    """One subject with a story; `note` says what is to be found there on the last day."""

    story: str
    subject_no: str
    note: str


@dataclass(frozen=True)
class Lapse:
    """A fact at a subject, `units` of it, from one day until another, counted back from the last day."""

    fact: str
    since_ago: int
    until_ago: int | None = None
    units: int = 1


@dataclass(frozen=True)
class Case:
    """A hazard at a subject, days counted back from the last day; a limit to come is negative."""

    filed_ago: int
    due_ago: int
    closed_ago: int | None = None
    kind: int = 0
    is_major: bool = False


@dataclass(frozen=True)
class Story:
    """What happened to a subject. Nothing else is wrong there, in all the years.

    `raised`: from when until when, in days before the last one, it is set to green by hand. `unseen_ago`:
    since when nobody calls there. `state`: what the register of shops calls it since `state_ago`.
    """

    lapses: tuple[Lapse, ...] = ()
    cases: tuple[Case, ...] = ()
    raised: tuple[int, int] | None = None
    unseen_ago: int | None = None
    state: str | None = None
    state_ago: int = 0
    has_red_risk: bool = False
    is_rated_as_shop: bool = False


EVER_AGO = 40_000
WIRING, GAS, STAIRS = 2, 3, 1
STORIES: Mapping[str, Story] = {
    "long_red": Story(cases=(Case(75, 17, is_major=True),)),
    "near_edge": Story(
        lapses=(
            Lapse("no_safety_commitment", 100),
            Lapse("unregistered_danger_sources", 95),
            Lapse("monitor_faults_30d", 80),
        )
    ),
    "near_due": Story(cases=(Case(2, -3),)),
    "rebound": Story(cases=(Case(108, 101, 85), Case(20, 13, kind=WIRING))),
    "relapse": Story(lapses=(Lapse("illegal_residence", 90, 72), Lapse("illegal_residence", 20))),
    "escalated": Story(cases=(Case(22, 15, kind=GAS),)),
    "conflict": Story(lapses=(Lapse("exit_locked", 25),), is_rated_as_shop=True),
    "override": Story(cases=(Case(30, 20, kind=STAIRS),), raised=(8, -20)),
    "stale": Story(unseen_ago=150),
    "never_visited": Story(unseen_ago=EVER_AGO),
    "closed_shop": Story(state="停业", state_ago=120, unseen_ago=120),
    "inherent_red_green": Story(has_red_risk=True),
    "low_hanging": Story(
        lapses=(
            Lapse("no_safety_commitment", 110),
            Lapse("unregistered_danger_sources", 105, units=2),
            Lapse("monitor_faults_30d", 100),
            Lapse("illegal_residence", 40),
        )
    ),
}
PLANTS = (
    Plant("long_red", "QY00003", "重大隐患立案 75 天仍未销号，一直是红色"),
    Plant("near_edge", "QY00006", "86 分的绿色：责任状、危险源各扣 6 分，监测故障扣 2 分"),
    Plant("near_due", "QY00009", "绿色，有一处隐患再过 3 天到期"),
    Plant("rebound", "QY00012", "由黄升绿后不到 60 天又变黄"),
    Plant("relapse", "QY00015", "红升黄后观察期内又变红，停留期加倍"),
    Plant("escalated", "SH00012", "隐患超期 7 天以上未改，由黄升级为红"),
    Plant("escalated", "SH00047", "隐患超期 7 天以上未改，由黄升级为红"),
    Plant("conflict", "QY00018", "按企业评为绿色，按商户因锁闭安全出口评为红色"),
    Plant("override", "QY00021", "按规则是黄色，人工调整为绿色，还在有效期内"),
    Plant("stale", "QY00024", "超过 120 天无人走访"),
    Plant("never_visited", "QY00027", "从来没有人走访过，未评"),
    Plant("never_visited", "SH00031", "从来没有人走访过，未评"),
    Plant("closed_shop", "SH00020", "停业，不评色，显示为灰"),
    Plant("inherent_red_green", "QY00030", "固有风险为红，三色为绿"),
    Plant("low_hanging", "QY00033", "红色，只要违规住人一项整改就能到黄色"),
)


@dataclass(frozen=True)
class Planted:
    """The plants among a street's subjects, up to and with the day `last`."""

    firms: Firms
    last: int

    @cached_property
    def stories(self) -> tuple[tuple[int, Story], ...]:
        """(subject, its story) of every plant, subjects as the street's firms are numbered."""
        place = {number: at for at, number in enumerate(self.firms.numbers)}
        return tuple((place[each.subject_no], STORIES[each.story]) for each in PLANTS)

    @cached_property
    def is_planted(self) -> Flags:
        """Whether each subject has a story: nothing happens there by chance."""
        return self._which(lambda _: True)

    @cached_property
    def has_red_risk(self) -> Flags:
        """Whether each subject is one whose register says so."""
        return self._which(lambda story: story.has_red_risk)

    @cached_property
    def is_rated_as_shop(self) -> Flags:
        """Whether each subject, an enterprise, is also rated as a shop."""
        return self._which(lambda story: story.is_rated_as_shop)

    def _which(self, told: Callable[[Story], bool]) -> Flags:
        flags = np.zeros(self.firms.size, np.bool_)
        flags[[at for at, story in self.stories if told(story)]] = True
        return flags

    def lapses(self, fact: str) -> Spells:
        """When the stories have a fact, subject by subject."""
        rows = [
            (
                at,
                self.last - each.since_ago,
                FAR if each.until_ago is None else self.last - each.until_ago,
                each.units,
            )
            for at, story in self.stories
            for each in story.lapses
            if each.fact == fact
        ]
        columns = np.array(rows, np.int64).reshape(-1, 4).T
        return Spells(*columns)

    @cached_property
    def cases(self) -> tuple[tuple[int, Case], ...]:
        """(subject, hazard) of every hazard of a story."""
        return tuple((at, case) for at, story in self.stories for case in story.cases)

    @cached_property
    def raised(self) -> tuple[tuple[int, int, int], ...]:
        """(subject, since, last day) of every colour that was set to green by hand."""
        return tuple(
            (at, self.last - story.raised[0], self.last - story.raised[1])
            for at, story in self.stories
            if story.raised
        )

    @cached_property
    def unseen_from(self) -> Integers:
        """The day from which nobody calls at each subject any more; FAR for all but a few."""
        days = np.full(self.firms.size, FAR)
        for at, story in self.stories:
            if story.unseen_ago is not None:
                days[at] = self.last - story.unseen_ago
        return days
