"""Fills the tables of colours: facts first, then every scheme's evaluations and the days each holds."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import duckdb

from data.colouring import calendar
from data.colouring.evaluating import evaluate
from data.colouring.material import material
from data.colouring.storing import store
from data.rules import Rule

Rules = Mapping[str, Sequence[Rule]]
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


def fill(
    street: duckdb.DuckDBPyConnection, rules: Rules, until: date, known_at: datetime | None = None
) -> None:
    """Fill every table of TABLES, all there and empty, as known at a moment (None: all that is loaded)."""
    fill_facts(street, known_at)
    fill_colours(street, rules, until, known_at)


def fill_facts(street: duckdb.DuckDBPyConnection, known_at: datetime | None) -> None:
    """Fill the tables of what the rules read, from the ledgers."""
    for table, sql in FACTS.items():
        street.execute(f"insert into {table} {sql}", {"known_at": known_at})


def fill_colours(
    street: duckdb.DuckDBPyConnection, rules: Rules, until: date, known_at: datetime | None
) -> None:
    """Fill the tables of what came of it, from those of the facts."""
    number(street, known_at)
    first_no = 1
    for scheme, own in rules.items():
        first_no += _colour(street, scheme, own, until, first_no)
    for table in ("coloured", "coloured_override"):
        street.execute(f"drop table temp.{table}")


def _colour(
    street: duckdb.DuckDBPyConnection, scheme: str, own: Sequence[Rule], until: date, first_no: int
) -> int:
    """Evaluate and store one scheme, and let go of its columns; how many looks there were."""
    told = evaluate(material(street, scheme), own, calendar.number(until))
    store(street, told, first_no)
    return told.points.size


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
