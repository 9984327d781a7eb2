-- Of the cases closed in this period and watched for 30 days since, how many came back?
with closed as (
    select hazard_no, closed_at
    from hazard_at($as_at, $known_at)
    where is_case and is_closed and closed_at >= $since and closed_at < $until
        and closed_at + interval 30 day <= $as_at
        and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
came_back as (
    select distinct closed.hazard_no
    from closed
    join hazard_at($as_at, $known_at) as again on again.reopen_of = closed.hazard_no
    where again.reported_at >= closed.closed_at and again.reported_at <= closed.closed_at + interval 30 day
)
select
    count(*) as closed_and_followed,
    count(came_back.hazard_no) as reopened_within_30_days,
    rate(count(came_back.hazard_no), count(*)) as reopen_rate
from closed
left join came_back on came_back.hazard_no = closed.hazard_no
order by closed_and_followed;
