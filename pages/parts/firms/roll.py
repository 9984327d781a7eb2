"""A list of subjects as one table of the page: to sort, to search, to take home; a row opens its card."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.parts import exhibit, proof, tables, words
from pages.parts.ask import Question, ask
from pages.parts.firms import choice
from queries import Scope


def show(
    title: str,
    question: Question,
    values: Mapping[str, Any],
    columns: Sequence[str],
    key: str,
    scope: Scope,
    empty: str,
    note: str,
) -> None:
    """The answer of `question` asked with `values`; every row has its `enterprise_key`."""
    rows = proof.placed(ask(question, scope, **values))
    covers = (proof.as_of(scope, values),)
    exhibit.show(
        f"{title}　{words.number(len(rows))} 家" if len(rows) else title,
        rows,
        columns,
        f"firm_{key}",
        lambda told: choice.open_picked(
            tables.long(told, columns, f"firm_{key}", title, covers, selects=True), key
        ),
        question,
        values,
        empty=empty,
        note=note,
    )


def plain(rows: pd.DataFrame, columns: Sequence[str], said: str) -> None:
    """A few rows that open nothing."""
    tables.short(rows, list(columns), "没有。", said)
