-- How were the cases of this period handled in each grid, and how sure can one be of its rate?
with places as (
    select grid_code, community, grid_name from grid_at($as_at, $known_at)
),
tally as (
    select * from case_tally($since, $until, $as_at, $known_at)
),
-- a grid without a case still has a line; so has a case whose grid was redrawn
grids as (
    select
        coalesce(places.community, tally.community) as community,
        coalesce(places.grid_code, tally.grid_code) as grid_code,
        places.grid_name,
        coalesce(need_to_handle, 0) as need_to_handle,
        coalesce(handled_on_time, 0) as handled_on_time,
        coalesce(handled_on_time_first, 0) as handled_on_time_first,
        coalesce(handled_of_due, 0) as handled_of_due,
        coalesce(overdue_unhandled, 0) as overdue_unhandled,
        coalesce(closed_of_due, 0) as closed_of_due,
        coalesce(closed_on_time, 0) as closed_on_time,
        coalesce(reworked, 0) as reworked,
        coalesce(rework_times, 0) as rework_times,
        coalesce(not_yet_due, 0) as not_yet_due,
        coalesce(due_by_first_limit, 0) as due_by_first_limit,
        coalesce(extended, 0) as extended,
        coalesce(suspended, 0) as suspended,
        coalesce(open_suspended, 0) as open_suspended,
        coalesce(reported, 0) as reported,
        coalesce(reported_to_file, 0) as reported_to_file,
        coalesce(filed_of_reported, 0) as filed_of_reported,
        coalesce(filed, 0) as filed,
        coalesce(self_handled, 0) as self_handled,
        coalesce(open_stock, 0) as open_stock,
        coalesce(overdue_stock, 0) as overdue_stock,
        coalesce(major_open, 0) as major_open,
        coalesce(entered, 0) as entered,
        coalesce(voided_of_entered, 0) as voided_of_entered,
        coalesce(closed, 0) as closed,
        coalesce(voided, 0) as voided
    from places
    full join tally on tally.grid_code = places.grid_code and tally.community = places.community
)
select
    *,
    rate(handled_on_time, need_to_handle) as on_time_handling_rate,
    rate(handled_on_time_first, need_to_handle) as on_time_handling_rate_first,
    rate(handled_of_due, need_to_handle) as handling_rate,
    rate(overdue_unhandled, need_to_handle) as overdue_unhandled_rate,
    rate(closed_of_due, need_to_handle) as closing_rate,
    rate(closed_on_time, need_to_handle) as on_time_closing_rate,
    rate(reworked, need_to_handle) as rework_rate,
    rate(extended, due_by_first_limit) as extension_rate,
    rate(filed_of_reported, reported_to_file) as filing_rate,
    rate(voided_of_entered, entered) as void_rate,
    wilson_low(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_low,
    wilson_high(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_high,
    need_to_handle >= 30 as is_rankable
from grids
where in_scope(grid_code, community, $grids, $communities)
order by community, grid_code;
