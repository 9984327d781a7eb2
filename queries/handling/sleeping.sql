-- Which open cases has nothing happened to for more than so many days?
with waiting as (
    select *,
        last_step_of(reported_at, filed_at, dispatched_at, handled_first_at, handled_at, verified_at) as last_step_at
    from hazard_at($as_at, $known_at)
    where is_open and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
)
select
    hazard_no,
    community,
    grid_code,
    place,
    part,
    kind,
    level,
    stage,
    unit,
    filed_at,
    due_eff_at,
    is_suspended,
    is_overdue,
    last_step_at,
    date_diff('second', last_step_at, $as_at) / 86400.0 as asleep_days,
    batch_id,
    source_sheet,
    source_row
from waiting
where last_step_at < $as_at - to_days(cast($days as integer))
order by last_step_at, hazard_no
limit $rows;
