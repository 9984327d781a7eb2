-- How many subjects of each scheme are green, yellow, red or not rated, now and one period ago?
with subject as (
    select scheme, colour, 'now' as period, is_stale from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select scheme, colour, 'before', false
    from subject_colour_at($as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
counted as (
    select
        scheme,
        count(*) filter (where period = 'now' and colour = 'green') as green_count,
        count(*) filter (where period = 'now' and colour = 'yellow') as yellow_count,
        count(*) filter (where period = 'now' and colour = 'red') as red_count,
        count(*) filter (where period = 'now' and colour <> 'unrated') as rated_count,
        count(*) filter (where period = 'now' and colour = 'unrated') as unrated_count,
        count(*) filter (where period = 'now' and is_stale) as stale_count,
        count(*) filter (where period = 'now') as subject_count,
        count(*) filter (where period = 'before' and colour = 'green') as green_count_before,
        count(*) filter (where period = 'before' and colour = 'yellow') as yellow_count_before,
        count(*) filter (where period = 'before' and colour = 'red') as red_count_before,
        count(*) filter (where period = 'before' and colour <> 'unrated') as rated_count_before
    from subject
    group by scheme
)
select
    *,
    rate(green_count, rated_count) as green_rate,
    rate(yellow_count, rated_count) as yellow_rate,
    rate(red_count, rated_count) as red_rate,
    rate(rated_count, subject_count) as rated_rate
from counted
order by scheme;
