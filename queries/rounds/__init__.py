"""What we ask about the next round: where to go, whether that would have helped, how long a visit lasts."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run
from queries.rounds import comparing

# What an order reaches only after the last day replayed would be missing; two weeks see nearly all of it.
RUN_OUT_DAYS = 14


def suggestion(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The order in which each community's grids should be visited on the day after `as_at`, and why.

    One row is one grid. An order of visits, not a rating of grids: every visit changes it.

    weighted_wait = hazards_per_day x gap_days x gap_days / 2 x colour_weight: what has come since the
    last visit at the grid's own pace, by how long it has waited on average, up to doubled where red and
    yellow subjects are past their interval. `is_in_round` are as many grids as the community usually
    reaches. Nothing after `as_at` counts; the days of the period do not matter.

    Columns: community, round_no, grid_code, grid_name, is_in_round, usual_grid_count (个), last_visit_at,
        gap_days, usual_gap (天), hazards_lately (件), watched_days (天), hazards_per_day,
        unseen_hazards (件), unseen_wait (件·天), red_yellow_count, red_yellow_due (家),
        colour_weight, weighted_wait (件·天), open_stock, overdue_stock (件)
    Source: patrol_log, hazard, rating, enterprise, grid
    """
    return run(street, "rounds/suggestion", scope)


def due_subjects(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The red and yellow subjects whose visit interval will have run out on the day after `as_at`.

    One row is one enterprise or shop: those behind `red_yellow_due` of `suggestion`.

    Columns: community, grid_code, name, scheme, colour, interval_days (天), last_visit_at, visit_due_on
    Source: patrol_log, rating, enterprise
    """
    return run(street, "rounds/due_subjects", scope)


def back_test(street: Snapshot, scope: Scope, weeks: int = 13) -> pd.DataFrame:
    """How much earlier hazards would have been found, had past rounds followed `suggestion`.

    One row compares it with one order (oldest visit first, random, the actual rounds) over hazards of one
    level; none where the patrol ledger is younger than two weeks.

    Each day is decided by what was known before it; each community reaches as many grids as it did. Only
    hazards that a patrol found count. Each lay there from some day after the visit before: no order finds it
    earlier. Between `chance_low` and `chance_high` lies 95 % of what chance alone brings, by
    permutation with a fixed seed. Under 30 hazards nothing is compared.

    Columns: compared_order, found_level, replayed_count (件), compared_wait, suggested_wait,
        days_earlier, chance_low, chance_high (天), back_test_verdict, measured_from_on,
        measured_to_on
    Source: patrol_log, hazard, rating, enterprise, grid
    """
    rows = run(street, "rounds/back_test", scope, weeks=weeks, run_out_days=RUN_OUT_DAYS)
    return comparing.compared(rows, RUN_OUT_DAYS)


def after_effect(street: Snapshot, scope: Scope, days: int = 365) -> pd.DataFrame:
    """How soon others report the next hazard in a grid after a visit, by how long the visit stayed.

    One row is one bin of minutes that has visits.

    The visits of the last `days` days up to `as_at` whose stay was noted. A visit is watched until somebody
    other than a patrol reports a hazard there, or the next visit begins, or `as_at`; what patrols find tells
    of their own coming. `hazards_per_watched_day` has a 95 % Poisson interval (Byar). A bin is recommended
    only where its interval lies below those of all others. Related is not caused.

    Columns: stay_bin, visit_count (次), followed_count (次), watched_visit_days (天),
        hazards_per_watched_day, hazards_per_watched_day_low, hazards_per_watched_day_high (件),
        is_recommended
    Source: patrol_log, hazard
    """
    return run(street, "rounds/after_effect", scope, days=days)


def after_effect_curve(street: Snapshot, scope: Scope, days: int = 365) -> pd.DataFrame:
    """The Kaplan-Meier curves behind `after_effect`: after how many visits nobody has reported a hazard yet.

    One row is one bin of minutes and one quarter of a day, up to a week and no further than it was watched.

    Columns: stay_bin, after_visit_days (天), share_without_hazard (0-1)
    Source: patrol_log, hazard
    """
    return run(street, "rounds/after_effect_curve", scope, days=days)
