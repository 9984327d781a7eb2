"""What we ask about patrols: where they went, how far they reached, what they found. Source: 巡查记录."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def coverage(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits of the period and the grids they reached. One row.

    A grid is covered by one visit of five minutes or more, or of a stay nobody noted. `finding_rate` is
    neither good nor bad when high.

    Columns: visit_count (次), finding_visits (次), finding_count (处), contact_count (人次), covered_grids,
        grid_count (个), patrol_coverage_rate, finding_rate (0-1)
    Source: patrol_log, grid
    """
    return run(street, "patrols/coverage", scope)


def visits_by_day(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits day by day. One row is one day that has begun, also one without a visit.

    Columns: patrolled_on, is_workday, visit_count (次), finding_count (处), contact_count (人次),
        covered_grids (个)
    Source: patrol_log
    """
    return run(street, "patrols/visits_by_day", scope)


def visits_by_grid(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits grid by grid. One row is one grid, also one never visited: its last visit is null.

    Columns: community, grid_code, grid_name, visit_count (次), finding_count (处), contact_count (人次),
        stay_minutes (分钟), is_covered, last_visit_at, unvisited_hours (小时)
    Source: patrol_log, grid
    """
    return run(street, "patrols/visits_by_grid", scope)
