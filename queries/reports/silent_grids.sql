-- In which grids do people keep quiet about what they see? (arXiv 2204.08620: the pace of repeated reports)
with span as (
    select $as_at - interval 1 day * $days as since
),
reports as (
    select *, row_number() over (partition by first_key order by reported_at, is_duplicate, record_key) as turn
    from report_at($as_at, $known_at)
    where tells_repeats and grid_code is not null and (is_valid is not false or is_duplicate)
),
-- from its first report until it is handled everybody can see an incident; without the report that the others repeat,
-- or handled on a day nobody wrote down, nothing says for how long
incidents as (
    select
        first_key,
        any_value(grid_code) filter (where not is_duplicate) as grid_code,
        min(reported_at) as since,
        coalesce(min(handled_at) filter (where not is_duplicate), $as_at) as until
    from reports
    group by first_key
    having bool_or(not is_duplicate) and not bool_or(not is_duplicate and is_handled_undated)
),
watched as (
    select
        grid_code, first_key,
        greatest(incidents.since, span.since) as since,
        until,
        incidents.since >= span.since as is_new,
        date_diff('second', greatest(incidents.since, span.since), until) / 86400.0 as exposed_days
    from incidents
    cross join span
    where until > greatest(incidents.since, span.since)
),
repeated as (
    select watched.grid_code, count(*) as repeat_count
    from watched
    join reports on reports.first_key = watched.first_key and turn > 1
        and reported_at >= watched.since and reported_at <= watched.until
    group by watched.grid_code
),
exposed as (
    select grid_code, count(*) filter (where is_new) as incident_count, sum(exposed_days) as exposed_days
    from watched
    group by grid_code
),
sent as (
    select grid_code, count(*) filter (where is_counted) as report_count, any_value(is_told) as is_told
    from (
        select *,
            bool_or(tells_repeats) over () as is_told,
            reported_at >= (select since from span) and (tells_repeats or not bool_or(tells_repeats) over ()) as is_counted
        from report_at($as_at, $known_at)
    ) as reports
    group by grid_code
),
otherwise as (
    select grid_code, count(*) as found_otherwise_count
    from hazard_at($as_at, $known_at)
    where not is_void and reported_at >= (select since from span) and coalesce(source, 'other') not in ('snap', 'rider')
    group by grid_code
),
grids as (
    select
        grid.community, grid.grid_code, grid.grid_name,
        coalesce(report_count, 0) as report_count,
        coalesce(incident_count, 0) as incident_count,
        coalesce(repeat_count, 0) as repeat_count,
        coalesce(exposed_days, 0.0) as exposed_days,
        coalesce(found_otherwise_count, 0) as found_otherwise_count,
        case
            when coalesce(report_count, 0) = 0 then 'unknown'
            when not is_told then 'not_told'
            when coalesce(exposed_days, 0) < $least_days then 'too_few'
        end as why_not
    from grid_known($known_at) as grid
    left join exposed on exposed.grid_code = grid.grid_code
    left join repeated on repeated.grid_code = grid.grid_code
    left join sent on sent.grid_code = grid.grid_code
    left join otherwise on otherwise.grid_code = grid.grid_code
),
street as (
    select
        sum(repeat_count) / sum(exposed_days) as pace,
        sum(exposed_days) - sum(exposed_days * exposed_days) / sum(exposed_days) as weight,
        count(*) as grid_count
    from grids
    where why_not is null
),
-- how much the grids differ beyond chance, by moments; equal ones are still not known to be equal
spread as (
    select
        any_value(pace) as pace,
        greatest(
            (sum(exposed_days * power(repeat_count / exposed_days - pace, 2)) - (any_value(grid_count) - 1) * any_value(pace))
                / nullif(any_value(weight), 0),
            power(0.1 * any_value(pace), 2)
        ) as variance
    from grids
    cross join street
    where why_not is null
),
-- gamma prior, Poisson counts: a grid's pace is drawn towards the street's, the more the less it was watched
drawn as (
    select *,
        case when why_not is null and pace > 0 then power(pace, 2) / variance + repeat_count end as shape,
        case when why_not is null and pace > 0 then pace / variance + exposed_days end as prior_days
    from grids
    cross join spread
),
estimated as (
    select *,
        shape / prior_days as reports_per_day,
        gamma_quantile(shape, prior_days, -1.96) as reports_per_day_low,
        gamma_quantile(shape, prior_days, 1.96) as reports_per_day_high,
        max(shape / prior_days) over () as best_per_day
    from drawn
),
-- of what is there for so many days, the share that at least one person reports
heard as (
    select *,
        1 - exp(-best_per_day * $lasting_days) as best_share,
        1 - exp(-reports_per_day * $lasting_days) as heard_share,
        1 - exp(-reports_per_day_low * $lasting_days) as heard_share_low,
        1 - exp(-reports_per_day_high * $lasting_days) as heard_share_high
    from estimated
)
select
    community, grid_code, grid_name,
    case
        when why_not is not null then why_not
        when shape is null then 'not_told'
        when reports_per_day_high < pace then 'quiet'
        when reports_per_day_low > pace then 'keen'
        else 'usual'
    end as voice,
    report_count, incident_count, repeat_count, found_otherwise_count, exposed_days,
    case when shape is not null then repeat_count / exposed_days end as repeats_per_day,
    reports_per_day, reports_per_day_low, reports_per_day_high,
    ln(2) / reports_per_day as detection_days,
    ln(2) / reports_per_day_high as detection_days_low,
    ln(2) / nullif(reports_per_day_low, 0) as detection_days_high,
    case when heard_share > 0 then incident_count * greatest(best_share / heard_share - 1, 0.0) end as unseen_count,
    case when heard_share_high > 0 then incident_count * greatest(best_share / heard_share_high - 1, 0.0) end as unseen_count_low,
    case when heard_share_low > 0 then incident_count * greatest(best_share / heard_share_low - 1, 0.0) end as unseen_count_high,
    case when shape is not null then pace end as street_reports_per_day
from heard
where in_scope(grid_code, community, $grids, $communities)
order by list_position(['unknown', 'quiet', 'usual', 'keen', 'too_few', 'not_told'], voice), reports_per_day, community,
    grid_code;
