"""What we ask about hazards and cases: their measures, their stock, how long they stay open.

Where a question takes a `kind`, it is about hazards of that kind alone; empty: of every kind.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def case_measures(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The case measures of the period. One row, also for an empty street; a rate of 0/0 is null.

    Only filed cases count, without void and self-handled ones; each belongs to the period it falls due in.
    `handled_on_time` wants the accepted handling by the limit, `handled_on_time_first` is content with the
    first.

    Columns: need_to_handle, handled_on_time, handled_on_time_first, handled_of_due, overdue_unhandled,
        closed_of_due, closed_on_time, reworked, rework_times (次), not_yet_due, due_by_first_limit,
        extended, suspended, open_suspended, reported, reported_to_file, filed_of_reported, filed,
        self_handled, open_stock, overdue_stock, major_open, entered, voided_of_entered, closed, voided
        (件); on_time_handling_rate, on_time_handling_rate_first, handling_rate, overdue_unhandled_rate,
        closing_rate, on_time_closing_rate, rework_rate, extension_rate, filing_rate, void_rate (0-1)
    Source: hazard
    """
    return run(street, "hazards/case_measures", scope, kind=kind)


def case_measures_by_grid(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The same measures grid by grid.

    One row is one grid, also one without a case; the counts add up to the street's.

    `on_time_handling_rate_low` and `_high` are the 95 % Wilson interval; under 30 due cases a grid is not
    rankable.

    Columns: community, grid_code, grid_name, need_to_handle, handled_on_time, handled_on_time_first,
        handled_of_due, overdue_unhandled, closed_of_due, closed_on_time, reworked, rework_times (次),
        not_yet_due, due_by_first_limit, extended, suspended, open_suspended, reported, reported_to_file,
        filed_of_reported, filed, self_handled, open_stock, overdue_stock, major_open, entered,
        voided_of_entered, closed, voided (件); on_time_handling_rate, on_time_handling_rate_first,
        handling_rate, overdue_unhandled_rate, closing_rate, on_time_closing_rate, rework_rate,
        extension_rate, filing_rate, void_rate, on_time_handling_rate_low, on_time_handling_rate_high
        (0-1); is_rankable
    Source: hazard, grid
    """
    return run(street, "hazards/case_measures_by_grid", scope, kind=kind)


def case_measures_by_week(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The measures of the due cohort week by week.

    One row is one week, by its Monday; the first may begin earlier.

    Columns: week_on, need_to_handle, handled_on_time, handled_on_time_first, handled_of_due,
        overdue_unhandled, closed_of_due, closed_on_time, reworked (件); on_time_handling_rate,
        on_time_handling_rate_first, handling_rate, overdue_unhandled_rate, closing_rate,
        on_time_closing_rate, rework_rate (0-1)
    Source: hazard
    """
    return run(street, "hazards/case_measures_by_week", scope, kind=kind)


def cases(
    street: Snapshot, scope: Scope, count: str = "need_to_handle", kind: str = "", rows: int = 50_000
) -> pd.DataFrame:
    """The cases behind one count of `case_measures` or `balance`, such as "overdue_unhandled".

    One row is one case.

    Columns: hazard_no, reopen_of, community, grid_code, place, part, kind, level, source, unit, stage,
        reported_at, filed_at, handled_first_at, handled_at, closed_at, closed_basis, voided_at, due_at,
        due_eff_at, is_suspended, is_self_handled, rework_count (次), batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "hazards/cases", scope, count=count, kind=kind, rows=rows)


def balance(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The flow of cases through the stock: opening + newly_filed + reopened - closed - voided = closing.

    One row.

    Columns: opening_stock, newly_filed, reopened, closed, voided, closing_stock, net_closing (件)
    Source: hazard
    """
    return run(street, "hazards/balance", scope, kind=kind)


def overdue_stock_by_age(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """What is overdue at `as_at`, by days since the limit: 1-3, 4-7, 8-30, over 30.

    One row is one age, also an empty one.

    Columns: age_order, overdue_age, overdue_stock, overdue_major (件)
    Source: hazard
    """
    return run(street, "hazards/overdue_stock_by_age", scope, kind=kind)


def oldest_open(street: Snapshot, scope: Scope, rows: int = 10, kind: str = "") -> pd.DataFrame:
    """The open cases filed longest ago, oldest first. One row is one case.

    Columns: hazard_no, community, grid_code, place, part, kind, level, stage, unit, filed_at,
        due_eff_at, is_suspended, is_overdue, open_days, overdue_days (天), batch_id, source_sheet,
        source_row
    Source: hazard
    """
    return run(street, "hazards/oldest_open", scope, rows=rows, kind=kind)


def overdue_by_unit(street: Snapshot, scope: Scope, rows: int = 1000, kind: str = "") -> pd.DataFrame:
    """Who owes what: the units with cases overdue at `as_at` or due in the period, most overdue first.

    One row is one unit; the cases of no unit stand in one row without a name.

    Columns: unit, overdue_stock (件), longest_overdue_days (天), handled_on_time, need_to_handle (件),
        on_time_handling_rate (0-1)
    Source: hazard
    """
    return run(street, "hazards/overdue_by_unit", scope, rows=rows, kind=kind)


def major_open(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """Every major hazard open at `as_at` with the five things that must be settled.

    One row is one hazard; never a rate.

    Columns: hazard_no, community, grid_code, place, part, kind, stage, unit, filed_at, due_eff_at,
        is_suspended, is_overdue, open_days (天), is_owner_settled, is_measure_settled, is_fund_settled,
        is_limit_settled, is_plan_settled, settled_count (项), batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "hazards/major_open", scope, kind=kind)


def time_to_close(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The Kaplan-Meier curve of the cases filed in the period.

    One row is one whole day since filing; none without a case.

    `share_open` is the height of the curve on that day; the other columns are of the whole cohort and alike
    in every row. A quantile the curve has not reached is null.

    Columns: since_filing_days (天), share_open (0-1), case_count, closed_count, still_open_count (件),
        still_open_rate (0-1), median_days, third_quartile_days (天)
    Source: hazard
    """
    return run(street, "hazards/time_to_close", scope, kind=kind)


def reopening(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """How many of the cases closed in the period came back within 30 days, of those watched that long.

    One row.

    Columns: closed_and_followed, reopened_within_30_days (件), reopen_rate (0-1)
    Source: hazard
    """
    return run(street, "hazards/reopening", scope, kind=kind)


def figures(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """The figures of 隐患销号: closed, in time, and by which doors cases leave the count.

    One row is one figure; a card may hold several. The columns are those of `overview.figures`.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: hazard
    """
    return run(street, "hazards/figures", scope, kind=kind)


def by_kind(street: Snapshot, scope: Scope, rows: int = 30) -> pd.DataFrame:
    """The kinds of hazard filed in the period or open at `as_at`, most open ones first. One row is one kind.

    Columns: kind, filed, open_stock, overdue_stock (件)
    Source: hazard
    """
    return run(street, "hazards/by_kind", scope, rows=rows)


def by_source(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """How the cases filed in the period were found. One row is one source, also one that brought none.

    `is_found_actively` is null for sources that are neither a search nor a complaint or an order.

    Columns: source, is_found_actively, filed (件), filed_share_rate (0-1)
    Source: hazard
    """
    return run(street, "hazards/by_source", scope, kind=kind)


def concentration(street: Snapshot, scope: Scope, kind: str = "") -> pd.DataFrame:
    """How much of the cases filed in the period stands in the fifth of the grids with most. One row.

    Columns: grid_count, top_grid_count (个), filed_in_top_grids, filed_in_grids (件), top_fifth_rate (0-1)
    Source: hazard, grid
    """
    return run(street, "hazards/concentration", scope, kind=kind)
