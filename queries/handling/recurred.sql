-- Which hazards came back within so many days of their closing, the newest first?
select
    hazard_no,
    community,
    grid_code,
    place,
    part,
    kind,
    unit,
    closed_at,
    recurred_no,
    recurred_at,
    date_diff('second', closed_at, recurred_at) / 86400.0 as back_after_days,
    batch_id,
    source_sheet,
    source_row
from closing_followed($days, $days > 30, $as_at, $known_at)
where recurred_at >= $since and recurred_at < $until
    and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
order by recurred_at desc, hazard_no
limit $rows;
