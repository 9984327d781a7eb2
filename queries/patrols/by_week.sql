-- How did the patrols go, week by week?
with weeks as (
    select distinct date_trunc('week', day) as week_on
    from calendar_day
    where day >= $since and day < $until and day <= cast($as_at as date)
),
places as (
    select grid_code from grid_known($known_at) where in_scope(grid_code, community, $grids, $communities)
),
visits as (
    select
        date_trunc('week', patrolled_on) as week_on,
        total(visit_count) as visit_count,
        total(finding_visits) as finding_visits,
        total(finding_count) as finding_count,
        total(contact_count) as contact_count,
        total(stay_minutes) as stay_minutes,
        count(distinct places.grid_code) filter (where long_visit_count > 0) as covered_grids,
        count(distinct places.grid_code) filter (where evening_visit_count > 0) as evening_grids
    from patrol_day_at($as_at, $known_at) as days
    left join places on places.grid_code = days.grid_code
    where patrolled_on >= date_trunc('week', cast($since as date)) and patrolled_on < $until
        and in_scope(days.grid_code, community, $grids, $communities)
    group by week_on
),
days as (
    select
        date_trunc('week', patrolled_on) as week_on,
        count(*) filter (where round_state not in ('unreported', 'unknown')) as judged_round_days,
        count(*) filter (where round_state = 'valid') as valid_round_days
    from round_day(date_trunc('week', cast($since as date)), $until, $as_at, $known_at) as days
    join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = days.community
    group by week_on
),
reach as (
    -- rows of after as_at count here: they show that the ledger was kept until then
    select date_trunc('week', min(patrolled_on)) as first_on, max(patrolled_on) as last_on
    from patrol_day_at(timestamp '9999-12-31', $known_at)
)
-- a week before the ledger begins, or after its last row, is not reported
select
    weeks.week_on,
    case when is_told then coalesce(visit_count, 0) end as visit_count,
    case when is_told then coalesce(finding_visits, 0) end as finding_visits,
    case when is_told then coalesce(finding_count, 0) end as finding_count,
    case when is_told then coalesce(contact_count, 0) end as contact_count,
    case when is_told then coalesce(stay_minutes, 0) end as stay_minutes,
    case when is_told then coalesce(covered_grids, 0) end as covered_grids,
    case when is_told then coalesce(evening_grids, 0) end as evening_grids,
    case when is_told then grid_count end as grid_count,
    coalesce(judged_round_days, 0) as judged_round_days,
    coalesce(valid_round_days, 0) as valid_round_days,
    rate(finding_visits, visit_count) as finding_rate,
    case when is_told then rate(coalesce(covered_grids, 0), grid_count) end as patrol_coverage_rate,
    case when is_told then rate(coalesce(evening_grids, 0), grid_count) end as evening_coverage_rate,
    rate(valid_round_days, judged_round_days) as valid_round_rate
from weeks
cross join (select count(*) as grid_count from places) as street
cross join reach
cross join lateral (
    select coalesce(weeks.week_on between reach.first_on and reach.last_on, false) as is_told
) as told
left join visits on visits.week_on = weeks.week_on
left join days on days.week_on = weeks.week_on
order by weeks.week_on;
