-- How far did the patrols reach, and what did they find?
with visits as (
    select * from patrol_day_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until
        and in_scope(grid_code, community, $grids, $communities)
),
visited as (
    select
        total(visit_count) as visit_count,
        total(finding_visits) as finding_visits,
        total(finding_count) as finding_count,
        total(contact_count) as contact_count,
        rate(total(finding_visits), total(visit_count)) as finding_rate
    from visits
),
reached as (
    select distinct grid_code from visits where long_visit_count > 0
),
covered as (
    select count(reached.grid_code) as covered_grids, count(*) as grid_count
    from grid_known($known_at) as place
    left join reached on reached.grid_code = place.grid_code
    where in_scope(place.grid_code, place.community, $grids, $communities)
)
select
    visit_count,
    finding_visits,
    finding_count,
    contact_count,
    covered_grids,
    grid_count,
    rate(covered_grids, grid_count) as patrol_coverage_rate,
    finding_rate
from visited
cross join covered
order by visit_count;
