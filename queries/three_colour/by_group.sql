-- Which grids, districts, parks or trades have how many of each colour?
with subject as (
    select *,
        case $by
            when 'grid' then grid_code
            when 'community' then community
            when 'district' then district
            when 'park' then park
            when 'industry' then industry
            else error('不能按 ' || $by || ' 分组，可用 grid、community、district、park、industry')
        end as group_name
    from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
counted as (
    select
        group_name,
        count(*) filter (where colour = 'green') as green_count,
        count(*) filter (where colour = 'yellow') as yellow_count,
        count(*) filter (where colour = 'red') as red_count,
        count(*) filter (where colour = 'unrated') as unrated_count,
        count(*) filter (where colour <> 'unrated') as rated_count
    from subject
    where group_name is not null
    group by group_name
)
select
    *,
    rate(red_count, rated_count) as red_rate,
    wilson_low(red_count, rated_count, 1.96) as red_rate_low,
    wilson_high(red_count, rated_count, 1.96) as red_rate_high,
    rated_count >= 30 as is_rankable
from counted
order by red_count desc, yellow_count desc, group_name;
