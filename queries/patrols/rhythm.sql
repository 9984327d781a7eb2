-- Could one tell when the next patrol comes?
with cells as (
    select isodow(patrolled_on) as weekday, hour, total(visit_count) as visit_count
    from patrol_hour_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until
        and in_scope(grid_code, community, $grids, $communities)
    group by weekday, hour
),
shares as (
    select *, rate(visit_count, sum(visit_count) over ()) as share
    from cells
    where hour > 0
)
-- 7 weekdays by the 23 hours that are not midnight
select
    total(visit_count) as timed_visits,
    (select total(visit_count) from cells where hour = 0) as untimed_visits,
    count(*) as used_cells,
    7 * 23 as cell_count,
    -sum(share * ln(share)) / ln(7 * 23) as unpredictability
from shares
order by timed_visits;
