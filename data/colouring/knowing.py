"""Colours as an earlier moment knew them: worked out anew from the rows of then, lent to a question."""

import threading
from collections import OrderedDict
from contextlib import closing
from datetime import datetime
from typing import Any

import duckdb

from data.colouring.filling import TABLES, fill
from data.rules import SCHEMES, Rule, rule
from data.store.reader import Snapshot

# A table as pyarrow holds it, by name.
Tables = dict[str, Any]
KEPT = 4


def rules_of(street: duckdb.DuckDBPyConnection) -> dict[str, tuple[Rule, ...]]:
    """The rules a snapshot was built by, in the order of their days."""
    told = street.execute(
        "select scheme, content, rule_version from three_colour_rule order by scheme, effective_from"
    ).fetchall()
    return {scheme: tuple(rule(text, name) for of, text, name in told if of == scheme) for scheme in SCHEMES}


def lend(street: Snapshot, cursor: duckdb.DuckDBPyConnection, known_at: datetime) -> None:
    """Let this cursor see the colours as known then, under the names of the tables that hold today's.

    Nothing is lent where everything was known by then already.
    """
    [(newest,)] = cursor.execute("select max(known_at) from batch").fetchall()
    if newest is None or known_at >= newest:
        return
    for name, table in _KEPT.tables(street, known_at).items():
        cursor.register(name, table)


def _tables(street: Snapshot, known_at: datetime) -> Tables:
    with closing(street.cursor()) as cursor:
        for name in TABLES:
            cursor.execute(f"create temp table {name} as select * from {name} limit 0")
        fill(cursor, rules_of(cursor), street.as_at.date(), known_at)
        return {name: cursor.sql(f"select * from {name}").to_arrow_table() for name in TABLES}


class _Kept:
    """The last few moments asked for, each worked out once however many ask at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, datetime], Tables] = OrderedDict()
        self._turn = threading.Lock()

    def tables(self, street: Snapshot, known_at: datetime) -> Tables:
        key = str(street.path), known_at
        with self._turn:
            if key not in self._kept:
                self._kept[key] = _tables(street, known_at)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


_KEPT = _Kept()
