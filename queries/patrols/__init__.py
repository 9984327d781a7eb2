"""What we ask about patrols: where and when they went, what they found, what came of it. Source: 巡查记录.

A round (车次) is one community, day and half-day of visits: the ledger numbers none. Names never enter the
warehouse, so a crew is judged by its head count, and no question tells of a person.
"""

import pandas as pd

from data.store.reader import Snapshot
from queries import Scope, run


def coverage(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits of the period and the grids they reached. One row.

    A grid is covered by one visit of five minutes or more, or of a stay nobody noted. `finding_rate` is
    neither good nor bad when high.

    Columns: visit_count (次), finding_visits (次), finding_count (处), contact_count (人次), covered_grids,
        grid_count (个), patrol_coverage_rate, finding_rate (0-1)
    Source: patrol_log, grid
    """
    return run(street, "patrols/coverage", scope)


def visits_by_day(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits day by day. One row is one day that has begun, also one without a visit.

    Before the ledger's first day nothing is known: the counts are null.

    Columns: patrolled_on, is_workday, visit_count (次), finding_count (处), contact_count (人次),
        covered_grids (个)
    Source: patrol_log
    """
    return run(street, "patrols/visits_by_day", scope)


def visits_by_grid(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits grid by grid. One row is one grid, also one never visited: its last visit is null.

    Columns: community, grid_code, grid_name, visit_count (次), finding_count (处), contact_count (人次),
        stay_minutes (分钟), is_covered, last_visit_at, unvisited_hours (小时)
    Source: patrol_log, grid
    """
    return run(street, "patrols/visits_by_grid", scope)


def figures(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The six figures of the patrols, each beside `Scope.before`. One row is one figure.

    `waiting_grids` and `visit_coverage_rate` are stocks at `as_at`, the others of the period. Before a
    ledger begins there is no value.

    Columns: card, figure, value, numerator, denominator, value_before, numerator_before,
        denominator_before, change
    Source: patrol_log, grid, enterprise, rating, hazard
    """
    return run(street, "patrols/figures", scope)


def by_week(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The patrols by whole weeks. One row is one week, by its Monday; null where the ledger does not reach.

    Columns: week_on, visit_count, finding_visits (次), finding_count (处), contact_count (人次),
        stay_minutes (分钟), covered_grids, evening_grids, grid_count (个), judged_round_days,
        valid_round_days (天), finding_rate, patrol_coverage_rate, evening_coverage_rate, valid_round_rate
        (0-1)
    Source: patrol_log, grid
    """
    return run(street, "patrols/by_week", scope)


def round_measures(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The rounds of the period against the rule: gone at all, crew, time, empty. One row.

    Days and rounds that did not note what is judged stay out of the denominator.

    Columns: required_round_days, out_round_days, judged_round_days, valid_round_days,
        unreported_round_days (天); round_count, crew_known_rounds, crew_met_rounds, timed_rounds,
        long_rounds, noted_rounds, empty_rounds (车次); contact_count (人次); round_out_rate,
        valid_round_rate, crew_met_rate, long_round_rate, empty_round_rate (0-1); contacts_per_round (人次)
    Source: patrol_log, grid
    """
    return run(street, "patrols/round_measures", scope)


def round_days(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The days on which a round was owed. One row is one community and day, newest day first.

    `round_state` says what was wanting; crew and minutes are the largest of the day's rounds.

    Columns: patrolled_on, community, round_state, round_count (车次), visit_count (次), crew_size (人),
        round_minutes (分钟)
    Source: patrol_log, grid
    """
    return run(street, "patrols/round_days", scope)


def round_states(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The communities of `round_days` counted. One row is one owed day and state.

    Columns: patrolled_on, round_state, round_days (个)
    Source: patrol_log, grid
    """
    return run(street, "patrols/round_states", scope)


def rounds(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The rounds of the period. One row is one community, day and half-day, newest first.

    Columns: patrolled_on, community, half_day, first_visit_at, crew_size (人), round_minutes (分钟),
        visit_count (次), reached_grids (个), contact_count (人次), finding_count (处), is_crew_met,
        is_long_enough, is_round_valid, is_empty
    Source: patrol_log, grid
    """
    return run(street, "patrols/rounds", scope)


def waiting(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How long the grids have waited at `as_at` for a visit of five minutes or more. One row.

    Columns: grid_count, never_visited_grids, waiting_grids (个), median_unvisited_hours,
        longest_unvisited_hours, grid_interval_hours (小时)
    Source: patrol_log, grid
    """
    return run(street, "patrols/waiting", scope)


def waiting_grids(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The grids that wait longer than the rule's hours, longest first. One row is one grid.

    Columns: community, grid_code, grid_name, last_visit_at, unvisited_hours (小时)
    Source: patrol_log, grid
    """
    return run(street, "patrols/waiting_grids", scope)


def gaps_tomorrow(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """What is still in time at `as_at` and will not be by tomorrow night. One row is a grid or a subject.

    Columns: gap_kind, community, grid_code, name, colour, last_visit_at, runs_out_at
    Source: patrol_log, grid, enterprise, rating
    """
    return run(street, "patrols/gaps_tomorrow", scope)


def dose_by_grid(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The minutes every grid got, beside its hazards. One row is one grid.

    Columns: community, grid_code, grid_name, visit_count (次), stay_minutes, weekly_stay_minutes (分钟),
        finding_count (处), evening_visit_count (次), hazard_count (处), is_hazard_heavy
    Source: patrol_log, hazard, grid
    """
    return run(street, "patrols/dose_by_grid", scope)


def visit_ratio(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The share of visits in the fifth of grids with most hazards, by their share of hazards. One row.

    Columns: grid_count, heavy_grids (个), heavy_visits, visit_count (次), heavy_hazards, hazard_count (处),
        heavy_visit_share, heavy_hazard_share (0-1), visit_ratio (倍)
    Source: patrol_log, hazard, grid
    """
    return run(street, "patrols/visit_ratio", scope)


def by_hour(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits by weekday and hour. One row is one cell, also an empty one; midnight is no hour.

    Columns: weekday, hour, visit_count (次), finding_count (处)
    Source: patrol_log
    """
    return run(street, "patrols/by_hour", scope)


def rhythm(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """How evenly the visits are spread over weekdays and hours. One row.

    Columns: timed_visits, untimed_visits (次), used_cells, cell_count (格), unpredictability (0-1)
    Source: patrol_log
    """
    return run(street, "patrols/rhythm", scope)


def by_kind(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """The visits and contacts by kind of visit, most contacts first. One row is one kind.

    Columns: kind, visit_count (次), contact_count, contacts_per_visit (人次), finding_count (处),
        stay_minutes (分钟)
    Source: patrol_log
    """
    return run(street, "patrols/by_kind", scope)


def findings(street: Snapshot, scope: Scope) -> pd.DataFrame:
    """What the patrols found, by the hour on the spot, and what came of the hazards among it. One row.

    Columns: finding_count (处), stay_hours (小时); found_hazards, spot_handled, loop_due, loop_answered,
        to_assign, assigned_in_time (件); findings_per_hour (处); spot_handled_rate, loop_closed_rate,
        assigned_in_time_rate (0-1)
    Source: patrol_log, hazard
    """
    return run(street, "patrols/findings", scope)


def found_hazards(street: Snapshot, scope: Scope, count: str = "loop_unanswered") -> pd.DataFrame:
    """The hazards behind one count of `findings`, or those of `loop_due` not answered. One row is one hazard.

    Columns: hazard_no, community, grid_code, place, kind, level, stage, unit, reported_at, dispatched_at,
        due_eff_at, handled_at, closed_at, batch_id, source_sheet, source_row
    Source: hazard
    """
    return run(street, "patrols/found_hazards", scope, count=count)


def silent_runs(street: Snapshot, scope: Scope, days: int = 90) -> pd.DataFrame:
    """The grids whose visits have found nothing for too long (零发现段), least likely first.

    One row is one grid. `silent_chance` is how likely so long a run would be at the rate of the community's
    other grids over the last `days`; only those under 1 % are listed, a matter of data quality.

    Columns: community, grid_code, grid_name, silent_visits (次), silent_since_at, others_finding_visits,
        others_visit_count (次), others_finding_rate, silent_chance (0-1)
    Source: patrol_log, grid
    """
    return run(street, "patrols/silent_runs", scope, days=days)


def route(street: Snapshot, scope: Scope, community: str = "", day: str = "") -> pd.DataFrame:
    """The visits of a community's day, in order; without a day the newest. One row is one visit.

    Columns: visit_no, community, grid_code, patrolled_at, kind, place, stay_minutes (分钟), contact_count
        (人次), finding_count (处), lon, lat (度), batch_id, source_sheet, source_row
    Source: patrol_log
    """
    return run(street, "patrols/route", scope, community=community, day=day)
