-- At which hours of which weekdays do the patrols go?
with visits as (
    select
        isodow(patrolled_on) as weekday,
        hour,
        total(visit_count) as visit_count,
        total(finding_count) as finding_count
    from patrol_hour_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until
        and in_scope(grid_code, community, $grids, $communities)
    group by weekday, hour
),
cells as (
    -- midnight is what a ledger without hours says
    select weekday, hour
    from (select unnest(range(1, 8)) as weekday) as week
    cross join (select unnest(range(1, 24)) as hour) as day
)
select
    cells.weekday,
    cells.hour,
    coalesce(visits.visit_count, 0) as visit_count,
    coalesce(visits.finding_count, 0) as finding_count
from cells
left join visits on visits.weekday = cells.weekday and visits.hour = cells.hour
order by cells.weekday, cells.hour;
