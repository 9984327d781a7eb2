"""What we ask: every figure is one question, told in SQL and answered from one snapshot."""

import re
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd

from data.colouring import knowing
from data.store.reader import Snapshot
from queries.scope import Scope

__all__ = ["Scope", "run", "settled"]

FOLDER = Path(__file__).parent
PARAMETER = re.compile(r"\$([a-z_]+)")
COMMENT = re.compile(r"--[^\n]*")


def run(street: Snapshot, question: str, scope: Scope, **values: object) -> pd.DataFrame:
    """Answer `question` ("hazards/case_measures") from a snapshot, over a scope and values of its own.

    The scope gives only what the SQL names; every own value must be named by it.

    Raises: duckdb.Error where a value is missing or not asked for; FileNotFoundError where there is no such
    question.
    """
    sql, named = _question(question)
    asked = settled(street, scope)
    before = asked.before()
    given: dict[str, object] = {
        "since": asked.since,
        "until": asked.until,
        "since_before": before.since,
        "until_before": before.until,
        "as_at_before": before.as_at,
        "communities": list(asked.communities),
        "grids": list(asked.grids),
        "as_at": asked.as_at,
        "known_at": asked.known_at,
    }
    parameters = {name: value for name, value in given.items() if name in named} | values
    with closing(street.cursor()) as cursor:
        if asked.known_at is not None:
            knowing.lend(street, cursor, asked.known_at)
        return cursor.execute(sql, parameters).df()


def settled(street: Snapshot, scope: Scope) -> Scope:
    """The same scope with its moment said: None becomes the moment the snapshot was built."""
    return scope if scope.as_at else replace(scope, as_at=street.as_at)


@cache
def _question(question: str) -> tuple[str, frozenset[str]]:
    sql = (FOLDER / f"{question}.sql").read_text("utf-8")
    return sql, frozenset(PARAMETER.findall(COMMENT.sub("", sql)))
