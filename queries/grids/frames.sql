-- How did a measure move from week to week, or day to day, in each grid?
with starts as (
    select day as frame_on, case $step when 'week' then day + 7 else day + 1 end as next_on
    from calendar_day
    where day < $until and day <= cast($as_at as date)
        and case $step
            when 'week' then weekday = 1 and day > $since - 7
            when 'lunar_day' then chunyun_day is not null and day >= $since
            else day >= $since
        end
),
frames as (
    select
        frame_on,
        greatest(frame_on, $since) as frame_since,
        least(next_on, $until) as frame_until,
        least(cast(least(next_on, $until) as timestamp) - interval 1 microsecond, $as_at) as frame_at
    from starts
)
select community, frame_on, grid_code, value, numerator, denominator, is_reported, is_small
from frames,
    lateral (select * from grid_valued(frame_since, frame_until, frame_at, $as_at, $known_at)) as valued
where measure = $measure and is_registered
order by frame_on, grid_code;
