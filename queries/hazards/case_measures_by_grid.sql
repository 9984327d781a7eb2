-- How were the cases of this period handled in each grid, and how sure can one be of its rate?
with places as (
    select grid_code, community, grid_name from grid_at($as_at, $known_at)
),
tally as (
    select
        community, grid_code, need_to_handle, handled_on_time, handled_on_time_first, handled_of_due, overdue_unhandled,
        closed_of_due, closed_on_time, reworked, rework_times, not_yet_due, due_by_first_limit, extended, suspended,
        open_suspended, reported, reported_to_file, filed_of_reported, filed, self_handled, open_stock, overdue_stock,
        major_open, entered, voided_of_entered, closed, voided
    from case_tally($since, $until, $as_at, $known_at, $kind)
),
-- a grid without a case still has a line; so has a case whose grid was redrawn
grids as (
    select
        coalesce(places.community, tally.community) as community,
        coalesce(places.grid_code, tally.grid_code) as grid_code,
        places.grid_name,
        coalesce(columns(tally.* exclude (community, grid_code)), 0)
    from places
    full join tally on tally.grid_code = places.grid_code and tally.community = places.community
)
select
    *,
    unnest(case_rates(grids)),
    wilson_low(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_low,
    wilson_high(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_high,
    need_to_handle >= 30 as is_rankable
from grids
where in_scope(grid_code, community, $grids, $communities)
order by community, grid_code;
