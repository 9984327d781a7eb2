-- In which grids has nothing been found for longer than chance allows, though others find something?
with visits as (
    select community, grid_code, patrolled_at, finding_count
    from patrol_log_at($as_at, $known_at)
    where patrolled_at >= cast($as_at as timestamp) - to_days(cast($days as integer))
        and finding_count is not null and grid_code is not null
),
last_finding as (
    select grid_code, max(patrolled_at) as last_found_at from visits where finding_count > 0 group by grid_code
),
grids as (
    select
        community,
        visits.grid_code,
        count(*) filter (where last_found_at is null or patrolled_at > last_found_at) as silent_visits,
        min(patrolled_at) filter (where last_found_at is null or patrolled_at > last_found_at) as silent_since_at,
        count(*) filter (where finding_count > 0) as finding_visits,
        count(*) as visit_count
    from visits
    left join last_finding on last_finding.grid_code = visits.grid_code
    group by community, visits.grid_code
),
beside as (
    select
        *,
        sum(finding_visits) over (partition by community) - finding_visits as others_finding_visits,
        sum(visit_count) over (partition by community) - visit_count as others_visit_count
    from grids
),
judged as (
    select
        *,
        rate(others_finding_visits, others_visit_count) as others_finding_rate,
        pow(1.0 - rate(others_finding_visits, others_visit_count), silent_visits) as silent_chance
    from beside
)
select
    judged.community,
    judged.grid_code,
    places.grid_name,
    silent_visits,
    silent_since_at,
    cast(others_finding_visits as bigint) as others_finding_visits,
    cast(others_visit_count as bigint) as others_visit_count,
    others_finding_rate,
    silent_chance
from judged
join grid_known($known_at) as places on places.grid_code = judged.grid_code
where silent_chance < 0.01 and in_scope(judged.grid_code, judged.community, $grids, $communities)
order by silent_chance, judged.grid_code;
