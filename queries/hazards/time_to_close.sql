-- How long does a case filed in this period stay open, counting those that still are? (Kaplan-Meier)
with lifetimes as (
    select 1 as group_no, is_ended, lasted_days as lasted
    from case_lifetime($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
steps as (
    select * from still_going('lifetimes')
),
quantiles as (
    select
        lasted_until(lasted, share_left, 0.5) as median_days,
        lasted_until(lasted, share_left, 0.25) as third_quartile_days
    from steps
),
cohort as (
    select
        count(*) as case_count,
        count(*) filter (where is_ended) as closed_count,
        count(*) filter (where not is_ended) as still_open_count,
        max(lasted) as longest_days
    from lifetimes
),
days as (
    select row_number() over (order by day) - 1 as since_filing_days from calendar_day
),
-- the curve only falls, so its height on a day is the lowest step up to then
heights as (
    select ceil(lasted) as since_filing_days, min(share_left) as share_open from steps group by ceil(lasted)
)
select
    cast(days.since_filing_days as bigint) as since_filing_days,
    coalesce(min(heights.share_open) over (order by days.since_filing_days), 1.0) as share_open,
    case_count,
    closed_count,
    still_open_count,
    rate(still_open_count, case_count) as still_open_rate,
    median_days,
    third_quartile_days
from days
cross join cohort
cross join quantiles
left join heights on heights.since_filing_days = days.since_filing_days
where days.since_filing_days <= ceil(longest_days)
order by since_filing_days;
