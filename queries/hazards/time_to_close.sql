-- How long does a case filed in this period stay open, counting those that still are? (Kaplan-Meier)
with lifetimes as (
    -- an open case has lasted until now and will last longer; one closed without a date tells no length
    select
        is_closed,
        -- a closing that tells only its day may stand before the filing's hour
        greatest(
            0, date_diff('second', filed_at, case when is_closed then closed_at else $as_at end) / 86400.0
        ) as lasted_days
    from hazard_at($as_at, $known_at)
    where is_case and filed_at >= $since and filed_at < $until
        and not (is_closed and closed_at is null)
        and in_scope(grid_code, community, $grids, $communities)
),
ends as (
    select
        lasted_days,
        count(*) filter (where is_closed) as closed_then,
        sum(count(*)) over (order by lasted_days desc) as at_risk
    from lifetimes
    group by lasted_days
),
steps as (
    select
        lasted_days,
        product(1.0 - closed_then / cast(at_risk as double)) over (order by lasted_days) as share_open
    from ends
),
quantiles as (
    select
        min(lasted_days) filter (where share_open <= 0.5 + 1e-9) as median_days,
        min(lasted_days) filter (where share_open <= 0.25 + 1e-9) as third_quartile_days
    from steps
),
cohort as (
    select
        count(*) as case_count,
        count(*) filter (where is_closed) as closed_count,
        count(*) filter (where not is_closed) as still_open_count,
        max(lasted_days) as longest_days
    from lifetimes
),
days as (
    select row_number() over (order by day) - 1 as since_filing_days from calendar_day
),
-- the curve only falls, so its height on a day is the lowest step up to then
heights as (
    select ceil(lasted_days) as since_filing_days, min(share_open) as share_open from steps group by ceil(lasted_days)
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
