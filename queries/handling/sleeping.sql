-- Which open cases has nothing happened to for more than so many days?
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
from open_case_at($as_at, $known_at)
where last_step_at < $as_at - to_days(cast($days as integer))
    and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
order by last_step_at, hazard_no
limit $rows;
