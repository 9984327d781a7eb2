"""What a question is measured against: the same question in plain pandas, or a group-by of its table."""

from collections.abc import Callable, Mapping

import pandas as pd

from data.contract import ledgers
from queries import Scope
from queries.catalogue import Question
from tests.bench import plain_cases, plain_patrols
from tests.bench.frames import Frames

Answer = Callable[[Frames, Scope], pd.DataFrame]

TABLES = frozenset(ledger.table for ledger in ledgers().values()) | {"batch", "rejected_row"}
# What a ledger's rows are counted by, where a question has no plain answer of its own: the first it has.
GROUPS = ("grid_code", "community", "enterprise_key", "ledger", "reason", "direction")
SAME: Mapping[str, Answer] = {
    **{f"patrols.{each.__name__}": each for each in (plain_patrols.coverage, plain_patrols.visits_by_day)},
    "patrols.visits_by_grid": plain_patrols.visits_by_grid,
    "hazards.balance": plain_cases.balance,
    "hazards.case_measures": plain_cases.case_measures,
    "hazards.case_measures_by_grid": plain_cases.case_measures_by_grid,
    "hazards.case_measures_by_week": plain_cases.case_measures_by_week,
    "hazards.cases": plain_cases.cases,
    "hazards.major_open": plain_cases.major_open,
    "hazards.oldest_open": plain_cases.oldest_open,
    "hazards.overdue_stock_by_age": plain_cases.overdue_stock_by_age,
    "hazards.reopening": plain_cases.reopening,
    "hazards.time_to_close": plain_cases.time_to_close,
}


def plain(question: Question) -> tuple[str, Answer]:
    """A plain answer and what it is: "same question", or "group-by" and the table."""
    if question.name in SAME:
        return "same question", SAME[question.name]
    table = next((name for name in question.sources if name in TABLES), "patrol_log")
    return f"group-by {table}", lambda frames, scope: _grouped(frames[table], table, scope)


def _grouped(rows: pd.DataFrame, table: str, scope: Scope) -> pd.DataFrame:
    """How many rows of the table fall into the period, by place or whatever it has."""
    time = next((each.time for each in ledgers().values() if each.table == table), None)
    if time:
        within = (rows[time] >= pd.Timestamp(scope.since)) & (rows[time] < pd.Timestamp(scope.until))
        rows = rows[within]
    by = next((name for name in GROUPS if name in rows.columns), rows.columns[0])
    return rows.groupby(by).size().sort_index().reset_index(name="count")
