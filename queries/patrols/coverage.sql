-- How far did the patrols reach, and what did they find?
with visits as (
    select * from patrol_log_at($as_at, $known_at)
    where patrolled_at >= $since and patrolled_at < $until
        and in_scope(grid_code, community, $grids, $communities)
),
places as (
    select * from grid_known($known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
reached as (
    -- a stay of under five minutes is passing by; where the stay was not noted, the visit counts
    select distinct grid_code from visits where coalesce(stay_minutes, 5) >= 5
)
select
    (select count(*) from visits) as visit_count,
    (select count(*) from visits where finding_count > 0) as finding_visits,
    (select total(finding_count) from visits) as finding_count,
    (select total(contact_count) from visits) as contact_count,
    count(reached.grid_code) as covered_grids,
    count(*) as grid_count,
    rate(count(reached.grid_code), count(*)) as patrol_coverage_rate,
    (select rate(count(*) filter (where finding_count > 0), count(*)) from visits) as finding_rate
from places
left join reached on reached.grid_code = places.grid_code
order by visit_count;
