"""The three-colour rules: what costs points, what decides a colour at once, and how a colour is won back.

A rule file speaks for one scheme (enterprises or shops) from its `effective_from` on; the reading of it is
here, what may be wrong in one is in data/rule_faults.py, which files there are in data/rule_shelf.py.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.rule_faults import faults
from data.trouble import Trouble

# From best to worst; the place in the tuple is the code the engine counts with.
COLOURS = ("green", "yellow", "red")
UNRATED = len(COLOURS)
SCHEMES = ("enterprise", "shop")
SCHEME_WORDS = {"enterprise": "企业", "shop": "商户"}


@dataclass(frozen=True)
class Dimension:
    """One of the things a scheme looks at, and the most points it can cost."""

    id: str
    title: str
    points: int
    is_manual: bool = False


@dataclass(frozen=True)
class Deduction:
    """Every unit of a fact costs `per` points, all of them together `cap` at most."""

    id: str
    dimension: str
    fact: str
    per: int
    cap: int
    reason: str


@dataclass(frozen=True)
class Veto:
    """From `value` units of a fact on nobody is better than `colour`, whatever the points say."""

    id: str
    fact: str
    value: int
    colour: int
    reason: str
    release: str


@dataclass(frozen=True)
class Escalation:
    """A yellow problem that has been overdue for so many days turns its subject red."""

    fact: str
    overdue_days: int
    reason: str


@dataclass(frozen=True)
class Hysteresis:
    """How a colour is won back: margin in points, passes in a row, dwell by colour code, probation."""

    margin: int
    passes: int
    dwell_days: tuple[int, int, int]
    probation_days: int
    is_dwell_doubled: bool


@dataclass(frozen=True)
class Rule:
    """One scheme's rule as one file tells it. `floors` are the least points of green, yellow and red.

    `digest` is the SHA-256 of the file's text; `intervals` are the days between two visits by colour.
    """

    scheme: str
    title: str
    version: str
    effective_from: date
    approved_by: str
    max_score: int
    floors: tuple[int, int, int]
    dimensions: tuple[Dimension, ...]
    deductions: tuple[Deduction, ...]
    vetoes: tuple[Veto, ...]
    escalation: Escalation | None
    hysteresis: Hysteresis
    intervals: Mapping[str, int]
    stale_after_days: int
    needs_visit: bool
    needs_evidence: bool
    unrated_states: tuple[str, ...]
    triggers: tuple[str, ...]
    day_of_month: int
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The hash that says exactly which text was applied."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_trial(self) -> bool:
        """Whether nobody has approved the rule: its colours show 试行."""
        return not self.approved_by

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the rule reads, each once, in the rule's order."""
        read = [each.fact for each in self.deductions] + [each.fact for each in self.vetoes]
        read += [self.escalation.fact] if self.escalation else []
        return tuple(dict.fromkeys([*read, *self.unrated_states]))


def rule(text: str, name: str) -> Rule:
    """The rule a file's text tells. Raises Trouble naming everything in it that has to be mended."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Trouble(f"规则文件「{name}」不是正确的 TOML：{fault}。请对照自带的规则文件修改。") from None
    found = faults(told)
    if found:
        listed = "".join(f"\n{number}. {fault}。" for number, fault in enumerate(found, 1))
        raise Trouble(f"规则文件「{name}」有 {len(found)} 处要改：{listed}")
    return _rule(told, text)


def _rule(told: dict[str, Any], text: str) -> Rule:
    scheme, unrated, evaluation = told["scheme"], told.get("unrated", {}), told.get("evaluation", {})
    floors = {each["id"]: each["min_score"] for each in told["colour"]}
    back = told["hysteresis"]
    dwell = back.get("min_dwell_days", {})
    upward = told.get("escalation")
    return Rule(
        scheme=scheme["object"],
        title=scheme["name_zh"],
        version=str(scheme["version"]),
        effective_from=scheme["effective_from"],
        approved_by=scheme.get("approved_by", ""),
        max_score=scheme.get("max_score", 100),
        floors=(floors["green"], floors["yellow"], floors["red"]),
        dimensions=tuple(
            Dimension(each["id"], each["name_zh"], each["points"], each.get("manual", False))
            for each in told["dimension"]
        ),
        deductions=tuple(
            Deduction(each["id"], each["dimension"], each["fact"], each["per"], each["cap"], each["reason"])
            for each in told["deduct"]
        ),
        vetoes=tuple(
            Veto(
                each["id"],
                each["fact"],
                each.get("value", 1),
                COLOURS.index(each["colour"]),
                each["reason"],
                each.get("release", ""),
            )
            for each in told.get("veto", [])
        ),
        escalation=Escalation(
            upward.get("fact", "overdue_hazards"), upward["yellow_overdue_days"], upward["reason"]
        )
        if upward
        else None,
        hysteresis=Hysteresis(
            margin=back["upgrade_margin"],
            passes=back["upgrade_consecutive"],
            dwell_days=(0, dwell.get("yellow", 0), dwell.get("red", 0)),
            probation_days=back.get("probation_days", 0),
            is_dwell_doubled=back.get("relapse_in_probation", "") == "red_double_dwell",
        ),
        intervals=dict(told["visit_interval_days"]),
        stale_after_days=unrated.get("stale_after_days", 120),
        needs_visit=unrated.get("when_no_visit_ever", True),
        needs_evidence=unrated.get("when_dimension_without_evidence", True),
        unrated_states=tuple(f"business_{each}" for each in unrated.get("when_business_status", [])),
        triggers=tuple(evaluation.get("event_triggers", [])),
        day_of_month=evaluation.get("day_of_month", 1),
        text=text,
    )
