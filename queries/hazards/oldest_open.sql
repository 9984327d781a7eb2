-- Which open cases have waited longest, and on whom?
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
    date_diff('second', filed_at, $as_at) / 86400.0 as open_days,
    case when is_overdue then date_diff('second', due_eff_at, $as_at) / 86400.0 end as overdue_days,
    batch_id,
    source_sheet,
    source_row
from hazard_at($as_at, $known_at)
where is_open and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
order by filed_at, hazard_no
limit $rows;
