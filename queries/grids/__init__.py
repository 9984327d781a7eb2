"""What we ask about the map: each grid's shape, and one measure at a time in every grid.

A measure is null where its ledger does not tell of the grid: the grid stands nowhere in it by then, or its
community has sent nothing for more than a week before the period. A grid the ledger covers has a true 0.
"""

import pandas as pd

from data.glossary import words
from data.store.reader import Snapshot
from data.trouble import Trouble
from queries import Scope, hexagons, run
from queries.grids.hiding import without_few_people
from queries.grids.shapes import off_the_grids, suspects, with_middles
from queries.narrowing import narrowed, whole

# Counts are labelled as such; only rates and densities have an interval and a rank.
MEASURES = (
    "visit_count",
    "patrol_minutes",
    "unvisited_days",
    "filed",
    "open_stock",
    "overdue_stock",
    "on_time_handling_rate",
    "recurrence_rate",
    "filed_per_1000_residents",
    "filed_per_100_firms",
    "filed_per_km2",
    "report_count",
    "red_enterprises",
    "red_shops",
    "floating_people",
)
MOST_DAYS = 400


def polygons(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The shape of every grid, whatever the scope's days, communities and grids. One row is one grid.

    `polygon` is GeoJSON in WGS-84, null where none was loaded; `lon` and `lat` are a point inside it. The
    area is the ledger's, else worked out from the polygon.

    Columns: community, grid_code, grid_name, polygon, lon, lat (degrees), area_m2 (平方米)
    Source: grid
    """
    return with_middles(run(street, "grids/polygons", scope))


def by_grid(street: Snapshot, scope: Scope, measure: str = "visit_count") -> pd.DataFrame:
    """One of MEASURES grid by grid; counts and the parts of rates add up to the street's.

    One row is one grid, also one that reports nothing; what stands under a grid code that is not registered
    has a row without a name.

    `value` is in the unit of the glossary's word for the measure: a count, a rate of 0-1 or a density. It is
    null where the grid does not report (`is_reported` is then false), for 0/0, and where no visit ever was.
    `is_small`: a rate or density on too small a denominator (5 cases, 100 residents, 5 firms), or fewer than
    five people, hidden with one count more where a community's total would tell them.
    `value_low` and `value_high` are the 95 % interval of a rate (Wilson) or density (Byar). `place_no` counts
    from the best grid, or from the highest where a measure is neither good nor bad, over the whole street and
    only from 30 cases (500 residents, 30 firms) on. Its interval leaves out none but the grids that are
    surely better or worse, their intervals lying wholly to one side.

    Columns: community, grid_code, grid_name, value, numerator, denominator, is_reported, is_small, value_low,
        value_high, place_no, place_low, place_high
    Source: grid, patrol_log, hazard, public_report, enterprise, rating
    """
    is_lower_better = words()[_known(measure)].direction == "lower"
    answer = run(street, "grids/by_grid", whole(scope), measure=measure, is_lower_better=is_lower_better)
    return narrowed(without_few_people(answer, measure, ["community"]), scope)


def frames(street: Snapshot, scope: Scope, measure: str = "visit_count", step: str = "week") -> pd.DataFrame:
    """One of MEASURES grid by grid through the period, by "week", "day" or "lunar_day".

    One row is one grid in one frame, by its first day; frames that have not begun are left out.

    Each frame is looked at when it ends, as `by_grid` would; the first and last week are cut by the period,
    so that counts add up. "lunar_day" are the days of the Spring Festival travel season only.

    Columns: frame_on, grid_code, value, numerator, denominator, is_reported, is_small
    Source: grid, patrol_log, hazard, public_report, enterprise, rating
    Raises: Trouble for more than 400 frames of a day each.
    """
    if step != "week" and scope.day_count > MOST_DAYS:
        raise Trouble(f"逐日播放最多 {MOST_DAYS} 天，现在是 {scope.day_count} 天，请缩短时段或改为逐周。")
    answer = run(street, "grids/frames", whole(scope), measure=_known(measure), step=step)
    shown = without_few_people(answer, measure, ["frame_on", "community"])
    return narrowed(shown, scope).drop(columns="community")


def trend(
    street: Snapshot, scope: Scope, grid: str = "", measure: str = "visit_count", weeks: int = 13
) -> pd.DataFrame:
    """One of MEASURES in one grid, week by week up to the period's end.

    One row is one week, by its Monday, looked at when it ends; the last may be unfinished.

    Columns: week_on, value, numerator, denominator, is_reported, is_small, value_low, value_high
    Source: grid, patrol_log, hazard, public_report, enterprise, rating
    """
    answer = run(street, "grids/trend", whole(scope), measure=_known(measure), weeks=weeks)
    shown = without_few_people(answer, measure, ["week_on", "community"])
    own = shown[shown["grid_code"] == grid].reset_index(drop=True)
    return own.drop(columns=["community", "grid_code"])


def card(street: Snapshot, scope: Scope, grid: str = "") -> pd.DataFrame:
    """Everything about one grid on one card. One row; none for a code that is not registered.

    Nobody's name is known: `has_head` and the two counts say which roles are filled. Fewer than five people
    are null, and so are figures where the grid does not report, as in `by_grid`; `place_no` is that of the
    on-time rate, from the best.

    Columns: community, grid_code, grid_name, grid_kind, households (户), population,
        floating_population (人), area_m2 (平方米), has_head, full_time_count, part_time_count (人),
        micro_grid_count (个), active_enterprises, active_shops, red_enterprises, red_shops (家),
        last_visit_at, unvisited_days (天), visit_count (次), patrol_minutes (分钟), filed, open_stock,
        overdue_stock (件), longest_open_days (天), report_count, handled_on_time, need_to_handle (件),
        on_time_handling_rate, on_time_handling_rate_low, on_time_handling_rate_high (0-1), place_no,
        place_low, place_high
    Source: grid, patrol_log, hazard, public_report, enterprise, rating
    """
    answer = run(street, "grids/card", scope, grid=grid)
    people = by_grid(street, whole(scope), "floating_people").set_index("grid_code")["value"]
    answer["floating_population"] = answer["grid_code"].map(people).astype("Int64")
    return answer


def outside(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The hazards, visits and reports of the period whose point lies outside every grid, the farthest first.

    One row is one record; none where no polygon is known. `crs` is the system the file named for its points:
    what lies some 500 m off is often in another system than it says.

    Columns: ledger, record_no, community, grid_code, lon, lat (degrees), crs, distance_m (to the nearest
        grid), batch_id, source_sheet, source_row
    Source: hazard, patrol_log, public_report, grid
    """
    shapes = run(street, "grids/polygons", scope)["polygon"]
    spots = suspects(shapes, [hexagons.points(street, scope, each, decimals=3) for each in hexagons.LEDGERS])
    answer = run(street, "grids/outside", scope, lons=spots["lon"].tolist(), lats=spots["lat"].tolist())
    return off_the_grids(answer, shapes)


def _known(measure: str) -> str:
    if measure not in MEASURES:
        raise Trouble(f"没有名为「{measure}」的网格指标，可用的有：{'、'.join(MEASURES)}。")
    return measure
