-- Which hazards were perhaps reported twice: the same kind, close by, soon after, and not yet linked?
with placed as (
    select *,
        lat * 111320 as north_m,
        lon * 111320 * cos(radians(avg(lat) over ())) as east_m
    from hazard_at($as_at, $known_at)
    where not is_void and lon is not null and lat is not null and kind is not null
        and reported_at < $until and reported_at >= $since - to_hours(cast($hours as bigint))
),
celled as (
    select *, floor(north_m / $metres) as north_cell, floor(east_m / $metres) as east_cell
    from placed
),
-- each later one looks into its own cell and the eight around it
later as (
    select *, unnest([-1, 0, 1]) as east_step
    from celled
    where reported_at >= $since and in_scope(grid_code, community, $grids, $communities)
        and $kind in ('', kind)
),
looking as (
    select *, unnest([-1, 0, 1]) as north_step from later
),
paired as (
    select
        first.hazard_no as first_hazard_no,
        looking.hazard_no as hazard_no,
        looking.community, looking.grid_code, looking.kind,
        first.place as first_place, looking.place as place,
        first.part as first_part, looking.part as part,
        first.source as first_source, looking.source as source,
        first.reported_at as first_reported_at, looking.reported_at as reported_at,
        round(date_diff('second', first.reported_at, looking.reported_at) / 3600.0, 1) as apart_hours,
        sqrt(power(looking.north_m - first.north_m, 2) + power(looking.east_m - first.east_m, 2)) as apart_m,
        first.is_open as is_first_open,
        looking.is_open as is_open,
        looking.batch_id, looking.source_sheet, looking.source_row
    from looking
    join celled as first
        on first.kind = looking.kind
        and first.north_cell = looking.north_cell + looking.north_step
        and first.east_cell = looking.east_cell + looking.east_step
    where (first.reported_at, first.hazard_no) < (looking.reported_at, looking.hazard_no)
        and looking.reported_at <= first.reported_at + to_hours(cast($hours as bigint))
        and looking.reopen_of is distinct from first.hazard_no
        and first.reopen_of is distinct from looking.hazard_no
        and (looking.reopen_of is null or looking.reopen_of is distinct from first.reopen_of)
)
select * replace (round(apart_m, 1) as apart_m)
from paired
where apart_m <= $metres
order by apart_m, apart_hours, first_hazard_no, hazard_no
limit $rows;
