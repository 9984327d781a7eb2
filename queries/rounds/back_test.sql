-- Would hazards have been found earlier, had the rounds of past weeks gone where the suggestion sends them?
-- Here is what was known of every grid and day, who went there and what was found; queries/rounds/replay.py sends the
-- rounds elsewhere. What is found in the last days is left out, so that every order has time to find the rest.
with ends as (
    -- the last whole day is over
    select cast($as_at + interval 1 microsecond as date) as until_on
),
outlook as (
    select * from round_outlook(
        cast($as_at + interval 1 microsecond as date) - $run_out_days - 7 * $weeks,
        cast($as_at + interval 1 microsecond as date),
        $as_at,
        $known_at
    )
),
visited as (
    select distinct grid_code, patrolled_on from patrol_day_at($as_at, $known_at) where long_visit_count > 0
),
found as (
    select
        grid_code,
        cast(reported_at as date) as found_on,
        count(*) as found_count,
        count(*) filter (where level = 'major') as found_major
    from hazard_at($as_at, $known_at)
    where source = 'patrol' and not is_reopened and not is_void
        and reported_at < (select until_on from ends) - $run_out_days
        and in_scope(grid_code, community, $grids, $communities)
    group by grid_code, found_on
)
select
    outlook.round_on,
    coalesce(outlook.community, '') as community,
    outlook.grid_code,
    visited.grid_code is not null as is_visited,
    outlook.last_visit_on,
    outlook.gap_days,
    outlook.hazards_per_day,
    outlook.colour_weight,
    coalesce(found.found_count, 0) as found_count,
    coalesce(found.found_major, 0) as found_major
from outlook
left join visited on visited.grid_code = outlook.grid_code and visited.patrolled_on = outlook.round_on
left join found on found.grid_code = outlook.grid_code and found.found_on = outlook.round_on
-- before the patrol ledger begins there is no round to send elsewhere
where outlook.gap_days is not null
order by round_on, community, outlook.grid_code;
