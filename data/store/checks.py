"""What must be true of a freshly built snapshot before it may be named."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from data.contract import Ledger
from data.store import merge, reader

# What a macro is asked with when it is only to show that it answers.
BLANKS: Mapping[str, str] = {
    "as_at": "cast(null as timestamp)",
    "known_at": "cast(null as timestamp)",
    "seen_at": "cast(null as timestamp)",
    "since": "cast(null as date)",
    "until": "cast(null as date)",
    "since_before": "cast(null as date)",
    "lifetimes": "'lives'",
    "figures": "'told'",
    "evaluations": "'looks'",
    "communities": "cast([] as varchar[])",
    "grids": "cast([] as varchar[])",
}
# Stand in for the steps of a question that macros which take the name of one are asked about.
STEPS = (
    "with lives as (select 1 as group_no, 1.0 as lasted, true as is_ended), told as"
    " (select 1 as card, '' as figure, 'now' as period, 1.0 as value, 1 as numerator, 1 as denominator),"
    " looks as (select 1 as evaluation_no)"
)

# The tables of data/marts.sql, how to count the ledger's rows in them, and that ledger.
MARTS = (
    ("patrol_day", "sum(visit_count)", "patrol_log"),
    ("patrol_hour", "sum(visit_count)", "patrol_log"),
    ("place_visit", "sum(visit_count)", "patrol_log where place is not null and is_long_visit(stay_minutes)"),
    ("rating_spell", "count(*)", "rating"),
)


class BuildFault(Exception):  # noqa: N818 - the sister of Trouble
    """A freshly built snapshot failed one of its checks. It is our fault and is never published."""


def check_keys(street: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """No batch tells of one record twice: the import has folded such rows or turned them away."""
    told_again = "from incoming where hash(record_key) in (select key_hash from repeated)"
    clashing = street.execute(
        f"select 1 {told_again} group by hash(record_key), batch_id having count(*) > 1 limit 1"
    ).fetchone()
    if clashing is None:
        return
    twice = street.execute(
        f"select record_key, batch_id {told_again}"
        " group by record_key, batch_id having count(*) > 1 order by batch_id limit 1"
    ).fetchone()
    if twice is not None:
        raise BuildFault(f"{ledger.table}: batch {twice[1]} holds a record twice: {twice[0]}")


def check_counts(street: duckdb.DuckDBPyConnection, ledger: Ledger, promised: int) -> None:
    """Every row that was promised came in, and every record that came in has exactly one current row."""
    current = f"{ledger.table}_version where known_until = {merge.FOREVER}"
    # hashes are a third of the work; only where two of them clash are the keys themselves counted
    for key in ("hash(record_key)", "record_key"):
        [(arrived, records)] = street.execute(
            f"select count(*), count(distinct {key}) from incoming"
        ).fetchall()
        [(rows, distinct)] = street.execute(
            f"select count(*), count(distinct {key}) from {current}"
        ).fetchall()
        if arrived != promised:
            raise BuildFault(f"{ledger.table}: the batches promise {promised} rows and hold {arrived}")
        if rows == distinct == records:
            return
    raise BuildFault(f"{ledger.table}: {records} records came in, {rows} rows of {distinct} are current")


def check_marts(street: duckdb.DuckDBPyConnection) -> None:
    """Every current row of a ledger is in its sums, once."""
    for mart, counted, ledger in MARTS:
        [(summed,)] = street.execute(f"select coalesce({counted}, 0) from {mart}").fetchall()
        [(rows,)] = street.execute(f"select count(*) from {ledger}").fetchall()
        if summed != rows:
            raise BuildFault(f"{mart}: {ledger} holds {rows} current rows, {summed} are summed up")


def check_answers(target: Path) -> None:
    """Open the file as a reader does and have every view and table macro answer.

    What only the build itself asks, to fill the sums and the spells of facts, has answered already.
    """
    with closing(reader.connect(target)) as street:
        views = street.execute("select view_name from duckdb_views() where not internal").fetchall()
        macros = street.execute(
            "select function_name, parameters from duckdb_functions()"
            " where function_type = 'table_macro' and not internal"
            " and not regexp_matches(function_name, '(_known|_counted|_fact_spell)$')"
        ).fetchall()
        for (name,) in views:
            street.execute(f"select * from {name} limit 1").fetchall()
        for name, parameters in macros:
            blanks = ", ".join(BLANKS.get(parameter, "null") for parameter in parameters)
            street.execute(f"{STEPS} select * from {name}({blanks}) limit 1").fetchall()
