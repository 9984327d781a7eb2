-- Where did a community's patrols go on one day, place by place?
with visits as (
    select *, cast(patrolled_at as date) as patrolled_on
    from patrol_log_at($as_at, $known_at)
    where patrolled_at >= $since and patrolled_at < $until
        and in_scope(grid_code, community, $grids, $communities)
        and $community in ('', community)
),
newest as (
    select coalesce(try_cast($day as date), max(patrolled_on)) as day from visits
)
select
    cast(row_number() over (partition by visits.community order by patrolled_at, visits.record_key) as bigint) as visit_no,
    visits.community,
    visits.grid_code,
    patrolled_at,
    kind,
    place,
    stay_minutes,
    contact_count,
    finding_count,
    lon,
    lat,
    batch_id,
    source_sheet,
    source_row
from visits
join newest on newest.day = visits.patrolled_on
order by visits.community, visit_no;
