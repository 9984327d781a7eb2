-- How many reports came in from week to week, through which channel, and how many of them were valid?
with weeks as (
    select day as week_on from calendar_day
    where weekday = 1 and day > $since - 7 and day < $until
),
reports as (
    select cast(date_trunc('week', reported_at) as date) as week_on, *
    from report_counted($since, $until, $as_at, $known_at)
    where counted_reported and in_scope(grid_code, community, $grids, $communities)
        and $kind in ('', kind) and $channel in ('', report_channel)
),
counted as (
    select
        weeks.week_on,
        count(reports.week_on) as report_count,
        count(*) filter (where report_channel = 'snap') as snap_count,
        count(*) filter (where report_channel = 'rider') as rider_count,
        count(*) filter (where report_channel = 'hotline') as hotline_count,
        count(*) filter (where counted_judged) as judged_report_count,
        count(*) filter (where counted_valid) as valid_report_count,
        count(*) filter (where counted_duplicate) as duplicate_report_count,
        count(counted_duplicate) as repeats_told_count
    from weeks
    left join reports on reports.week_on = weeks.week_on
    group by weeks.week_on
)
-- before the ledgers begin nothing is known of a week
select
    week_on,
    case when is_told then report_count end as report_count,
    case when is_told then snap_count end as snap_count,
    case when is_told then rider_count end as rider_count,
    case when is_told then hotline_count end as hotline_count,
    case when is_told then judged_report_count end as judged_report_count,
    case when is_told then valid_report_count end as valid_report_count,
    case when is_told then duplicate_report_count end as duplicate_report_count,
    rate(valid_report_count, judged_report_count) as valid_report_rate,
    rate(duplicate_report_count, repeats_told_count) as duplicate_report_rate
from (
    select *, week_on + 7 > first_at and week_on <= $as_at as is_told
    from counted
    cross join report_begin($as_at, $known_at)
) as told
order by week_on;
