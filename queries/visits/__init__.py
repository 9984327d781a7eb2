"""What we ask about calls on enterprises and shops: who was visited as often as its colour wants.

A patrol names its place: it is a call on the subject of that name in the same grid; a finding and a look at
its gas are calls too. The intervals are those of the three-colour rule in force
when the snapshot was built. Source: 巡查记录, 指标核查, 燃气防护, 企业台账, 三色评定.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def coverage_by_colour(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The subjects at `as_at` by scheme and colour, unrated included. One row is one colour of one scheme.

    A subject under both schemes stands in the one that wants it visited sooner. One that was never visited
    is due once an interval has passed since the patrol ledger, or the subject, began.

    Columns: scheme, colour, interval_days (天), visit_due_subjects, visited_in_time, visit_overdue_subjects,
        never_visited_subjects (家), visit_coverage_rate (0-1)
    Source: patrol_log, enterprise, rating
    """
    return run(street, "visits/coverage_by_colour", scope)


def overdue(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """The subjects whose interval has run out at `as_at`, red ones first, longest first.

    One row is one enterprise or shop; one never visited has no last visit.

    Columns: name, community, grid_code, scheme, colour, interval_days (天), last_visit_at,
        since_visit_days (天), visit_due_on, visit_overdue_days (天)
    Source: enterprise, patrol_log, rating
    """
    return run(street, "visits/overdue", scope, scheme=scheme)


def due(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """Every subject that counts in `coverage_by_colour`, first due first. One row is one enterprise or shop.

    Columns: name, community, grid_code, scheme, colour, interval_days (天), last_visit_at,
        since_visit_days (天), visit_due_on, is_visit_overdue
    Source: enterprise, patrol_log, rating
    """
    return run(street, "visits/due", scope, scheme=scheme)
