"""What we ask about green, yellow and red. Enterprises and shops are two schemes and never merged.

A colour is worked out by the rule in force where the ledgers tell every dimension of a scheme, else it is the
one the ledger of ratings gave; `colour_basis` says which: rule, override (set by hand) or rating.
Source: 企业台账, 隐患台账, 指标核查 and the other ledgers of facts; 三色评定.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def colour_counts(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How many subjects wear each colour at `as_at`, and wore it one period earlier. One row is one scheme.

    Shares are of the rated; the unrated stand apart. Deregistered subjects and empty shops are left out.

    Columns: scheme, green_count, yellow_count, red_count, rated_count, unrated_count, stale_count,
        subject_count, green_count_before, yellow_count_before, red_count_before, rated_count_before (家);
        green_rate, yellow_rate, red_rate, rated_rate (0-1)
    Source: rating, enterprise, hazard, finding
    """
    return run(street, "three_colour/colour_counts", scope)


def figures(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """The figures of 三色管理 for one scheme. One row is one figure; columns as of `overview.figures`.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: rating, enterprise, hazard, finding, patrol_log
    """
    return run(street, "three_colour/figures", scope, scheme=scheme)


def rules_in_force(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The rule that applies at `as_at`. One row is one scheme.

    `is_trial`: nobody has approved it (试行). `colour_basis` is rating where the rule cannot be applied yet.

    Columns: scheme, rule_version, effective_from, approved_by, is_trial, rule_mark, colour_basis,
        green_floor, yellow_floor (分), stale_after_days (天)
    Source: enterprise
    """
    return run(street, "three_colour/rules_in_force", scope)


def subjects(
    street: Snapshot, scope: Scope, scheme: str = "enterprise", by: str = "", chosen: str = ""
) -> pd.DataFrame:
    """Every active subject, the worst first. One row is one subject under one scheme.

    `by` (district, park, industry) and `chosen` narrow them to one market, park or trade.

    Columns: scheme, enterprise_key, name, industry, district, park, community, grid_code, colour,
        colour_since_on, colour_days (天), score (分), is_stale, last_seen_on, inherent_risk,
        responsible_post, reason, lon, lat (度)
    Source: enterprise, rating, hazard, finding, patrol_log
    """
    return run(street, "three_colour/subjects", scope, scheme=scheme, by=by, chosen=chosen)


def by_group(street: Snapshot, scope: Scope, scheme: str = "enterprise", by: str = "grid") -> pd.DataFrame:
    """Colours by grid, community, district, park or industry. One row is one of them that has a subject.

    Under 30 rated subjects nothing is ranked; the interval is Wilson's at 95 %.

    Columns: group_name, green_count, yellow_count, red_count, unrated_count, rated_count (家);
        red_rate, red_rate_low, red_rate_high (0-1), is_rankable
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "three_colour/by_group", scope, scheme=scheme, by=by)


def red_list(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """Everyone red at `as_at`, the longest first. One row is one subject under one scheme.

    `red_since_on` begins the present run of red; any other colour in between begins it anew.

    Columns: scheme, enterprise_key, name, industry, community, grid_code, rated_on, red_since_on,
        red_days (天), score (分), reason, release, responsible_post, colour_basis, is_stale, batch_id,
        source_sheet, source_row
    Source: rating, enterprise, hazard, finding
    """
    return run(street, "three_colour/red_list", scope, scheme=scheme)


def colour_changes(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """Everyone whose colour differs from one period earlier. One row is one subject under one scheme.

    Columns: scheme, enterprise_key, name, community, grid_code, colour_then, colour, colour_change,
        colour_since_on, reason, batch_id, source_sheet, source_row
    Source: rating, enterprise, hazard, finding
    """
    return run(street, "three_colour/colour_changes", scope, scheme=scheme)


def near_edge(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """Who is one step from a worse colour (临界户). One row is one subject and kind of edge.

    `points`: one unit more of a deduction that no veto reads would take it below the floor of its colour;
    `edge_what` names them. `limit`: a hazard at a green subject falls due within 7 days of `as_at`; it names
    the hazards and `edge_on` is the last day of the first limit. Only colours that the last look bears out
    can be on an edge.

    Columns: scheme, enterprise_key, name, community, grid_code, colour, score, points_above_floor (分),
        edge_kind, edge_what, edge_on
    Source: enterprise, hazard, finding
    """
    return run(street, "three_colour/near_edge", scope, scheme=scheme)


def drag(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """Which dimension and which item drags how many down (短板). One row is one item that fired somewhere.

    By the last look at every rated subject; nothing where colours come from the ledger of ratings.

    Columns: dimension_title, item_kind, fact_label, failing_count, rated_count (家), failing_rate (0-1),
        not_green_count (家), fact_count, lost_points, mean_lost_points (分)
    Source: enterprise, hazard, finding
    """
    return run(street, "three_colour/drag", scope, scheme=scheme)


def conflicts(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """Green in one scheme and red in the other (`schemes`), or green with a red inherent risk (`risk`).

    One row is one pair; two entries of one credit code are one subject. The four colours of inherent risk are
    another scale and stand in their own column.

    Columns: conflict_kind, enterprise_key, name, community, grid_code, green_scheme, red_scheme, reason,
        inherent_risk, responsible_post, colour_since_on
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "three_colour/conflicts", scope)


def rated_differently(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """Where a meeting decided another colour than the rule works out. One row is one subject and scheme.

    Columns: scheme, enterprise_key, name, community, grid_code, colour, rated_colour, rated_colour_on,
        rated_reason, score (分), reason, batch_id, source_sheet, source_row
    Source: rating, enterprise, hazard, finding
    """
    return run(street, "three_colour/rated_differently", scope, scheme=scheme)


def overrides(street: Snapshot, scope: Scope, scheme: str = "") -> pd.DataFrame:
    """The colours set by hand that hold at `as_at`, the first to end first. One row is one of them.

    Columns: scheme, enterprise_key, name, community, grid_code, colour, colour_by_rule,
        override_from_on, override_until_on, override_left_days (天), override_reason, batch_id,
        source_sheet, source_row
    Source: rating_override, enterprise
    """
    return run(street, "three_colour/overrides", scope, scheme=scheme)
