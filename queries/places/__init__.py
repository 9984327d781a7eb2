"""What we ask about places: the grids and communities a reader can choose from. Source: 网格信息."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def grids(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The grids of the street, whatever the scope's days, communities and grids. One row is one grid.

    Columns: grid_code, grid_name, community
    Source: grid
    """
    return run(street, "places/grids", scope)
