-- What did the patrols find, and was the loop closed?
with visits as (
    select
        total(finding_count) as finding_count,
        total(stay_minutes) as stay_minutes
    from patrol_day_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until
        and in_scope(grid_code, community, $grids, $communities)
),
hazards as (
    select
        count(*) filter (where is_found) as found_hazards,
        count(*) filter (where is_spot_handled) as spot_handled,
        count(*) filter (where is_loop_due) as loop_due,
        count(*) filter (where is_loop_answered) as loop_answered,
        count(*) filter (where is_to_assign) as to_assign,
        count(*) filter (where is_assigned_in_time) as assigned_in_time
    from patrol_hazard($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
)
select
    visits.finding_count,
    visits.stay_minutes / 60.0 as stay_hours,
    hazards.*,
    visits.finding_count / nullif(visits.stay_minutes / 60.0, 0) as findings_per_hour,
    rate(spot_handled, found_hazards) as spot_handled_rate,
    rate(loop_answered, loop_due) as loop_closed_rate,
    rate(assigned_in_time, to_assign) as assigned_in_time_rate
from visits
cross join hazards
order by found_hazards;
