-- Of the riders who ever reported, how many still do, and how many of their reports are valid?
with reports as (
    select * from report_counted($since, $until, $as_at, $known_at)
    where report_channel = 'rider' and in_scope(grid_code, community, $grids, $communities)
),
people as (
    select
        count(distinct reporter_key) as known_count,
        count(distinct reporter_key) filter (where reported_at > $as_at - interval 1 day * $days) as active_count
    from reports
),
-- neither a handful of riders is shown nor what would tell of one by subtraction
shown as (
    select
        case when known_count >= 5 then known_count end as known_rider_count,
        case when active_count >= 5 and (known_count = active_count or known_count - active_count >= 5) then active_count end
            as active_rider_count
    from people
),
counted as (
    select
        count(*) filter (where counted_reported) as report_count,
        count(*) filter (where counted_judged) as judged_report_count,
        count(*) filter (where counted_valid) as valid_report_count
    from reports
)
select
    active_rider_count,
    known_rider_count,
    rate(active_rider_count, known_rider_count) as active_rider_rate,
    report_count,
    judged_report_count,
    valid_report_count,
    rate(valid_report_count, judged_report_count) as valid_report_rate
from shown
cross join counted
order by report_count;
