-- How many colours rest on a look that is fresh enough, and how old is the last look?
with status as (
    select *, colour <> 'unrated' as is_rated, last_seen_on is not null as is_seen
    from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
counted as (
    select
        scheme,
        count(*) filter (where is_rated and is_seen and not is_stale) as fresh_count,
        count(*) filter (where is_stale) as stale_count,
        count(*) filter (where is_rated and not is_seen and not is_stale) as never_seen_count,
        count(*) as subject_count,
        median(date_diff('day', last_seen_on, cast($as_at as date))) as median_seen_days
    from status
    group by scheme
)
select
    scheme,
    fresh_count,
    stale_count,
    never_seen_count,
    subject_count,
    rate(fresh_count, subject_count) as fresh_rate,
    median_seen_days
from counted
order by scheme;
