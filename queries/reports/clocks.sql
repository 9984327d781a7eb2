-- How long does it take to take a report up, to handle it and to tell the reporter, counting what is still waiting?
with lives as (
    select clock as group_no, lasted_days as lasted, is_ended
    from report_clock($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
        and $kind in ('', kind) and $channel in ('', report_channel)
),
quantiles as (
    select
        group_no,
        lasted_until(lasted, share_left, 0.5) as half_days,
        lasted_until(lasted, share_left, 0.1) as ninth_decile_days
    from still_going('lives')
    group by group_no
),
clock as (
    select * from (values (1, 'dispatch'), (2, 'handling'), (3, 'feedback'), (4, 'whole')) as clock (place, clock)
)
select
    clock,
    count(lasted) as begun_count,
    count(*) filter (where is_ended) as ended_count,
    count(*) filter (where not is_ended) as waiting_count,
    rate(count(*) filter (where not is_ended), count(lasted)) as waiting_rate,
    any_value(half_days) as half_days,
    any_value(ninth_decile_days) as ninth_decile_days
from clock
left join lives on lives.group_no = clock
left join quantiles on quantiles.group_no = clock
group by place, clock
order by place;
