-- How many visits were there each day, in how many grids, with how many findings?
with visits as (
    select cast(patrolled_at as date) as patrolled_on, *
    from patrol_log_at($as_at, $known_at)
    where patrolled_at >= $since and patrolled_at < $until
        and in_scope(grid_code, community, $grids, $communities)
),
days as (
    select day as patrolled_on, is_workday from calendar_day
    where day >= $since and day < $until and day <= cast($as_at as date)
)
select
    days.patrolled_on,
    days.is_workday,
    count(visits.patrolled_on) as visit_count,
    total(visits.finding_count) as finding_count,
    total(visits.contact_count) as contact_count,
    count(distinct case when coalesce(visits.stay_minutes, 5) >= 5 then visits.grid_code end) as covered_grids
from days
left join visits on visits.patrolled_on = days.patrolled_on
group by days.patrolled_on, days.is_workday
order by days.patrolled_on;
