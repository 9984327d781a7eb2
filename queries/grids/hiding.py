"""Hides the grids' small counts of people, and as many others as it takes that no total tells them."""

from collections.abc import Sequence

import pandas as pd

from data.glossary import words
from queries.small_counts import without_small_steps

TOLD = ["value", "numerator"]


def without_few_people(answer: pd.DataFrame, measure: str, within: Sequence[str]) -> pd.DataFrame:
    """The answer as it came, unless the measure counts people: then hidden counts are null and `is_small`.

    A reader is taken to know the total of each group of rows alike in the columns `within`.
    """
    if not words()[measure].is_people:
        return answer
    told = answer[answer["is_reported"] & answer["value"].notna()]
    group = told.groupby(list(within), dropna=False, sort=False).ngroup()
    counts = pd.DataFrame({"group": group, "people": told["value"].astype("int64")})
    hidden = without_small_steps(counts, "group", "people")["is_hidden"].reindex(
        answer.index, fill_value=False
    )
    shown = answer.copy()
    shown["is_small"] = shown["is_small"].astype(bool) | hidden
    shown[TOLD] = shown[TOLD].mask(hidden)
    return shown
