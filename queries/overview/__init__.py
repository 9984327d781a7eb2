"""What we ask for 今日态势: how the street stands, how it got there, and what moved."""

import pandas as pd

from data.reader import Snapshot
from queries import Scope, run


def figures(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The six figures of the street. One row is one figure; card 5 has two, because the colour schemes never merge.

    Each is compared with the period as long, on the same weekdays and as far gone, whole weeks earlier. In the forty
    days of Spring Festival travel card 6 is `away_count`, else `rejected_row_rate`. `value` is in the unit of the
    glossary's word for `figure`; under five people it is null.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before, denominator_before, change
    Source: hazard, patrol_log, grid, rating, enterprise, batch, population_flow
    """
    return run(street, "overview/figures", scope)
