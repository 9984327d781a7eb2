"""三色: every enterprise and shop rated once a month from what was found there, slipping and climbing back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from data.demo import vocabulary
from data.demo.columns import DAY, NEVER, Flags, Integers, counts, days, words
from data.demo.firms import Firms
from data.demo.hazards import Hazards
from data.demo.lifecycle import MAJOR
from data.demo.places import Places
from data.demo.rhythm import Rhythm, number
from data.demo.rules import Scheme
from data.demo.seed import dice

COLOURS = ("绿", "黄", "红")
HEALS_IN_A_MONTH = 0.34
MARGIN = 3
LOOK_BACK_DAYS = 4
REVIEW_DAYS_AGO = 3


@dataclass(frozen=True)
class Marks:
    """The marks of one rating: facts (subjects x facts) as counts, vetoes, points of every indicator, colour.

    A review (复评) looks again at those who are not green; `changed` marks whose colour is not what it was.
    """

    rated_on: int
    is_review: bool
    changed: Flags
    facts: Integers
    cleared: Flags
    vetoes: Flags
    points: Integers
    colour: Integers


@dataclass(frozen=True)
class HazardFacts:
    """Hazards of the subjects over the years: what the rating takes from the hazard ledger."""

    subject: Integers
    filed: Integers
    due: Integers
    closed: Integers
    handled: Integers
    rework: Integers
    is_major: Flags

    def on(self, day: int, size: int) -> dict[str, Integers]:
        """Counts for every subject as they stood when the day began."""
        now = day * DAY
        opened = (self.filed != NEVER) & (self.filed < now) & ((self.closed == NEVER) | (self.closed >= now))
        overdue = opened & (self.due < day) & ~self.is_major
        failed = (
            (self.rework > 0)
            & (self.handled != NEVER)
            & (self.handled < now)
            & (self.handled >= now - 90 * DAY)
        )

        def count(which: Flags) -> Integers:
            return np.bincount(self.subject[which], minlength=size).astype(np.int64)

        return {
            "overdue": count(overdue),
            "in_time": count(opened & ~overdue & ~self.is_major),
            "failed": count(failed),
            "major": count(opened & self.is_major),
        }


def hazard_facts(months: list[Hazards], places: Places) -> HazardFacts:
    """The hazards of enterprises and shops that count in a rating: neither void, suspended nor self-handled."""
    columns: list[list[np.ndarray]] = [[] for _ in range(7)]
    for month in months:
        lives, subject = month.lives, places.subject[month.place]
        keep = (subject >= 0) & (lives.voided == NEVER) & ~lives.is_suspended & ~lives.is_self_handled
        due = np.where(lives.extended != NEVER, lives.extended, lives.due)
        for column, values in zip(
            columns,
            (
                subject,
                lives.filed,
                due,
                lives.closed,
                lives.handled,
                lives.rework,
                month.cases.level == MAJOR,
            ),
            strict=True,
        ):
            column.append(values[keep])
    return HazardFacts(*(np.concatenate(column) for column in columns))


def rate(
    scheme: Scheme, firms: Firms, which: Integers, hazards: HazardFacts, rhythm: Rhythm
) -> Iterator[Marks]:
    """The marks of the subjects `which`, month by month, on the first day of each."""
    roll = dice("ratings", scheme.name)
    size = which.size
    worse = np.exp(-0.75 * firms.care[which])[:, None]
    chance = np.array([fact.chance for fact in scheme.facts])
    usual = chance / (chance + HEALS_IN_A_MONTH)
    facts = (roll.random((size, chance.size)) < np.minimum(usual * worse, 0.8)).astype(np.int64)
    vetoes = np.zeros((size, len(scheme.vetoes)), np.bool_)
    colour, streak = np.zeros(size, np.int64), np.zeros(size, np.int64)
    per, cap = np.array([fact.per for fact in scheme.facts]), np.array([fact.cap for fact in scheme.facts])
    of = np.array([fact.indicator for fact in scheme.facts])
    full = np.array([points for _, points in scheme.indicators])
    veto_chance = np.array([odds for _, _, odds in scheme.vetoes])
    rating_days = _rating_days(rhythm)
    review = number(rhythm.last) - REVIEW_DAYS_AGO
    for turn, day in enumerate([*rating_days, *([review] if review > rating_days[-1] else [])]):
        before = facts > 0
        heals = before & (roll.random(facts.shape) < HEALS_IN_A_MONTH)
        slips = ~before & (roll.random(facts.shape) < np.minimum(chance * worse, 0.6))
        facts = np.where(heals, 0, np.where(slips, roll.geometric(0.62, facts.shape), facts))
        told = hazards.on(day, firms.size)
        _tell(scheme, facts, told, which)
        vetoes = np.where(
            vetoes, roll.random(vetoes.shape) < 0.45, roll.random(vetoes.shape) < veto_chance * worse
        )
        if scheme.vetoes[0][2] == 0:
            vetoes[:, 0] = told["major"][which] > 0
        lost = np.minimum(facts * per, cap)
        points = np.stack(
            [np.maximum(full[at] - lost[:, of == at].sum(axis=1), 0) for at in range(full.size)], axis=1
        )
        was = colour
        colour, streak = _colour(
            scheme, points.sum(axis=1), vetoes.any(axis=1), told["overdue"][which] > 0, colour, streak, turn
        )
        is_review = turn == len(rating_days)
        cleared = before & (facts == 0)
        yield Marks(
            day, is_review, colour != was, facts.copy(), cleared, vetoes.copy(), points, colour.copy()
        )


def _rating_days(rhythm: Rhythm) -> list[int]:
    firsts = (date(year, month, 1) for year, month in rhythm.months)
    return [number(day) for day in firsts if day >= rhythm.first]


def _tell(scheme: Scheme, facts: Integers, told: dict[str, Integers], which: Integers) -> None:
    names = {"H1": "overdue", "H2": "in_time", "H4": "failed", "S4": "overdue"}
    for place, fact in enumerate(scheme.facts):
        if fact.code in names:
            facts[:, place] = told[names[fact.code]][which]


def _colour(
    scheme: Scheme,
    total: Integers,
    vetoed: Flags,
    overdue: Flags,
    colour: Integers,
    streak: Integers,
    turn: int,
) -> tuple[Integers, Integers]:
    """The colour after this month: down at once, up one step after two good months with a margin."""
    green, yellow = scheme.floors
    plain = np.where(total >= green, 0, np.where(total >= yellow, 1, 2))
    plain = np.where(overdue, np.maximum(plain, 1), plain)
    plain = np.where(vetoed, 2, plain)
    firm = np.where(total >= green + MARGIN, 0, np.where(total >= yellow + MARGIN, 1, 2))
    firm = np.maximum(firm, plain)
    if turn == 0:
        return plain, streak
    streak = np.where(firm < colour, streak + 1, 0)
    climbs = streak >= 2
    after = np.where(plain > colour, plain, np.where(climbs, colour - 1, colour))
    return after, np.where(climbs, 0, streak)


def rating_ledger(scheme: Scheme, firms: Firms, which: Integers, marks: Marks) -> pa.Table:
    """三色评定 of one day: a row per subject; of a review only those who were, or became, other than green."""
    size = which.size
    raters = vocabulary.people("raters", 34)
    reasons = [_reason(scheme, marks, row) if marks.colour[row] else None for row in range(size)]
    shop = scheme.name == "商户"
    names = {
        "商户编号" if shop else "企业编号": firms.numbers,
        "店铺名称" if shop else "企业名称": firms.names,
    }
    columns = {heading: pa.array([values[at] for at in which]) for heading, values in names.items()}
    for place, (name, _) in enumerate(scheme.indicators):
        columns[name] = counts(marks.points[:, place])
    table = pa.table(
        {
            **columns,
            "总得分": counts(marks.points.sum(axis=1)),
            "评定结果" if shop else "三色评定": words(COLOURS, marks.colour),
            "扣分原因" if shop else "评定说明": pa.array(reasons, pa.string()),
            "评定日期": days(np.full(size, marks.rated_on)),
            "评定类别": words(("例行", "复评"), np.full(size, int(marks.is_review))),
            "评定人": words(raters, firms.grid[which] % len(raters)),
        }
    )
    return table.filter(pa.array(marks.changed | (marks.colour > 0))) if marks.is_review else table


def _reason(scheme: Scheme, marks: Marks, row: int) -> str:
    told = [text for place, (_, text, _) in enumerate(scheme.vetoes) if marks.vetoes[row, place]]
    told += [f"{fact.text}{n}处" for fact, n in zip(scheme.facts, marks.facts[row], strict=True) if n]
    return "；".join(told) or "观察期内，暂不升级"


def finding_ledger(scheme: Scheme, firms: Firms, which: Integers, marks: Marks) -> pa.Table:
    """指标核查 before one rating: every fact that cost points, and every one that was put right since the last.

    The deductions of a subject add up to what its indicators lack; a veto is a row without a deduction.
    """
    per, cap = np.array([fact.per for fact in scheme.facts]), np.array([fact.cap for fact in scheme.facts])
    row, place = np.nonzero((marks.facts > 0) | marks.cleared)
    veto_row, veto_place = np.nonzero(marks.vetoes)
    number_of = np.concatenate([marks.facts[row, place], np.ones(veto_row.size, np.int64)])
    failed = number_of > 0
    lost = np.concatenate(
        [np.minimum(marks.facts[row, place] * per[place], cap[place]), np.zeros(veto_row.size, np.int64)]
    )
    details = [f"{fact.code} {fact.text}" for fact in scheme.facts] + [
        f"{code} {text}" for code, text, _ in scheme.vetoes
    ]
    indicators = [scheme.indicators[fact.indicator][0] for fact in scheme.facts] + ["一票否决"] * len(
        scheme.vetoes
    )
    subject = which[np.concatenate([row, veto_row])]
    detail = np.concatenate([place, veto_place + len(scheme.facts)])
    day = marks.rated_on - 1 - subject % LOOK_BACK_DAYS
    order = np.lexsort((detail, subject))
    heading = "商户编号" if scheme.name == "商户" else "企业编号"
    return pa.table(
        {
            heading: pa.array([firms.numbers[at] for at in subject[order]], pa.string()),
            "核查日期": days(day[order]),
            "核查指标": words(indicators, detail[order]),
            "具体事项": words(details, detail[order]),
            "核查结果": words(("合格", "不合格"), failed[order]),
            "扣分": counts(lost[order]),
            "说明": pa.array([f"{n}处" if n else "已整改到位" for n in number_of[order]], pa.string()),
            "核查人": words(vocabulary.people("raters", 34), firms.grid[subject[order]] % 34),
        }
    )
