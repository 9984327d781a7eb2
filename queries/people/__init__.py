"""What we ask about people on the move. Only counts, and no small ones. Source: 返乡返岗流动登记."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run
from queries.small_counts import without_small_lines, without_small_steps


def flow_by_day(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How many people left, returned and stayed day by day.

    One row is one direction on one day, also one without.

    `person_count` is null where it is hidden, because it is small or would tell a small one.
    `new_year_offset` counts from 正月初一, negative before it; `chunyun_day` is null outside the forty days.

    Columns: moved_on, lunar_text, new_year_offset (天), chunyun_day, direction, person_count (人),
        is_hidden
    Source: population_flow
    """
    return without_small_steps(run(street, "people/flow_by_day", scope), "direction", "person_count")


def origins(street: Snapshot, scope: Scope, direction: str = "leave") -> pd.DataFrame:
    """How many of those who moved belong to each province, small ones together as 其他.

    One row is one province.

    Columns: province, person_count (人, null where even the sum is small), is_hidden
    Source: population_flow
    """
    return without_small_lines(
        run(street, "people/origins", scope, direction=direction), "province", "person_count"
    )
