"""Builds a snapshot: a DuckDB file that follows from the batches, the contracts and the reference files."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from itertools import accumulate
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data import contract, patrol_rule, rule_shelf, rules
from data.colouring import filling, rule_tables
from data.contract import Ledger, ledgers
from data.days.calendar import calendar_days
from data.settings import PACKAGE
from data.store import checks, merge, tables
from data.store.batches import REJECTED, Batch

# Enough for ten million patrols; what does not fit is spilled beside the file being built.
BUILDER: Mapping[str, str | int] = {
    "memory_limit": "1200MB",
    "threads": 2,
    "preserve_insertion_order": "false",
}
CALENDAR_OVERRIDES = "calendar.toml"
# Code that decides what a snapshot holds, beside this module and data/colouring/.
MODULES = (merge, tables, patrol_rule, rules, rule_shelf)
# A macro may only call those that are there already.
TOPICS = (
    "hazards",
    "colours",
    "patrols",
    "people",
    "reports",
    "closures",
    "rounds",
    "facts",
    "evaluations",
    "colour_history",
    "shop_lists",
    "grids",
    "freshness",
)


def recipe(store: Path) -> str:
    """A hash of all but the batches that decides what a snapshot holds; when it changes, build anew."""
    overrides = store / CALENDAR_OVERRIDES
    files = (overrides, store / patrol_rule.OWN_FILE)
    own = [f"{path.name}\n".encode() + path.read_bytes() for path in files if path.exists()]
    own.append(rule_shelf.fingerprint(store).encode())
    return hashlib.sha256(b"".join((_program().encode(), *own))).hexdigest()


@cache
def _program() -> str:
    said = hashlib.sha256()
    folders = (contract.FOLDER.glob("*.toml"), (PACKAGE / "reference").rglob("*"), PACKAGE.rglob("*.sql"))
    for path in sorted(path for found in folders for path in found if path.is_file()):
        said.update(path.name.encode() + b"\0" + path.read_bytes())
    code = (*(Path(str(each.__file__)) for each in MODULES), *sorted((PACKAGE / "colouring").glob("*.py")))
    for path in (Path(__file__), *code):
        said.update(path.read_bytes())
    # The days also follow from the calendar package: its next edition knows a year that is predicted today.
    said.update(_usual_days().to_csv(index=False).encode())
    return said.hexdigest()


def known_moments(batches: Sequence[Batch]) -> list[datetime]:
    """When each batch became known: never before the one ahead of it, even if a clock was turned back."""
    return list(accumulate((batch.loaded_at for batch in batches), max))


def build(batches: Sequence[Batch], folder: Path, target: Path, built_at: datetime) -> None:
    """Build `target` from `batches`, in load order, whose folders lie in `folder`, and check it.

    Raises BuildFault where a check fails, duckdb.Error or OSError where the disk or the memory gives out.
    """
    with closing(
        duckdb.connect(target, config={**BUILDER, "temp_directory": str(target.parent / "spill")})
    ) as street:
        street.execute("begin")
        street.execute((PACKAGE / "schema.sql").read_text("utf-8"))
        _fill_reference(street, folder.parent / CALENDAR_OVERRIDES)
        _fill_rule(street, folder.parent / patrol_rule.OWN_FILE)
        coloured_by = rule_shelf.rules(folder.parent)
        rule_tables.fill(street, coloured_by, built_at.date())
        _fill_batches(street, batches, folder, built_at)
        for ledger in ledgers().values():
            street.execute(tables.tables_sql(ledger))
            _fill_ledger(street, ledger, batches, folder)
            street.execute("\n".join(tables.views_sql(ledger)))
            street.execute("\n".join(tables.comments_sql(ledger)))
        street.execute((PACKAGE / "views.sql").read_text("utf-8"))
        for topic in TOPICS:
            street.execute((PACKAGE / "views" / f"{topic}.sql").read_text("utf-8"))
        street.execute((PACKAGE / "marts.sql").read_text("utf-8"))
        filling.fill(street, coloured_by, built_at.date())
        checks.check_marts(street)
        street.execute("commit")
        street.execute("checkpoint")
    checks.check_answers(target)


def _fill_reference(street: duckdb.DuckDBPyConnection, overrides: Path) -> None:
    days = calendar_days(overrides) if overrides.exists() else _usual_days()
    with _lent(street, "days", pa.Table.from_pandas(days, preserve_index=False)):
        street.execute(
            "insert into calendar_day by name select * replace (cast(day as date) as day) from days"
        )


def _fill_rule(street: duckdb.DuckDBPyConnection, own: Path) -> None:
    rule = patrol_rule.patrol_rule(own) if own.exists() else patrol_rule.patrol_rule()
    names = ", ".join(rule)
    given = ", ".join(f"${name}" for name in rule)
    street.execute(f"insert into patrol_rule ({names}) values ({given})", rule)


@cache
def _usual_days() -> pd.DataFrame:
    return calendar_days()


def _fill_batches(
    street: duckdb.DuckDBPyConnection, batches: Sequence[Batch], folder: Path, built_at: datetime
) -> None:
    street.execute("insert into snapshot_fact values (?, ?)", [built_at, len(batches)])
    cards = [
        {
            **{name: value for name, value in batch.__dict__.items() if name not in ("accepted", "parquet")},
            "batch_no": number,
            "known_at": known_at,
            "accepted_count": sum(batch.accepted.values()),
            "merged_count": batch.merged,
            "rejected_count": batch.rejected,
            "notes": "\n".join(batch.notes) or None,
            "card": json.dumps(batch.as_json(), ensure_ascii=False),
        }
        for number, (batch, known_at) in enumerate(zip(batches, known_moments(batches), strict=True), start=1)
    ]
    if not cards:
        return
    columns = [row[0] for row in street.execute("describe batch").fetchall()]
    with _lent(street, "cards", pa.Table.from_pylist(cards).select(columns)):
        street.execute("insert into batch by name select * from cards")
    turned_away = [(batch.batch_id, folder / batch.batch_id / f"{REJECTED}.parquet") for batch in batches]
    for batch_id, path in turned_away:
        if path.exists():
            street.execute(
                "insert into rejected_row"
                " select $batch_id, sheet, row, heading, value, reason, message, cells"
                " from read_parquet($path)",
                {"batch_id": batch_id, "path": str(path)},
            )


def _fill_ledger(
    street: duckdb.DuckDBPyConnection, ledger: Ledger, batches: Sequence[Batch], folder: Path
) -> None:
    known = known_moments(batches)
    parts = [
        {
            "path": str(folder / batch.batch_id / f"{ledger.table}.parquet"),
            "batch_id": batch.batch_id,
            "batch_no": number,
            "known_at": known[number],
            "rows": batch.parquet[ledger.table].rows,
        }
        for number, batch in enumerate(batches)
        if ledger.table in batch.parquet
    ]
    if not parts:
        return
    paths = [str(part["path"]) for part in parts]
    present = frozenset(name for path in paths for name in pq.read_schema(path).names)
    with _lent(street, "part", pa.Table.from_pylist(parts)):
        incoming = merge.incoming_sql(ledger, present).replace("$paths", _sql_list(paths))
        street.execute(f"create temp view incoming as {incoming}")
        street.execute(f"create temp table repeated as {merge.repeated_sql(ledger)}")
        checks.check_keys(street, ledger)
        street.execute(f"insert into {ledger.table}_version {merge.versions_sql(ledger)}")
        checks.check_counts(
            street,
            ledger,
            sum(batch.parquet[ledger.table].rows for batch in batches if ledger.table in batch.parquet),
        )
        street.execute("drop view incoming")
        street.execute("drop table repeated")


def _sql_list(paths: Sequence[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


@contextmanager
def _lent(street: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """Let the connection see an Arrow table under a name for a while."""
    street.register(name, table)
    yield
    street.unregister(name)
