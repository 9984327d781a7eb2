-- What share of the reports is still waiting after so many days, on each of the clocks? (Kaplan-Meier)
with lives as (
    select clock as group_no, lasted_days as lasted, is_ended
    from report_clock($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
        and $kind in ('', kind) and $channel in ('', report_channel)
),
-- the curve only falls, so its height at an hour is the lowest step up to then
heights as (
    select group_no, ceil(lasted * 4) as quarter_days, min(share_left) as share_left
    from still_going('lives')
    group by group_no, quarter_days
),
longest as (
    select group_no, least(ceil(max(lasted) * 4), $days * 4) as quarter_days from lives group by group_no
),
quarters as (
    select row_number() over (order by day) - 1 as quarter_days from calendar_day
)
select
    longest.group_no as clock,
    quarters.quarter_days / 4.0 as waited_days,
    coalesce(
        min(heights.share_left) over (partition by longest.group_no order by quarters.quarter_days), 1.0
    ) as share_waiting
from longest
join quarters on quarters.quarter_days <= longest.quarter_days
left join heights on heights.group_no = longest.group_no and heights.quarter_days = quarters.quarter_days
order by list_position(['dispatch', 'handling', 'feedback', 'whole'], longest.group_no), waited_days;
