"""What we ask for 今日态势: how the street stands, how it got there, and what moved."""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def figures(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The six figures of the street.

    One row is one figure; card 5 has two, because the colour schemes never merge.

    Each is compared with `Scope.before`; where its ledger begins later than that, `value_before` is null. In
    the forty days of Spring Festival travel card 6 is `away_count`, else `rejected_row_rate`. `value` is in
    the unit of the glossary's word for `figure`; under five people it is null.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: hazard, patrol_log, grid, rating, enterprise, batch, population_flow
    """
    return run(street, "overview/figures", scope)


def figures_by_day(street: Snapshot, scope: Scope, days: int = 14) -> pd.DataFrame:
    """The figures of `figures` day by day, for their small curves, up to `as_at`.

    One row is one figure on one day.

    Stocks and colours are as at the end of the day, `net_closing` is the day's own; rates are of the seven
    days up to then, so that they do not jump with a quiet day. All is as known now, not as known that day.

    Columns: figure, day_on, value, numerator, denominator
    Source: hazard, patrol_log, grid, rating, enterprise, batch, population_flow
    """
    return run(street, "overview/figures_by_day", scope, days=days)


def what_moved(street: Snapshot, scope: Scope, rows: int = 5) -> pd.DataFrame:
    """The grids that moved `overdue_stock`, `filed`, `closed` and `on_time_handling_rate` most.

    One row: figure and grid.

    `contribution` is the grid's part of `street_change`, in the figure's unit (件, or 0-1 for the rate); over
    all grids the parts add up to it exactly. `certainty` says what may be said aloud: "named" and "attention"
    are more than chance at 99.8 % and 95 %; "too_few" is under 30 due cases, or 10 cases in both periods;
    else "usual". `rate_high` is the upper end of the rate's 95 % Wilson interval.

    Columns: figure, place_no, community, grid_code, grid_name, numerator, denominator, numerator_before,
        denominator_before, value, value_before, contribution, street_change, rate_high (0-1), certainty
    Source: hazard, grid
    """
    return run(street, "overview/what_moved", scope, rows=rows)
