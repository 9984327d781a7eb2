-- How old is what is overdue now, counted from the limit that was missed?
with bins as (
    select * from (values
        (1, '1_3', 0, 3), (2, '4_7', 3, 7), (3, '8_30', 7, 30), (4, 'over_30', 30, 1000000)
    ) as bin (age_order, overdue_age, over_days, up_to_days)
),
overdue as (
    -- a day that has begun counts as a day
    select *, date_diff('second', due_eff_at, $as_at) / 86400.0 as overdue_days
    from hazard_at($as_at, $known_at)
    where is_overdue and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
)
select
    age_order,
    overdue_age,
    count(overdue_days) as overdue_stock,
    count(overdue_days) filter (where level = 'major') as overdue_major
from bins
left join overdue on overdue_days > over_days and overdue_days <= up_to_days
group by age_order, overdue_age
order by age_order;
