-- How were the cases of this period handled, by the measures every bulletin prints?
with grids as (
    select
        need_to_handle, handled_on_time, handled_on_time_first, handled_of_due, overdue_unhandled, closed_of_due,
        closed_on_time, reworked, rework_times, not_yet_due, due_by_first_limit, extended, suspended, open_suspended,
        reported, reported_to_file, filed_of_reported, filed, self_handled, open_stock, overdue_stock, major_open,
        entered, voided_of_entered, closed, voided
    from case_tally($since, $until, $as_at, $known_at, $kind)
    where in_scope(grid_code, community, $grids, $communities)
),
street as (
    select total(columns(*)) from grids
)
select *, unnest(case_rates(street))
from street
order by need_to_handle;
