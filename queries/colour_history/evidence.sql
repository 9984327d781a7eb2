-- How many colours rest on a look that is fresh enough, and how old is the last look?
with status as (
    select * from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
)
select
    scheme,
    count(*) filter (where colour <> 'unrated' and last_seen_on is not null and not is_stale) as fresh_count,
    count(*) filter (where is_stale) as stale_count,
    count(*) as subject_count,
    rate(count(*) filter (where colour <> 'unrated' and last_seen_on is not null and not is_stale), count(*)) as fresh_rate,
    median(date_diff('day', last_seen_on, cast($as_at as date))) as median_seen_days
from status
group by scheme
order by scheme;
