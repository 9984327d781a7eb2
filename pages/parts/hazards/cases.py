"""A list of cases as one table of a page: to sort, to search, to take home; a row opens its case."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.parts import exhibit, proof, tables
from pages.parts.ask import Question
from pages.parts.hazards import case_card
from queries import Scope


def show(
    title: str,
    rows: pd.DataFrame,
    columns: Sequence[str],
    key: str,
    question: Question,
    values: Mapping[str, Any],
    scope: Scope,
    empty: str,
    note: str,
) -> None:
    """Show `rows`, the answer of `question` asked with `values`, each with its `hazard_no`."""
    covers = (proof.as_of(scope, values),)
    exhibit.show(
        title,
        rows,
        columns,
        key,
        lambda told: case_card.picked(tables.long(told, columns, key, title, covers, selects=True), key),
        question,
        values,
        empty=empty,
        note=note,
    )
