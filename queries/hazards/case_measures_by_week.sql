-- How did the rates move from week to week, each case counted in the week it fell due?
with weeks as (
    select day as week_on from calendar_day
    where weekday = 1 and day > $since - 7 and day < $until
),
due as (
    select date_trunc('week', due_eff_at) as week_on, *
    from case_counted($since, $until, $as_at, $known_at)
    where counted_need_to_handle and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
counted as (
    select
        weeks.week_on,
        count(*) filter (where counted_need_to_handle) as need_to_handle,
        count(*) filter (where counted_handled_on_time) as handled_on_time,
        count(*) filter (where counted_handled_on_time_first) as handled_on_time_first,
        count(*) filter (where counted_handled_of_due) as handled_of_due,
        count(*) filter (where counted_overdue_unhandled) as overdue_unhandled,
        count(*) filter (where counted_closed_of_due) as closed_of_due,
        count(*) filter (where counted_closed_on_time) as closed_on_time,
        count(*) filter (where counted_reworked) as reworked
    from weeks
    left join due on due.week_on = weeks.week_on
    group by weeks.week_on
)
select *, unnest(due_rates(counted))
from counted
order by week_on;
