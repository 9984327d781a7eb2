-- Which unit owes what: how much is overdue, since when, and how did it keep this period's limits?
with counted as (
    select
        unit,
        count(*) filter (where is_overdue) as overdue_stock,
        max(case when is_overdue then date_diff('second', due_eff_at, $as_at) / 86400.0 end) as longest_overdue_days,
        count(*) filter (where counted_handled_on_time) as handled_on_time,
        count(*) filter (where counted_need_to_handle) as need_to_handle
    from case_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    group by unit
)
select *, rate(handled_on_time, need_to_handle) as on_time_handling_rate
from counted
where overdue_stock > 0 or need_to_handle > 0
order by overdue_stock desc, longest_overdue_days desc nulls last, need_to_handle desc, unit
limit $rows;
