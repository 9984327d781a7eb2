"""What we ask about green, yellow and red. Enterprises and shops are two schemes and never merged.

Source: 三色评定.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def colour_counts(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How many subjects wear each colour at `as_at`, and wore it one period earlier. One row is one scheme.

    Shares are of the rated; the unrated stand apart. Deregistered subjects and empty shops are left out.

    Columns: scheme, green_count, yellow_count, red_count, rated_count, unrated_count, subject_count,
        green_count_before, yellow_count_before, red_count_before, rated_count_before (家); green_rate,
        yellow_rate, red_rate, rated_rate (0-1)
    Source: rating, enterprise
    """
    return run(street, "three_colour/colour_counts", scope)


def red_list(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """Everyone red at `as_at`, the longest first. One row is one subject under one scheme.

    `red_since_on` begins the present run of red ratings; any other colour in between begins it anew.

    Columns: scheme, enterprise_key, name, industry, community, grid_code, rated_on, red_since_on,
        red_days (天), score (分), reason, batch_id, source_sheet, source_row
    Source: rating, enterprise
    """
    return run(street, "three_colour/red_list", scope)


def colour_changes(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """Everyone whose colour differs from one period earlier. One row is one subject under one scheme.

    Columns: scheme, enterprise_key, name, community, grid_code, colour_then, colour, colour_change,
        rated_on, reason, batch_id, source_sheet, source_row
    Source: rating, enterprise
    """
    return run(street, "three_colour/colour_changes", scope)
