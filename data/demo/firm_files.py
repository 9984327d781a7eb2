"""Writes the ledgers of what was found at enterprises and shops, of their colours and what came of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.colouring.evaluating import Evaluated
from data.colouring.material import Spells
from data.demo import (
    district_scores,
    findings,
    hazard_facts,
    lapses,
    overrides,
    policies,
    rating_ledgers,
    ratings,
)
from data.demo.columns import Integers
from data.demo.desk import Desk
from data.demo.firms import Firms
from data.demo.habits import ENTERPRISE, SHOP
from data.demo.hazards import Hazards
from data.demo.papers import Papers
from data.demo.places import Places
from data.demo.plants import Planted
from data.demo.ratings import Told
from data.demo.rhythm import Rhythm, number
from data.demo.street import Street
from data.demo.tenure import Tenure
from data.rule_shelf import shipped
from data.rules import SCHEME_WORDS, Rule

MONTHS_IN_WORKBOOK = 12
# How many calls more a month those get who are green, yellow and red.
CALLS_MORE = {ENTERPRISE: (0.0, 0.9, 3.6), SHOP: (0.0, 1.2, 3.2)}
RATING_FAULTS = {
    ENTERPRISE: (("三色评定", "蓝"), ("评定日期", "2026年13月1日"), ("企业编号", "QY99999")),
    SHOP: (("评定结果", "蓝"), ("评定日期", "2026年13月1日"), ("商户编号", "SH99999")),
}


@dataclass(frozen=True)
class FirmFiles:
    """One street's enterprises and shops over one period, with its hazards; `called_first`: by the rounds."""

    street: Street
    firms: Firms
    places: Places
    rhythm: Rhythm
    desk: Desk
    planted: Planted
    stands: Tenure
    hazards: list[Hazards]
    called_first: Integers

    def write(self) -> Iterator[Path]:
        """Write everything; yields each path as it is done."""
        yield from self._papers.write()
        calls = [findings.calls(self.firms, self.rhythm, self.stands.shut_from)]
        told = self.told
        for kind in (ENTERPRISE, SHOP):
            rule, which = shipped(kind), self.rated(kind)
            plain = ratings.coloured(told, rule, which, self._last)
            by_hand = overrides.chosen(plain, which, self.rhythm, self.planted)
            seen = ratings.coloured(told, rule, which, self._last, by_hand)
            yield from self._rated(rule, which, seen)
            name = f"{SCHEME_WORDS[kind]}三色人工调整"
            yield from self.desk.book(
                name, overrides.ledger(kind, self.firms, which, by_hand), f"{name}审批表"
            )
            if kind == ENTERPRISE:
                table = policies.ledger(seen, self.firms, which, self.rhythm)
                yield from self.desk.book("一企一策", table, "一企一策工作台账")
            calls.append(self._calls_again(kind, which, seen))
        looks = self._looks(*(np.concatenate(each) for each in zip(*calls, strict=True)))
        for kind in (ENTERPRISE, SHOP):
            table = findings.ledger(kind, self.firms, shipped(kind), looks)
            yield from self.desk.csv(f"{SCHEME_WORDS[kind]}指标核查", table, (("核查日期", "11月5日"),))
        scores = district_scores.ledger(self.street, self.rhythm)
        yield from self.desk.book("五好评分", scores, "商圈五好评分表", (("秩序好", "良好"),))

    @cached_property
    def told(self) -> Told:
        """What all ledgers together tell of colours."""
        facts: dict[str, list[Spells]] = {}
        habits = [findings.facts(self._habits, kind) for kind in (ENTERPRISE, SHOP)]
        for source in (self._papers.facts, hazard_facts.facts(self.hazards, self.places), *habits):
            for fact, spells in source.items():
                facts.setdefault(fact, []).append(spells)
        looks = self._looks(*findings.calls(self.firms, self.rhythm, self.stands.shut_from))
        first_seen = np.minimum(self.called_first, findings.first_looks(looks, self.firms.size))
        return Told(
            {fact: lapses.together(several) for fact, several in facts.items()},
            dict.fromkeys(facts, int(looks.day.min())),
            np.minimum(first_seen, self._papers.first_looks),
        )

    def rated(self, kind: str) -> Integers:
        """The subjects rated as one kind: all of it, and with the shops an enterprise rated as one."""
        if kind == ENTERPRISE:
            return np.flatnonzero(~self.firms.is_shop)
        return np.flatnonzero(self.firms.is_shop | self.planted.is_rated_as_shop)

    @property
    def _last(self) -> int:
        return number(self.rhythm.last)

    @cached_property
    def _papers(self) -> Papers:
        return Papers(self.firms, self.rhythm, self.desk, self.planted, self.stands)

    @cached_property
    def _habits(self) -> tuple[Spells, ...]:
        return findings.habits(self.firms, self.rhythm, self.planted, self.stands.shut_from)

    def _looks(self, subject: Integers, day: Integers) -> findings.Looks:
        return findings.looks(self._habits, self.firms, (subject, day), self._last)

    def _rated(self, rule: Rule, which: Integers, seen: Evaluated) -> Iterator[Path]:
        told = ratings.ratings(seen, self.rhythm, self.planted.is_planted[which])
        ledger = [rating_ledgers.ledger(rule, self.firms, which, each) for each in told]
        old, new = ledger[:-MONTHS_IN_WORKBOOK], ledger[-MONTHS_IN_WORKBOOK:]
        wrong_colour, wrong_day, nobody = RATING_FAULTS[rule.scheme]
        name = f"{SCHEME_WORDS[rule.scheme]}三色评定"
        if old:
            yield from self.desk.csv(f"{name}_往年", pa.concat_tables(old), (wrong_colour, wrong_day))
        faults = (wrong_colour,) if rule.scheme == SHOP else (nobody,)
        yield from self.desk.book(f"{name}_近一年", pa.concat_tables(new), f"{name}表", faults, repeats=1)

    def _calls_again(self, kind: str, which: Integers, seen: Evaluated) -> tuple[Integers, Integers]:
        """Who is not green is called on more often: (subject, day)."""
        subject, since, times = [], [], []
        often = np.array([*CALLS_MORE[kind], 0.0])
        for day in ratings.rating_days(self.rhythm):
            at = ratings.on_day(seen, day)
            there = np.flatnonzero(at >= 0)
            subject.append(which[there])
            since.append(np.full(there.size, day + 1))
            times.append(often[seen.worn[at[there]]])
        if not subject:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        who, days, many = (np.concatenate(each) for each in (subject, since, times))
        return findings.calls_again(kind, who, days, many, self.rhythm, self.stands.shut_from)
