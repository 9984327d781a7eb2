"""Narrows an answer to the grids of a scope where its SQL has to see the whole street."""

from dataclasses import replace

import pandas as pd

from queries.scope import Scope


def whole(scope: Scope) -> Scope:
    """The same days and moments, over every grid of the street."""
    return replace(scope, communities=(), grids=())


def narrowed(answer: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows whose community and grid_code the scope asks for."""
    asked = pd.Series(True, index=answer.index)
    if scope.communities:
        asked &= answer["community"].isin(scope.communities)
    if scope.grids:
        asked &= answer["grid_code"].isin(scope.grids)
    return answer[asked].reset_index(drop=True)
