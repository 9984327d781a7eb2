-- Who keeps the limits worse or better than the street as a whole, beyond chance and with enough cases to say so?
with cases as (
    select
        grouped_by($by, kind, grid_code, community, unit) as group_name,
        counted_need_to_handle,
        counted_handled_on_time,
        counted_overdue_stock,
        avg(case when counted_need_to_handle then cast(counted_handled_on_time as integer) end)
            over (partition by kind) as kind_rate
    from case_counted($since, $until, $as_at, $known_at)
    where (counted_need_to_handle or counted_overdue_stock)
        and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
counted as (
    select
        group_name,
        count(*) filter (where counted_handled_on_time) as handled_on_time,
        count(*) filter (where counted_need_to_handle) as need_to_handle,
        count(*) filter (where counted_overdue_stock) as overdue_stock,
        avg(kind_rate) filter (where counted_need_to_handle) as expected_rate
    from cases
    group by group_name
),
rated as (
    select
        *,
        rate(handled_on_time, need_to_handle) as on_time_handling_rate,
        wilson_low(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_low,
        wilson_high(handled_on_time, need_to_handle, 1.96) as on_time_handling_rate_high,
        wilson_high(handled_on_time, need_to_handle, 3.09) as surely_below_rate,
        rate(sum(handled_on_time) over (), sum(need_to_handle) over ()) as street_rate,
        group_name is not null and need_to_handle >= 30 as is_rankable
    from counted
    where need_to_handle > 0
)
select
    group_name,
    handled_on_time,
    need_to_handle,
    on_time_handling_rate,
    on_time_handling_rate_low,
    on_time_handling_rate_high,
    expected_rate,
    street_rate,
    is_rankable,
    case when is_rankable then rank() over (partition by is_rankable order by on_time_handling_rate) end as worst_no,
    case
        when not is_rankable then 'too_few'
        when surely_below_rate < street_rate then 'named'
        when on_time_handling_rate_high < street_rate then 'attention'
        when on_time_handling_rate_low > street_rate then 'better'
        else 'usual'
    end as standing,
    overdue_stock
from rated
order by is_rankable desc, on_time_handling_rate, need_to_handle desc, group_name;
