"""Colours very many subjects in a process of its own: python -m tests.bench.many_subjects FILE MANY MONTHS.

Prints one JSON object: seconds of every step and how many rows came of it.
"""

import json
import sys
import time
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from data import build, rule_shelf
from data.colouring import filling, rule_tables
from data.contract import ledgers
from data.patrol_rule import patrol_rule
from data.rules import SCHEMES
from data.settings import PACKAGE
from data.store import tables
from tests.bench.measuring import Cost, once

TODAY = date(2026, 11, 22)
# What tells where a row came from, the same for all.
BOOK = (
    "'bench' as batch_id, '' as source_sheet, 1 as source_row, timestamp '2026-11-22' as known_at,"
    " timestamp '9999-12-31' as known_until"
)
RULES = {scheme: (rule_shelf.shipped(scheme),) for scheme in SCHEMES}


def street(path: Path, subjects: int, months: int) -> duckdb.DuckDBPyConnection:
    """A snapshot being built, as `data.build` has it when the colours' turn comes."""
    config: dict[str, Any] = {**build.BUILDER, "temp_directory": str(path.parent / "spill")}
    made = duckdb.connect(path, config=config)
    made.execute((PACKAGE / "schema.sql").read_text("utf-8"))
    rule = patrol_rule()
    names, given = ", ".join(rule), ", ".join(f"${name}" for name in rule)
    made.execute(f"insert into patrol_rule ({names}) values ({given})", rule)
    made.execute("insert into snapshot_fact values (?, 1)", [datetime.combine(TODAY, datetime.min.time())])
    rule_tables.fill(made, RULES, TODAY)
    for ledger in ledgers().values():
        made.execute(tables.tables_sql(ledger))
        made.execute("\n".join(tables.views_sql(ledger)))
    values = {"$subjects": str(subjects), "$months": str(months), "$today": f"date '{TODAY}'", "{book}": BOOK}
    told = (Path(__file__).parent / "many_subjects.sql").read_text("utf-8")
    for name, value in values.items():
        told = told.replace(name, value)
    made.execute(told)
    for name in ("views.sql", *(f"views/{topic}.sql" for topic in build.TOPICS), "marts.sql"):
        made.execute((PACKAGE / name).read_text("utf-8"))
    return made


def coloured(made: duckdb.DuckDBPyConnection) -> dict[str, Cost]:
    """What each step of colouring them costs, stored and all."""
    made.execute("begin")
    return {
        "facts": once(lambda: filling.fill_facts(made, None)),
        "colours": once(lambda: filling.fill_colours(made, RULES, TODAY, None)),
        "commit": once(lambda: made.execute("commit")),
        "checkpoint": once(lambda: made.execute("checkpoint")),
    }


def main(path: Path, subjects: int, months: int) -> None:
    began = time.perf_counter()
    with closing(street(path, subjects, months)) as made:
        grown_s = time.perf_counter() - began
        costs = coloured(made)
        rows = {
            table: made.execute(f"select count(*) from {table}").fetchall()[0][0] for table in filling.TABLES
        }
    told = {"grown_s": grown_s, "rows": rows}
    told |= {name: [cost.wall_s, cost.cpu_s] for name, cost in costs.items()}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
