-- How many visits were there each day, in how many grids, with how many findings?
with visits as (
    select
        patrolled_on,
        total(visit_count) as visit_count,
        total(finding_count) as finding_count,
        total(contact_count) as contact_count,
        count(distinct case when long_visit_count > 0 then grid_code end) as covered_grids
    from patrol_day_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until
        and in_scope(grid_code, community, $grids, $communities)
    group by patrolled_on
),
begun as (
    select min(patrolled_on) as begun_on from patrol_day_at($as_at, $known_at)
)
select
    calendar_day.day as patrolled_on,
    calendar_day.is_workday,
    case when calendar_day.day >= begun_on then coalesce(visits.visit_count, 0) end as visit_count,
    case when calendar_day.day >= begun_on then coalesce(visits.finding_count, 0) end as finding_count,
    case when calendar_day.day >= begun_on then coalesce(visits.contact_count, 0) end as contact_count,
    case when calendar_day.day >= begun_on then coalesce(visits.covered_grids, 0) end as covered_grids
from calendar_day
cross join begun
left join visits on visits.patrolled_on = calendar_day.day
where calendar_day.day >= $since and calendar_day.day < $until and calendar_day.day <= cast($as_at as date)
order by calendar_day.day;
