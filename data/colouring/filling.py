"""Fills the tables of colours: facts first, then every scheme's evaluations, then the days each one holds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.colouring import calendar
from data.colouring.evaluating import Evaluated, evaluate
from data.colouring.material import material
from data.colouring.scoring import Integers
from data.colouring.track import NEVER
from data.rules import COLOURS, Rule

Rules = Mapping[str, Sequence[Rule]]
WORDS = (*COLOURS, "unrated")
# In the order in which they are filled.
TABLES = (
    "fact_spell",
    "fact_known",
    "subject_seen",
    "colour_evaluation",
    "evaluation_fact",
    "evaluation_fired",
    "computed_spell",
)
FACTS = {
    "subject_seen": "select * from subject_seen_counted($known_at) order by seen_on, enterprise_key",
    "fact_known": "select * from fact_known_counted($known_at) order by scheme, fact",
    "fact_spell": "select * from fact_spell_counted($known_at)"
    " order by fact, enterprise_key, from_on, record_key",
}
WORN = (
    "insert into computed_spell select * from computed_spell_counted()"
    " order by rated_on, enterprise_key, scheme"
)


def fill(
    street: duckdb.DuckDBPyConnection, rules: Rules, until: date, known_at: datetime | None = None
) -> None:
    """Fill every table of TABLES, all there and empty, as known at a moment (None: all that is loaded)."""
    for table, sql in FACTS.items():
        street.execute(f"insert into {table} {sql}", {"known_at": known_at})
    number(street, known_at)
    first_no = 1
    for scheme, own in rules.items():
        told = evaluate(material(street, scheme), own, calendar.number(until))
        _write(street, told, first_no)
        first_no += told.points.size
    for table in ("coloured", "coloured_override"):
        street.execute(f"drop table temp.{table}")
    street.execute(WORN)


def number(street: duckdb.DuckDBPyConnection, known_at: datetime | None, only: str | None = None) -> None:
    """Number the subjects of every scheme, or only one subject, for `material`."""
    given = {"known_at": known_at}
    street.execute(
        "create temp table coloured as select scheme, enterprise_key,"
        " row_number() over (partition by scheme order by enterprise_key) - 1 as subject_no"
        " from coloured_subject($known_at) where $only is null or enterprise_key = $only",
        given | {"only": only},
    )
    street.execute(
        "create temp table coloured_override as select enterprise_key, scheme, colour, from_on, until_on"
        " from rating_override_known($known_at)",
        given,
    )


def _write(street: duckdb.DuckDBPyConnection, told: Evaluated, first_no: int) -> None:
    if not told.points.size:
        return
    numbers = first_no + np.arange(told.points.size)
    _insert(street, "colour_evaluation", _evaluations(told, numbers))
    for fact, units in told.facts.items():
        # what another rule reads is none of this one's facts
        is_read = np.array([fact in rule.facts for rule in told.rules])[told.rule_nos]
        places = np.flatnonzero((units > 0) & is_read)
        _insert(
            street,
            "evaluation_fact",
            {"evaluation_no": numbers[places], "fact": _same(fact, places), "fact_count": units[places]},
        )
    for places, looked in told.looks:
        for fired in looked.fired:
            here = places[fired.places]
            forced = None if fired.colour is None else COLOURS[fired.colour]
            _insert(
                street,
                "evaluation_fired",
                {
                    "evaluation_no": numbers[here],
                    "item": _same(fired.item, here),
                    "item_kind": _same(fired.kind, here),
                    "fact": _same(fired.fact, here),
                    "fact_count": fired.counts,
                    "lost_points": fired.points,
                    "forced_colour": _same(forced, here),
                },
            )


def _evaluations(told: Evaluated, numbers: Integers) -> dict[str, Any]:
    days, after = told.points.days, told.standings
    first = np.diff(told.points.subjects, prepend=-1) > 0
    changes = [calendar.number(rule.effective_from) for rule in told.rules[1:]]
    rule_nos = told.rule_nos
    dates = days.view("M8[D]")
    day_of_month = (dates - dates.astype("M8[M]")).astype(np.int64) + 1
    is_monthly = day_of_month == np.array([rule.day_of_month for rule in told.rules])[rule_nos]
    occasion = np.where(np.isin(days, changes), 3, np.where(first, 0, np.where(is_monthly, 1, 2)))
    return {
        "evaluation_no": numbers,
        "enterprise_key": pa.array(told.told.keys, pa.string()).take(pa.array(told.points.subjects)),
        "scheme": _same(told.told.scheme, numbers),
        "evaluated_on": _days(days),
        "occasion": _word(("first", "monthly", "event", "rule_change"), occasion),
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
        "old_rule_colour": _word(WORDS, np.where(np.isin(days, changes), told.old_colours, -1)),
    }


def _insert(street: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Any]) -> None:
    street.register("told_rows", pa.table(dict(columns)))
    street.execute(f"insert into {table} by name select * from told_rows")
    street.unregister("told_rows")


def _same(word: str | None, like: Integers) -> Any:
    return pa.array([word], pa.string()).take(pa.array(np.zeros(like.size, np.int64)))


def _word(words: Sequence[str], codes: Integers) -> Any:
    """The word of each code; null for -1."""
    indices = pa.array(np.maximum(codes, 0), mask=codes < 0)
    return pa.array(list(words), pa.string()).take(indices)


def _days(days: Integers) -> Any:
    """Days since 1970 as dates; null for NEVER."""
    return pa.array(np.where(days == NEVER, np.iinfo(np.int64).min, days).view("M8[D]"))
