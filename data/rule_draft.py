"""Drafts of rules: an existing rule file with other weights, floors or periods, written out as a new file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomlkit

from data.rules import Rule


@dataclass(frozen=True)
class Changes:
    """What a draft does differently; what is not named stays as it was.

    `points` by dimension, `pers` and `caps` by deduction, `floors` and `dwell_days` by colour; `intervals`
    are the days between two visits by colour.
    """

    points: Mapping[str, int] = field(default_factory=dict)
    pers: Mapping[str, int] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    dwell_days: Mapping[str, int] = field(default_factory=dict)
    margin: int | None = None
    passes: int | None = None
    probation_days: int | None = None
    intervals: Mapping[str, int] = field(default_factory=dict)


def drafted(rule: Rule, changes: Changes, version: str, effective_from: date) -> str:
    """The text of a rule file like `rule` with these changes, not yet approved by anybody; comments stay.

    The text may hold faults, such as points that no longer add up: `data.rules.rule` tells them.
    """
    told: Any = tomlkit.parse(rule.text)
    told["scheme"].update({"version": version, "effective_from": effective_from, "approved_by": ""})
    for listed, name, by_id in (
        ("dimension", "points", changes.points),
        ("deduct", "per", changes.pers),
        ("deduct", "cap", changes.caps),
        ("colour", "min_score", changes.floors),
    ):
        for each in told[listed]:
            _put(each, {name: by_id.get(each["id"])})
    back = told["hysteresis"]
    _put(
        back,
        {
            "upgrade_margin": changes.margin,
            "upgrade_consecutive": changes.passes,
            "probation_days": changes.probation_days,
        },
    )
    _put(back["min_dwell_days"], changes.dwell_days)
    _put(told["visit_interval_days"], changes.intervals)
    return tomlkit.dumps(told)


def _put(table: Any, values: Mapping[str, int | None]) -> None:
    """Write only what differs, so that the rest keeps its spelling and its comments."""
    for name, value in values.items():
        if value is not None and table[name] != value:
            table[name] = value
