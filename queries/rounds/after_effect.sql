-- How soon does somebody report a hazard in a grid after a visit, by how long the visit stayed?
with bins as (
    select
        group_no,
        stay_bin,
        count(*) as visit_count,
        count(*) filter (where is_ended) as followed_count,
        sum(lasted) as watched_visit_days
    from visit_aftermath(cast($as_at as date) - $days, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    group by group_no, stay_bin
),
rated as (
    select *,
        rate(followed_count, watched_visit_days) as hazards_per_watched_day,
        poisson_low(followed_count, 1.96) / watched_visit_days as hazards_per_watched_day_low,
        poisson_high(followed_count, 1.96) / watched_visit_days as hazards_per_watched_day_high
    from bins
)
select
    stay_bin,
    visit_count,
    followed_count,
    watched_visit_days,
    hazards_per_watched_day,
    hazards_per_watched_day_low,
    hazards_per_watched_day_high,
    coalesce(
        hazards_per_watched_day_high < (
            select min(other.hazards_per_watched_day_low) from rated as other where other.group_no <> rated.group_no
        ),
        false
    ) as is_recommended
from rated
order by group_no;
