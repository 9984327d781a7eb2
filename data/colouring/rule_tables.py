"""The rules as tables: their items and dimensions, the facts they read, the visits they ask for."""

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from data.colouring.catalogue import facts
from data.colouring.scoring import RED
from data.rules import COLOURS, Rule


def fill(street: duckdb.DuckDBPyConnection, rules: Mapping[str, Sequence[Rule]], today: date) -> None:
    """Fill the tables of rules and facts, and visit_interval by the rules in force on that day."""
    for fact in facts().values():
        street.execute(
            "insert into fact_source values (?, ?, ?, ?, ?, ?)",
            [fact.name, fact.label, fact.unit, fact.ledger, fact.mend or None, fact.wait or None],
        )
        for word in fact.words:
            street.execute("insert into fact_word values (?, ?, ?)", [fact.name, word, fact.days])
    for own in rules.values():
        for rule in own:
            _fill_rule(street, rule)
        in_force = [rule for rule in own if rule.effective_from <= today][-1]
        for colour, days in in_force.intervals.items():
            if colour in (*COLOURS, "unrated"):
                street.execute("insert into visit_interval values (?, ?, ?)", [in_force.scheme, colour, days])


def _fill_rule(street: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    told = {
        "scheme": rule.scheme,
        "rule_version": rule.version,
        "effective_from": rule.effective_from,
        "approved_by": rule.approved_by or None,
        "rule_hash": rule.digest,
        "green_floor": rule.floors[0],
        "yellow_floor": rule.floors[1],
        "upgrade_margin": rule.hysteresis.margin,
        "pass_need": rule.hysteresis.passes,
        "stale_after_days": rule.stale_after_days,
        "content": rule.text,
    }
    names, given = ", ".join(told), ", ".join(f"${name}" for name in told)
    street.execute(f"insert into three_colour_rule ({names}) values ({given})", told)
    which = [rule.scheme, rule.effective_from]
    for number, each in enumerate(rule.dimensions, 1):
        street.execute(
            "insert into rule_dimension values (?, ?, ?, ?, ?, ?)",
            [*which, each.id, number, each.title, each.points],
        )
    items: list[list[object]] = [
        [each.id, "deduct", each.dimension, each.fact, each.per, each.cap, None, each.reason, None]
        for each in rule.deductions
    ]
    items += [
        [
            veto.id, "veto" if veto.colour == RED else "cap", None, veto.fact, None, None,
            COLOURS[veto.colour], veto.reason, veto.release,
        ]
        for veto in rule.vetoes
    ]  # fmt: skip
    if rule.escalation:
        late = rule.escalation
        items.append(
            [
                "escalation", "escalation", None, late.fact, None, None, COLOURS[RED],
                late.reason.replace("{n}", str(late.overdue_days)), "整改并复查合格",
            ]
        )  # fmt: skip
    for number, (item, kind, dimension, fact, *rest) in enumerate(items, 1):
        row = [*which, item, kind, dimension, fact, number, *rest]
        street.execute("insert into rule_item values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
