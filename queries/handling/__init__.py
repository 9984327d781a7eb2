"""What we ask about the handling itself: its steps, who keeps the limits, what sleeps, what comes back.

Where a question takes a `kind`, it is about hazards of that kind alone; empty: of every kind.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def stages(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The steps from report to closing, how many stand at each, and how long they stay there.

    One row is one step, also an empty one. `stage_stock` is as at `as_at`; of the last step, closed, it is
    what was closed in the period. `step_count` entered the step in the period; the quantiles are of those,
    by Kaplan-Meier, those still there counted as not yet gone, and null where the curve has not come down
    so far. A step ends with the next one that has a date: not every ledger writes every step.

    Columns: stage_no, stage, stage_stock, step_count, still_there_count (件), step_median_days,
        step_p90_days (天)
    Source: hazard
    """
    return run(street, "handling/stages", scope, kind=kind)


def time_to_close_by(
    street: Snapshot, scope: Scope, by: str = "kind", kind: str = "", curves: int = 6, least: int = 30
) -> pd.DataFrame:
    """The Kaplan-Meier curves of the cases filed in the period, `by` kind, grid, community or unit.

    One row is one group and whole day since filing. The largest groups of at least so many cases have a
    curve each; all others share the last one, number `curves`, whose `group_name` is null and whose
    `group_count` says how many it holds. Other columns as in `hazards.time_to_close`, group by group.

    Columns: group_no, group_name, group_count (个), since_filing_days (天), share_open (0-1), case_count,
        closed_count, still_open_count (件), still_open_rate (0-1), median_days, third_quartile_days (天)
    Source: hazard
    """
    return run(street, "handling/time_to_close_by", scope, by=by, kind=kind, curves=curves, least=least)


def standings(street: Snapshot, scope: Scope, by: str = "unit", kind: str = "") -> pd.DataFrame:
    """Who keeps the limits worse or better than all together: `by` unit, grid, community or kind.

    One row is one group with a case due in the period. Under 30 due cases a group has no place; equal rates
    share one, the worst first. It is "named" where even the upper end of its 99.8 % interval lies below
    `street_rate`, "attention" with 95 %, "better" where the lower end of 95 % lies above. `expected_rate` is
    the rate it would have if each of its cases went as cases of that kind go in all groups together.

    Columns: group_name, handled_on_time, need_to_handle (件), on_time_handling_rate,
        on_time_handling_rate_low, on_time_handling_rate_high, expected_rate, street_rate (0-1),
        is_rankable, worst_no, standing, overdue_stock (件)
    Source: hazard
    """
    return run(street, "handling/standings", scope, by=by, kind=kind)


def recurrence(street: Snapshot, scope: Scope, days: int = 90, kind: str = "") -> pd.DataFrame:
    """Of what was closed month by month, how much came back within so many days.

    One row is one calendar month of the period, by its first day. The same kind of hazard at the same place
    came back; watched for more than 30 days it must also be the same part. Closings not yet watched that
    long are not in the rate; while there are any, the month `is_still_watched`.

    Columns: month_on, closed_with_place, followed, recurred (件), recurrence_rate (0-1), is_still_watched
    Source: hazard
    """
    return run(street, "handling/recurrence", scope, days=days, kind=kind)


def recurred(
    street: Snapshot, scope: Scope, days: int = 90, kind: str = "", rows: int = 1000
) -> pd.DataFrame:
    """The hazards that came back in the period, within so many days of their closing; newest first.

    One row is one closing that did not hold, with the number of the hazard that followed.

    Columns: hazard_no, community, grid_code, place, part, kind, unit, closed_at, recurred_no, recurred_at,
        back_after_days (天), batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "handling/recurred", scope, days=days, kind=kind, rows=rows)


def sleeping(
    street: Snapshot, scope: Scope, days: int = 14, kind: str = "", rows: int = 1000
) -> pd.DataFrame:
    """The open cases to which nothing has happened for more than so many days, the longest first.

    One row is one case. A step is anything dated: report, filing, dispatch, handling, check.

    Columns: hazard_no, community, grid_code, place, part, kind, level, stage, unit, filed_at, due_eff_at,
        is_suspended, is_overdue, last_step_at, asleep_days (天), batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "handling/sleeping", scope, days=days, kind=kind, rows=rows)


def soundness(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """Whether closings hold, and whether hazards are found early and answered soon.

    One row is one figure, in the columns of `overview.figures`. A closing counts in the period in which its
    90 (30) days of watching end, so that the watching is complete.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: hazard
    """
    return run(street, "handling/soundness", scope, kind=kind)
