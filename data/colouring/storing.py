"""Stores what an evaluation came to: looks, the facts and items of each, the days a colour holds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.colouring import calendar
from data.colouring.evaluating import Evaluated
from data.colouring.scoring import Integers
from data.colouring.track import NEVER
from data.rules import COLOURS

WORDS = (*COLOURS, "unrated")
OCCASIONS = ("first", "monthly", "event", "rule_change")
ENDLESS = calendar.number(date(9999, 12, 31))


def store(street: duckdb.DuckDBPyConnection, told: Evaluated, first_no: int) -> None:
    """Insert one scheme's rows, its evaluations numbered from `first_no` on."""
    if not told.points.size:
        return
    numbers = first_no + np.arange(told.points.size)
    _insert(street, "colour_evaluation", _evaluations(told, numbers))
    _insert(street, "evaluation_fact", _facts(told, numbers))
    _insert(street, "evaluation_fired", _fired(told, numbers))
    _insert(street, "computed_spell", _spells(told, numbers))


def _evaluations(told: Evaluated, numbers: Integers) -> dict[str, Any]:
    after, rule_nos = told.standings, told.rule_nos
    is_change = np.isin(told.points.days, [calendar.number(rule.effective_from) for rule in told.rules[1:]])
    return {
        "evaluation_no": numbers,
        "enterprise_key": _word(told.told.keys, told.points.subjects),
        "scheme": _same(told.told.scheme, numbers.size),
        "evaluated_on": _days(told.points.days),
        "occasion": _word(OCCASIONS, _occasions(told, is_change)),
        "rule_version": _word([rule.version for rule in told.rules], rule_nos),
        "rule_hash": _word([rule.digest for rule in told.rules], rule_nos),
        "score": told.scores,
        "candidate": _word(WORDS, told.candidates),
        "assigned": _word(WORDS, told.assigned),
        "colour": _word(WORDS, told.worn),
        "is_overridden": told.worn != told.assigned,
        "standing": _word(WORDS, after.colour),
        "standing_since_on": _days(after.since),
        "pass_count": after.passes,
        "dwell_days": told.dwell,
        "is_dwell_doubled": after.is_doubled > 0,
        "probation_from_on": _days(after.probation_from),
        "old_rule_colour": _word(WORDS, np.where(is_change, told.old_colours, -1)),
    }


def _occasions(told: Evaluated, is_change: Any) -> Integers:
    dates = told.points.days.astype("M8[D]")
    day_of_month = (dates - dates.astype("M8[M]")).astype(np.int64) + 1
    is_monthly = day_of_month == np.array([rule.day_of_month for rule in told.rules])[told.rule_nos]
    return np.where(is_change, 3, np.where(_is_first(told), 0, np.where(is_monthly, 1, 2)))


def _facts(told: Evaluated, numbers: Integers) -> dict[str, Any]:
    """Every fact that was not nought, of those that the rule of that day reads."""
    names = list(told.facts)
    found = []
    for units, name in zip(told.facts.values(), names, strict=True):
        is_read = np.array([name in rule.facts for rule in told.rules])
        places = np.flatnonzero(units if is_read.all() else (units > 0) & is_read[told.rule_nos])
        found.append((places, units[places]))
    places, counts = (_joined([each[at] for each in found]) for at in (0, 1))
    kinds = np.repeat(np.arange(len(names)), [each[0].size for each in found])
    order = np.argsort(places, kind="stable")
    return {
        "evaluation_no": numbers[places[order]],
        "fact": _word(names, kinds[order]),
        "fact_count": counts[order],
    }


def _fired(told: Evaluated, numbers: Integers) -> dict[str, Any]:
    found = [(places[each.places], each) for places, looked in told.looks for each in looked.fired]
    items = [each for _, each in found]
    places = _joined([places for places, _ in found])
    nth = np.repeat(np.arange(len(found)), [each.places.size for each in items])
    order = np.argsort(places, kind="stable")
    nth = nth[order]
    forced = np.array([-1 if each.colour is None else each.colour for each in items], np.int32)
    return {
        "evaluation_no": numbers[places[order]],
        "item": _word([each.item for each in items], nth),
        "item_kind": _word([each.kind for each in items], nth),
        "fact": _word([each.fact for each in items], nth),
        "fact_count": _joined([each.counts for each in items])[order],
        "lost_points": _joined([each.points for each in items])[order],
        "forced_colour": _word(WORDS, forced[nth]),
    }


def _spells(told: Evaluated, numbers: Integers) -> dict[str, Any]:
    """The days each colour is worn, in the order of the days."""
    days, worn, is_first = told.points.days, told.worn, _is_first(told)
    before = np.where(is_first, -1, np.roll(worn, 1))
    until = np.where(np.roll(is_first, -1), ENDLESS, np.roll(days, -1))
    order = np.argsort(days, kind="stable")
    return {
        "enterprise_key": _word(told.told.keys, told.points.subjects[order]),
        "scheme": _same(told.told.scheme, order.size),
        "colour": _word(WORDS, worn[order]),
        "colour_before": _word(WORDS, before[order]),
        "rated_on": _days(days[order]),
        "until_on": _days(until[order]),
        "colour_basis": _word(("rule", "override"), (worn != told.assigned)[order].astype(np.int32)),
        "score": told.scores[order].astype(np.float64),
        "evaluation_no": numbers[order],
    }


def _is_first(told: Evaluated) -> Any:
    """Whether a look is the first at its subject."""
    return np.diff(told.points.subjects, prepend=-1) > 0


def _joined(arrays: Sequence[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _insert(street: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Any]) -> None:
    street.register("told_rows", pa.table(dict(columns)))
    street.execute(f"insert into {table} by name select * from told_rows")
    street.unregister("told_rows")


def _same(word: str, size: int) -> Any:
    return _word([word], np.zeros(size, np.int32))


def _word(words: Sequence[str], codes: Integers) -> Any:
    """The word of each code; null for -1. Codes travel instead of words."""
    small = codes.astype(np.int32)
    indices = pa.array(small, mask=small < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), pa.string()))


def _days(days: Integers) -> Any:
    """Days since 1970 as dates; null for NEVER."""
    return pa.array(days.astype(np.int32), mask=days == NEVER).view(pa.date32())
