-- How far have the hazards come, how many stand at each step, and how long did they stay there?
with hazards as (
    select * from hazard_at($as_at, $known_at)
    where not is_void and not is_self_handled
        and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
-- a step that the ledger does not write is passed over, though its moment is taken from the next one
steps as (
    select
        unnest([
            {'no': 1, 'stage': 'reported', 'begun': case when has_filing then reported_at end,
             'ended': least(filed_at, dispatched_at, handled_at, verified_at, closed_at)},
            {'no': 2, 'stage': 'filed', 'begun': filed_at,
             'ended': least(dispatched_at, handled_at, verified_at, closed_at)},
            {'no': 3, 'stage': 'dispatched', 'begun': dispatched_at,
             'ended': least(handled_at, verified_at, closed_at)},
            {'no': 4, 'stage': 'handled', 'begun': case when is_handling_told then handled_at end,
             'ended': least(verified_at, closed_at)},
            {'no': 5, 'stage': 'verified', 'begun': verified_at, 'ended': closed_at}
        ], recursive := true),
        stage as stands_at,
        is_closed
    from hazards
),
-- a step that was left without a date tells no length
lifetimes as (
    select
        no as group_no,
        ended is not null as is_ended,
        greatest(0, date_diff('second', begun, coalesce(ended, $as_at)) / 86400.0) as lasted
    from steps
    where begun >= $since and begun < $until and (ended is not null or stands_at = stage)
),
cohorts as (
    select group_no, count(*) as step_count, count(*) filter (where not is_ended) as still_there_count
    from lifetimes
    group by group_no
),
quantiles as (
    select
        group_no,
        lasted_until(lasted, share_left, 0.5) as step_median_days,
        lasted_until(lasted, share_left, 0.1) as step_p90_days
    from still_going('lifetimes')
    group by group_no
),
stocks as (
    select stage, count(*) filter (where stage <> 'closed' or (closed_at >= $since and closed_at < $until)) as stage_stock
    from hazards
    group by stage
),
stages as (
    select * from (values
        (1, 'reported'), (2, 'filed'), (3, 'dispatched'), (4, 'handled'), (5, 'verified'), (6, 'closed')
    ) as stage (stage_no, stage)
)
select
    stages.stage_no,
    stages.stage,
    coalesce(stage_stock, 0) as stage_stock,
    coalesce(step_count, 0) as step_count,
    coalesce(still_there_count, 0) as still_there_count,
    step_median_days,
    step_p90_days
from stages
left join stocks on stocks.stage = stages.stage
left join cohorts on cohorts.group_no = stages.stage_no
left join quantiles on quantiles.group_no = stages.stage_no
order by stages.stage_no;
