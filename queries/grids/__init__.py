"""What we ask about the map: each grid's shape, and one measure at a time in every grid.

A measure is null where its ledger does not tell of the grid: the grid stands nowhere in it by then, or its community
has sent nothing for more than a week before the period. A grid the ledger covers has a true 0.
"""

import pandas as pd

from data.glossary import words
from data.store.reader import Snapshot
from data.trouble import Trouble
from queries import Scope, run
from queries.grids.hiding import without_few_people
from queries.grids.shapes import with_middles

# Counts are labelled as such; only rates and densities have an interval and a rank.
MEASURES = (
    "visit_count",
    "patrol_minutes",
    "unvisited_days",
    "filed",
    "open_stock",
    "overdue_stock",
    "on_time_handling_rate",
    "recurrence_rate_90_days",
    "filed_per_1000_residents",
    "filed_per_100_firms",
    "filed_per_km2",
    "public_reports",
    "red_enterprises",
    "red_shops",
    "floating_people",
)


def polygons(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The shape of every grid, whatever the scope's days, communities and grids. One row is one grid.

    `polygon` is GeoJSON in WGS-84, null where none was loaded; `lon` and `lat` are a point inside it. The area is
    the ledger's, else worked out from the polygon.

    Columns: community, grid_code, grid_name, polygon, lon, lat (degrees), area_m2 (平方米)
    Source: grid
    """
    return with_middles(run(street, "grids/polygons", scope))


def by_grid(street: Snapshot, scope: Scope, measure: str = "visit_count") -> pd.DataFrame:
    """One of MEASURES grid by grid; the counts add up to the street's.

    One row is one grid, also one that reports nothing; rows under a grid code that is not registered stand under it.

    `value` is in the unit of the glossary's word for the measure: a count, a rate of 0-1 or a density; it is null
    where the grid does not report (then `is_reported` is false), for 0/0, and for a last visit that never was.
    `is_small` is a rate or density on too small a denominator (5 due cases, 100 residents, 5 firms), or a count of
    fewer than five people, which is hidden with one more where the total would tell it.
    `value_low` and `value_high` are the 95 % interval of a rate (Wilson) or density (Byar). `place_no` counts from
    the best grid, or from the highest value of a measure that is neither good nor bad, over the whole street, for
    grids with 30 due cases (500 residents, 30 firms); its interval leaves out only the grids that are surely better
    or worse, their intervals lying wholly to one side: low = 1 + surely better, high = ranked - surely worse.

    Columns: community, grid_code, grid_name, value, numerator, denominator, is_reported, is_small, value_low,
        value_high, place_no, place_low, place_high
    Source: grid, patrol_log, hazard, public_report, enterprise, rating
    """
    _check(measure)
    is_lower_better = words()[measure].direction == "lower"
    answer = run(street, "grids/by_grid", scope, measure=measure, is_lower_better=is_lower_better)
    return without_few_people(answer, measure)


def _check(measure: str) -> None:
    if measure not in MEASURES:
        raise Trouble(f"没有名为「{measure}」的网格指标，可用的有：{'、'.join(MEASURES)}。")
