-- Which grids were visited in the period, and how long has each waited for the next visit?
with places as (
    select grid_code, grid_name, community from grid_known($known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
days as (
    select *, patrolled_on >= $since and patrolled_on < $until as is_within
    from patrol_day_at($as_at, $known_at)
),
ever as (
    select
        grid_code,
        max(last_long_visit_at) as last_visit_at,
        total(case when is_within then visit_count end) as visit_count,
        total(case when is_within then finding_count end) as finding_count,
        total(case when is_within then contact_count end) as contact_count,
        total(case when is_within then stay_minutes end) as stay_minutes,
        total(case when is_within then long_visit_count end) > 0 as is_covered
    from days
    group by grid_code
)
select
    places.community,
    places.grid_code,
    places.grid_name,
    coalesce(ever.visit_count, 0) as visit_count,
    coalesce(ever.finding_count, 0) as finding_count,
    coalesce(ever.contact_count, 0) as contact_count,
    coalesce(ever.stay_minutes, 0) as stay_minutes,
    coalesce(ever.is_covered, false) as is_covered,
    ever.last_visit_at,
    date_diff('second', ever.last_visit_at, $as_at) / 3600.0 as unvisited_hours
from places
left join ever on ever.grid_code = places.grid_code
order by places.community, places.grid_code;
