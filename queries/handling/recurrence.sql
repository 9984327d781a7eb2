-- Of what was closed in each month, how much came back within so many days at the same place, in the same part?
with months as (
    select distinct cast(date_trunc('month', day) as date) as month_on
    from calendar_day
    where day >= $since and day < $until
),
closings as (
    select cast(date_trunc('month', closed_at) as date) as month_on, is_followed, recurred_at
    from closing_followed($days, $days > 30, $as_at, $known_at)
    where closed_at >= $since and closed_at < $until
        and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
counted as (
    select
        months.month_on,
        count(closings.month_on) as closed_with_place,
        count(*) filter (where is_followed) as followed,
        count(*) filter (where is_followed and recurred_at is not null) as recurred
    from months
    left join closings on closings.month_on = months.month_on
    group by months.month_on
)
select
    *,
    rate(recurred, followed) as recurrence_rate,
    followed < closed_with_place as is_still_watched
from counted
order by month_on;
