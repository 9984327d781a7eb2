"""What we ask about colours over time: who moved, how long red lasts, whether green holds.

Of the past, too, only subjects still active at `as_at` are told, for the register keeps no history of who was
there. Those that left are in `flow`, `transitions` and the way from red to green until the day they left,
where the register says so: the day of its version, or the day on which a known subject's leaving came in.
Source: 企业台账 and the ledgers of facts; 三色评定.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def flow(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """How everybody moved since the period before. One row is one colour then and one now.

    Who was not there then was unrated. `deregistered`: who left since has no colour now.

    Columns: colour_then, colour, colour_move, moved_count (家)
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/flow", scope, scheme=scheme)


def months(street: Snapshot, scope: Scope, scheme: str = "enterprise", months: int = 13) -> pd.DataFrame:
    """The colours at the end of each month, of the running one at `as_at`.

    One row is one month with a rated subject; shares are of the rated. `is_rule_change`: in that month a
    rule replaced another that gave colours, or took over from the ledger of ratings. `colour_basis` is rule
    once colours are worked out, else rating.

    Columns: month_on, green_count, yellow_count, red_count, unrated_count, rated_count (家); green_rate,
        yellow_rate, red_rate (0-1), is_rule_change, colour_basis
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/months", scope, scheme=scheme, months=months)


def transitions(street: Snapshot, scope: Scope, scheme: str = "enterprise", months: int = 12) -> pd.DataFrame:
    """转色矩阵: the colour on the first of a month beside that on the first of the next.

    One row is one such pair. The last `months` whole months before `as_at` are added up, from the first with
    a rated subject on. `moved_rate` is of those in `colour_then` that were still there; who had left stands
    beside them, without a colour and a rate.

    Columns: colour_then, colour, moved_count, moved_from_count (家次), moved_rate (0-1)
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/transitions", scope, scheme=scheme, months=months)


def turned_green(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """转绿率, 反弹率 and 红转绿时长. One row is one scheme.

    转绿率 is of those yellow or red one period ago and still active. A turn to green belongs to the period in
    which its 60 days are over; one that left before is not followed. `red_to_green_days` is Kaplan-Meier's
    median from the first red after a green, over everything known until `as_at`, those still not green
    counted until then or until they left; null where the curve has not come to half.

    Columns: scheme, not_green_then, turned_green (家), turned_green_rate (0-1), green_followed,
        green_rebounds (次), rebound_rate (0-1), red_lives, red_lives_ended (次), red_to_green_days (天)
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/turned_green", scope)


def time_to_green(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """The Kaplan-Meier curve behind `red_to_green_days`. One row is one length at which it steps, from 0 on.

    Columns: red_lasted_days (天), share_not_green (0-1)
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/time_to_green", scope, scheme=scheme)


def rebound_list(street: Snapshot, scope: Scope, scheme: str = "", days: int = 60) -> pd.DataFrame:
    """Who was yellow or red again within 60 days of turning green. One row is one such rebound.

    Those of the period and of the `days` before it, the latest first.

    Columns: scheme, enterprise_key, name, community, grid_code, colour_before, turned_green_on, rebound_on,
        rebound_colour, rebound_days (天), colour
    Source: enterprise, rating, hazard, finding
    """
    return run(street, "colour_history/rebound_list", scope, scheme=scheme, days=days)


def evidence(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """评定覆盖率 and 证据时效: whether somebody was there lately. One row is one scheme.

    Fresh: rated, and seen within the `stale_after_days` of the rule in force; stale: seen before that, or
    never seen and rated before that; never seen: the others that are rated. The median is over all seen.

    Columns: scheme, fresh_count, stale_count, never_seen_count, subject_count (家); fresh_rate (0-1),
        median_seen_days (天)
    Source: enterprise, patrol_log, finding, gas_guard
    """
    return run(street, "colour_history/evidence", scope)


def rule_breaks(street: Snapshot, scope: Scope, scheme: str = "enterprise") -> pd.DataFrame:
    """What a new rule did on its first day: both versions' colours side by side. One row is one pair.

    Only where the rule before gave colours.

    Columns: rule_changed_on, rule_version, old_rule_colour, new_rule_colour, moved_count (家)
    Source: enterprise, hazard, finding
    """
    return run(street, "colour_history/rule_breaks", scope, scheme=scheme)
