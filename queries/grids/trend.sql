-- How did a measure move in each grid over the weeks up to the period's end?
with frames as (
    select
        day as frame_on,
        day as frame_since,
        least(day + 7, $until) as frame_until,
        least(cast(least(day + 7, $until) as timestamp) - interval 1 microsecond, $as_at) as frame_at
    from calendar_day
    where weekday = 1 and day < $until and day <= cast($as_at as date)
        and day > least($until, cast($as_at as date) + 1) - 1 - 7 * $weeks
)
select frame_on as week_on, community, grid_code, value, numerator, denominator, is_reported, is_small, value_low, value_high
from frames,
    lateral (select * from grid_valued(frame_since, frame_until, frame_at, $as_at, $known_at)) as valued
where measure = $measure and is_registered
order by week_on, grid_code;
