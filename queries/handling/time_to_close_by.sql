-- How long do cases filed in this period stay open, kind by kind, grid by grid or unit by unit? (Kaplan-Meier)
with named as (
    select grouped_by($by, kind, grid_code, community, unit) as group_name, is_ended, lasted_days as lasted
    from case_lifetime($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
-- the largest groups have a curve of their own; the small ones and the nameless share the last
sized as (
    select
        group_name,
        row_number() over (order by count(*) desc, group_name) as size_no
    from named
    where group_name is not null
    group by group_name
    having count(*) >= $least
),
lifetimes as (
    select
        case when size_no < $curves then size_no else $curves end as group_no,
        named.group_name,
        is_ended,
        lasted
    from named
    left join sized on sized.group_name is not distinct from named.group_name
),
steps as (
    select * from still_going('lifetimes')
),
quantiles as (
    select
        group_no,
        lasted_until(lasted, share_left, 0.5) as median_days,
        lasted_until(lasted, share_left, 0.25) as third_quartile_days
    from steps
    group by group_no
),
cohorts as (
    select
        group_no,
        -- several groups have no name in common, nor has one together with the nameless
        case when count(distinct group_name) = 1 and count(group_name) = count(*) then min(group_name) end as group_name,
        count(distinct group_name) as group_count,
        count(*) as case_count,
        count(*) filter (where is_ended) as closed_count,
        count(*) filter (where not is_ended) as still_open_count,
        max(lasted) as longest_days
    from lifetimes
    group by group_no
),
days as (
    select row_number() over (order by day) - 1 as since_filing_days from calendar_day
),
-- the curve only falls, so its height on a day is the lowest step up to then
heights as (
    select group_no, ceil(lasted) as since_filing_days, min(share_left) as share_open
    from steps
    group by group_no, ceil(lasted)
)
select
    cohorts.group_no,
    group_name,
    group_count,
    cast(days.since_filing_days as bigint) as since_filing_days,
    coalesce(
        min(heights.share_open) over (partition by cohorts.group_no order by days.since_filing_days), 1.0
    ) as share_open,
    case_count,
    closed_count,
    still_open_count,
    rate(still_open_count, case_count) as still_open_rate,
    median_days,
    third_quartile_days
from cohorts
join quantiles on quantiles.group_no = cohorts.group_no
join days on days.since_filing_days <= ceil(cohorts.longest_days)
left join heights on heights.group_no = cohorts.group_no and heights.since_filing_days = days.since_filing_days
order by cohorts.group_no, since_filing_days;
