"""What we ask about one enterprise or shop: its colour, why, since when, its rows, and what turns it green.

`enterprise_key` is the subject's record; without one every answer is empty. Source: 企业台账 and the ledgers
of facts.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run
from queries.subject_card import reckoning


def card(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """How the subject stands at `as_at`. One row is one scheme, the worse first.

    `dwelt_days` of `dwell_days` have passed in its colour, `pass_count` of `pass_need` looks in a row were
    good enough for a better one. `candidate` is what the last look alone says.

    Columns: scheme, name, industry, community, grid_code, park, district, inherent_risk,
        responsible_post, state, colour, colour_basis, colour_since_on, colour_days (天), score (分),
        candidate, reason, release, pass_count, pass_need (次), dwell_days (天), standing_since_on,
        dwelt_days (天), is_dwell_doubled, probation_from_on, rule_version, is_trial, rated_colour,
        rated_colour_on, last_seen_on, is_stale, visit_due_on, is_visit_overdue
    Source: enterprise, rating, hazard, finding, patrol_log
    """
    return run(street, "subject_card/card", scope, enterprise_key=enterprise_key)


def strip(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """The colours it has worn up to `as_at`. One row is one evaluation or rating, begins_on <= day < ends_on.

    Columns: scheme, begins_on, ends_on, colour, colour_basis, score (分), candidate, occasion,
        rule_version, reason
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "subject_card/strip", scope, enterprise_key=enterprise_key)


def dimensions(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """The points each dimension leaves it, by its evaluation in force. One row is one dimension of a scheme.

    Columns: scheme, dimension_title, full_points, lost_points, points_left (分)
    Source: enterprise, hazard, finding
    """
    return run(street, "subject_card/dimensions", scope, enterprise_key=enterprise_key)


def fired_rows(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """Every row of a ledger behind an item that fired. One row is one of them.

    `ends_on` is when it stops counting, where that is known. The lack of a row has no source.

    Columns: scheme, item_reason, lost_points (分), told, ledger, begins_on, ends_on, unit_count, hazard_no,
        file_name, batch_id, source_sheet, source_row
    Source: hazard, finding, enterprise
    """
    return run(street, "subject_card/fired_rows", scope, enterprise_key=enterprise_key)


def hazards(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """The hazards whose place is its name in its own grid, the open ones first. One row is one case.

    Columns: hazard_no, kind, part, is_major, filed_on, limit_on, closed_on, is_open, is_overdue, batch_id,
        source_sheet, source_row
    Source: hazard, enterprise
    """
    return run(street, "subject_card/hazards", scope, enterprise_key=enterprise_key)


def looks(street: Snapshot, scope: Scope, enterprise_key: str = "", rows: int = 60) -> pd.DataFrame:
    """The days somebody was there, the latest first. One row is one visit, finding or look at its gas.

    Columns: seen_on, ledger, told, batch_id, source_sheet, source_row
    Source: patrol_log, finding, gas_guard
    """
    return run(street, "subject_card/looks", scope, enterprise_key=enterprise_key, rows=rows)


def papers(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """Its letters, drills, self-checks, certificates, danger sources, policies, overrides. One row is one.

    Columns: ledger, told, begins_on, last_on, state, batch_id, source_sheet, source_row
    Source: responsibility_letter, self_check, drill, certificate, danger_source, enterprise_policy
    """
    return run(street, "subject_card/papers", scope, enterprise_key=enterprise_key)


def fixes(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """三色推演: the smallest set of fixes for every better colour. One row is one move of one set.

    Smallest: fewest units that only time puts right (`is_wait`, gone by `lapses_on`), then fewest to be put
    right. A set without moves waits for good looks and dwell alone (`move_no` 0). `score_after` is after all
    its moves; `earliest_on` the first day the colour is given if they are made the day after `as_at` and
    nothing else happens.

    Columns: scheme, wanted_colour, move_no, fact_label, move_count, is_wait, lapses_on, mend,
        score_after (分), earliest_on
    Source: hazard, finding, enterprise
    """
    rows = run(street, "subject_card/fixes", scope, enterprise_key=enterprise_key)
    found = [
        row
        for subject in reckoning.subjects(street, scope, enterprise_key, rows)
        for row in reckoning.fixes_of(subject)
    ]
    return pd.DataFrame(found, columns=list(reckoning.FIXES))


def worsenings(street: Snapshot, scope: Scope, enterprise_key: str = "") -> pd.DataFrame:
    """The single things more that would cost it a level by one look. One row is one fact.

    Columns: scheme, colour, fact_label, worse_colour
    Source: hazard, finding, enterprise
    """
    rows = run(street, "subject_card/worsenings", scope, enterprise_key=enterprise_key)
    found = [
        row
        for subject in reckoning.subjects(street, scope, enterprise_key, rows)
        for row in reckoning.worsenings_of(subject)
    ]
    return pd.DataFrame(found, columns=list(reckoning.WORSENINGS))
