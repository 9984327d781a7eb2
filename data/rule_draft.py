"""Drafts of rules: an existing rule file with other weights, floors or periods, written out as a new file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomlkit

from data.rules import COLOURS, Rule


@dataclass(frozen=True)
class Changes:
    """What a draft does differently; what is not named stays as it was.

    `points` by dimension, `pers` and `caps` by deduction, `floors` by colour, `dwell_days` by colour (red, yellow).
    """

    points: Mapping[str, int] = field(default_factory=dict)
    pers: Mapping[str, int] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    floors: Mapping[str, int] = field(default_factory=dict)
    dwell_days: Mapping[str, int] = field(default_factory=dict)
    margin: int | None = None
    passes: int | None = None
    probation_days: int | None = None


def drafted(rule: Rule, changes: Changes, version: str, effective_from: date) -> str:
    """The text of a rule file like `rule` with these changes, not yet approved by anybody; comments stay.

    The text may hold faults, such as points that no longer add up: `data.rules.rule` tells them.
    """
    told: Any = tomlkit.parse(rule.text)
    told["scheme"]["version"] = version
    told["scheme"]["effective_from"] = effective_from
    told["scheme"]["approved_by"] = ""
    for listed, name, by_id in (
        ("dimension", "points", changes.points),
        ("deduct", "per", changes.pers),
        ("deduct", "cap", changes.caps),
        (
            "colour",
            "min_score",
            {colour: changes.floors[colour] for colour in COLOURS if colour in changes.floors},
        ),
    ):
        for each in told[listed]:
            if by_id.get(each["id"], each[name]) != each[name]:
                each[name] = by_id[each["id"]]
    back = told["hysteresis"]
    for name, value in (
        ("upgrade_margin", changes.margin),
        ("upgrade_consecutive", changes.passes),
        ("probation_days", changes.probation_days),
    ):
        if value is not None and back[name] != value:
            back[name] = value
    for colour, days in changes.dwell_days.items():
        if back["min_dwell_days"].get(colour) != days:
            back["min_dwell_days"][colour] = days
    return tomlkit.dumps(told)
