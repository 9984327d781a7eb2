-- Are hazards closed, are they closed in time, and by which doors do they leave, against the period before?
with counted as (
    select 'now' as period, * from case_tally($since, $until, $as_at, $known_at, $kind)
    union all
    select 'before', * from case_tally($since_before, $until_before, $as_at_before, $known_at, $kind)
),
grids as (
    select
        period, need_to_handle, handled_on_time, handled_on_time_first, handled_of_due, overdue_unhandled, closed_of_due,
        closed_on_time, reworked, due_by_first_limit, extended, open_suspended, reported_to_file, filed_of_reported,
        open_stock, overdue_stock, major_open, entered, voided_of_entered, closed
    from counted
    where in_scope(grid_code, community, $grids, $communities)
),
street as (
    select period.period, total(columns(grids.* exclude (period)))
    from (values ('now'), ('before')) as period (period)
    left join grids on grids.period = period.period
    group by period.period
),
rated as (
    select *, unnest(case_rates(street)) from street
),
figures as (
    select 1 as card, 'on_time_handling_rate' as figure, period, on_time_handling_rate as value,
        handled_on_time as numerator, need_to_handle as denominator
    from rated
    union all
    select 1, 'on_time_handling_rate_first', period, on_time_handling_rate_first, handled_on_time_first, need_to_handle
    from rated
    union all
    select 2, 'closing_rate', period, closing_rate, closed_of_due, need_to_handle from rated
    union all
    select 3, 'overdue_stock', period, overdue_stock, overdue_stock, open_stock from rated
    union all
    select 4, 'open_stock', period, open_stock, major_open, null from rated
    union all
    select 4, 'net_closing', period, closed - entered, closed, entered from rated
    union all
    select 5, 'rework_rate', period, rework_rate, reworked, need_to_handle from rated
    union all
    select 5, 'extension_rate', period, extension_rate, extended, due_by_first_limit from rated
    union all
    select 5, 'open_suspended', period, open_suspended, open_suspended, open_stock from rated
    union all
    select 5, 'void_rate', period, void_rate, voided_of_entered, entered from rated
)
select *
from hazard_figures('figures', $since_before, $as_at, $known_at)
order by card, figure;
