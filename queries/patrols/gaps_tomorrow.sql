-- Whose interval runs out by tomorrow night, if nobody calls?
with tomorrow as (
    select cast($as_at as date) + 1 as day
),
grids as (
    select
        'grid' as gap_kind, community, grid_code, grid_name as name, cast(null as varchar) as colour,
        last_visit_at, runs_out_at
    from grid_wait($as_at, $known_at)
),
subjects as (
    select
        scheme as gap_kind, community, grid_code, name, colour, last_visit_at,
        visit_due_on + time '23:59:59' as runs_out_at
    from subject_visit_at($as_at, $known_at)
),
gaps as (
    select * from grids
    union all
    select * from subjects
)
select gap_kind, community, grid_code, name, colour, last_visit_at, runs_out_at
from gaps
cross join tomorrow
where runs_out_at > $as_at and runs_out_at <= tomorrow.day + 1
    and in_scope(grid_code, community, $grids, $communities)
order by gap_kind <> 'grid',
    case colour when 'red' then 1 when 'yellow' then 2 when 'unrated' then 3 when 'green' then 4 end,
    runs_out_at, community, grid_code, name;
