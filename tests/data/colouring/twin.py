"""A slow twin of the engine, written from the handbook (4.4): one subject, one look at a time, no arrays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.rules import COLOURS, Rule

FOREVER = date(9999, 12, 31)
OVERDUE = ("overdue_general_hazards", "overdue_hazards")
HAZARDS = (*OVERDUE, "open_general_hazards_in_time", "open_major_hazards")
STATES = ("business_closed_long", "business_vacant")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spell:
    """So many units of a fact on since <= day < until, told by a row of a ledger (-1: by the lack of one)."""

    fact: str
    since: date
    until: date
    units: int = 1
    row: int = -1


@dataclass(frozen=True)
class Subject:
    """What is known of one subject; `overrides` are colour, first and last day."""

    key: str
    first_seen: date | None
    spells: tuple[Spell, ...] = ()
    overrides: tuple[tuple[str, date, date], ...] = ()

    def units(self, fact: str, day: date, after_days: int = 0) -> int:
        """Units on a day, of spells that have gone on for so many days before."""
        return sum(
            each.units
            for each in self.spells
            if each.fact == fact and each.since + after_days * DAY <= day < each.until
        )


@dataclass
class Standing:
    """Where the subject stands; no colour before the first one was given."""

    colour: str | None = None
    since: date | None = None
    passes: int = 0
    is_doubled: bool = False
    probation_from: date | None = None


@dataclass(frozen=True)
class Look:
    """One look: the facts, the items that fired with units and points, and what became of it."""

    day: date
    version: str
    score: int
    candidate: str
    assigned: str
    worn: str
    standing: str
    since: date | None
    passes: int
    dwell_days: int
    is_doubled: bool
    probation_from: date | None
    old_colour: str
    facts: Mapping[str, int] = field(default_factory=dict)
    fired: frozenset[tuple[str, int, int]] = frozenset()


def history(rules: Sequence[Rule], known: Mapping[str, date], subject: Subject, until: date) -> list[Look]:
    """Every look at a subject up to and with a day."""
    told, standing = [], Standing()
    for day in looking_days(rules, known, subject, until):
        rule, before = in_force(rules, day)
        assert rule is not None
        score, candidate, facts, fired = seen(rule, known, subject, day)
        old_colour = "unrated"
        if before is not None and day == rule.effective_from:
            old_score, old_candidate, _, _ = seen(before, known, subject, day)
            would = stepped(before, standing, day, old_candidate, old_score)
            old_colour = old_candidate if old_candidate == "unrated" else str(would.colour)
        standing = stepped(rule, standing, day, candidate, score)
        assigned = candidate if candidate == "unrated" else str(standing.colour)
        worn = assigned
        for colour, first, last in subject.overrides:
            if first <= day <= last:
                worn = colour
        told.append(
            Look(
                day=day,
                version=rule.version,
                score=score,
                candidate=candidate,
                assigned=assigned,
                worn=worn,
                standing=standing.colour or "unrated",
                since=standing.since,
                passes=standing.passes,
                dwell_days=dwell(rule, standing),
                is_doubled=standing.is_doubled,
                probation_from=standing.probation_from,
                old_colour=old_colour,
                facts=facts,
                fired=fired,
            )
        )
    return told


def in_force(rules: Sequence[Rule], day: date) -> tuple[Rule | None, Rule | None]:
    """The rule of a day, and the one before it."""
    begun = [None, None, *(rule for rule in rules if rule.effective_from <= day)]
    return begun[-1], begun[-2]


def looking_days(
    rules: Sequence[Rule], known: Mapping[str, date], subject: Subject, until: date
) -> Iterator[date]:
    """The first visit, every month, whatever happened, and the days rules and overrides begin or end."""
    has_begun = False
    day = date(2025, 12, 1)
    while day <= until:
        rule, _ = in_force(rules, day)
        if rule is not None:
            was_visited = subject.first_seen is not None and subject.first_seen <= day
            is_told = any(since <= day for since in known.values())
            if not has_begun and (was_visited or (is_told and not rule.needs_visit)):
                has_begun = True
                yield day
            elif has_begun and (
                day.day == rule.day_of_month or day == rule.effective_from or happened(rule, subject, day)
            ):
                yield day
        day += DAY


def happened(rule: Rule, subject: Subject, day: date) -> bool:
    """Whether the rule wants to be told of something that happened to the subject on a day."""
    vetoes = {veto.fact for veto in rule.vetoes}
    for each in subject.spells:
        watched = ("veto_fact_changed" in rule.triggers and each.fact in vetoes) or (
            "business_status_changed" in rule.triggers and each.fact in STATES
        )
        if day == each.since and (watched or ("hazard_overdue" in rule.triggers and each.fact in OVERDUE)):
            return True
        if day == each.until and (watched or ("hazard_closed" in rule.triggers and each.fact in HAZARDS)):
            return True
        late = rule.escalation
        if late and each.fact == late.fact and day == each.since + (late.overdue_days - 1) * DAY < each.until:
            return True
    return any(day in (first, last + DAY) for _, first, last in subject.overrides)


def seen(
    rule: Rule, known: Mapping[str, date], subject: Subject, day: date
) -> tuple[int, str, dict[str, int], frozenset[tuple[str, int, int]]]:
    """Unrated check, score, caps and vetoes (the worst wins), escalation: this look alone."""
    facts = {fact: units for fact in rule.facts if (units := subject.units(fact, day))}
    fired: set[tuple[str, int, int]] = set()
    score = rule.max_score
    for dimension in rule.dimensions:
        lost = 0
        for item in rule.deductions:
            if item.dimension == dimension.id and item.fact in facts:
                points = min(item.per * facts[item.fact], item.cap)
                fired.add((item.id, facts[item.fact], points))
                lost += points
        score -= min(lost, dimension.points)
    green, yellow, _ = rule.floors
    worst = 0 if score >= green else 1 if score >= yellow else 2
    for veto in rule.vetoes:
        if facts.get(veto.fact, 0) >= veto.value:
            worst = max(worst, veto.colour)
            fired.add((veto.id, facts[veto.fact], 0))
    if rule.escalation and COLOURS[worst] == "yellow":
        late = subject.units(rule.escalation.fact, day, rule.escalation.overdue_days - 1)
        if late:
            worst = COLOURS.index("red")
            fired.add(("escalation", late, 0))
    is_unrated = (
        any(state in facts for state in rule.unrated_states)
        or (rule.needs_visit and (subject.first_seen is None or day < subject.first_seen))
        or (rule.needs_evidence and not has_evidence(rule, known, day))
    )
    return score, "unrated" if is_unrated else COLOURS[worst], facts, frozenset(fired)


def has_evidence(rule: Rule, known: Mapping[str, date], day: date) -> bool:
    """Whether every dimension that nobody fills by hand has a fact that is told by then."""
    return all(
        any(
            item.fact in known and known[item.fact] <= day
            for item in rule.deductions
            if item.dimension == each.id
        )
        for each in rule.dimensions
        if not each.is_manual
    )


def dwell(rule: Rule, standing: Standing) -> int:
    """The days its colour has to be kept."""
    if standing.colour is None:
        return 0
    days = rule.hysteresis.dwell_days[COLOURS.index(standing.colour)]
    return 2 * days if standing.is_doubled and standing.colour == "red" else days


def stepped(rule: Rule, before: Standing, day: date, candidate: str, score: int) -> Standing:
    """Down at once; up one level after passes in a row, with a margin, after the dwell."""
    back = rule.hysteresis
    if candidate == "unrated":
        return Standing(before.colour, before.since, 0, before.is_doubled, before.probation_from)
    if before.colour is None:
        return Standing(candidate, day, 0, False, before.probation_from)
    assert before.since is not None
    now, new = COLOURS.index(before.colour), COLOURS.index(candidate)
    if new > now:
        is_relapse = (
            candidate == "red"
            and before.probation_from is not None
            and (day - before.probation_from).days <= back.probation_days
        )
        return Standing(candidate, day, 0, is_relapse and back.is_dwell_doubled, before.probation_from)
    if now == 0:
        return Standing(before.colour, before.since, 0, before.is_doubled, before.probation_from)
    wanted = now - 1
    if new > wanted or score < rule.floors[wanted] + back.margin:
        return Standing(before.colour, before.since, 0, before.is_doubled, before.probation_from)
    passes = before.passes + 1
    if passes < back.passes or (day - before.since).days < dwell(rule, before):
        return Standing(before.colour, before.since, passes, before.is_doubled, before.probation_from)
    is_probation = COLOURS[wanted] == "yellow"
    return Standing(COLOURS[wanted], day, 0, False, day if is_probation else before.probation_from)
