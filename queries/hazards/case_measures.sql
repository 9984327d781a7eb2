-- How were the cases of this period handled, by the measures every bulletin prints?
with grids as (
    select * from case_tally($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
street as (
    select
        total(need_to_handle) as need_to_handle,
        total(handled_on_time) as handled_on_time,
        total(handled_on_time_first) as handled_on_time_first,
        total(handled_of_due) as handled_of_due,
        total(overdue_unhandled) as overdue_unhandled,
        total(closed_of_due) as closed_of_due,
        total(closed_on_time) as closed_on_time,
        total(reworked) as reworked,
        total(rework_times) as rework_times,
        total(not_yet_due) as not_yet_due,
        total(due_by_first_limit) as due_by_first_limit,
        total(extended) as extended,
        total(suspended) as suspended,
        total(open_suspended) as open_suspended,
        total(reported) as reported,
        total(reported_to_file) as reported_to_file,
        total(filed_of_reported) as filed_of_reported,
        total(filed) as filed,
        total(self_handled) as self_handled,
        total(open_stock) as open_stock,
        total(overdue_stock) as overdue_stock,
        total(major_open) as major_open,
        total(entered) as entered,
        total(voided_of_entered) as voided_of_entered,
        total(closed) as closed,
        total(voided) as voided
    from grids
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
    rate(voided_of_entered, entered) as void_rate
from street
order by need_to_handle;
