-- Which other cases were there at the place of one case?
with asked as (
    select hazard_no, place, grid_code, kind from hazard_at($as_at, $known_at) where hazard_no = $hazard_no
)
select
    other.hazard_no,
    other.kind,
    other.part,
    other.kind is not distinct from asked.kind as is_same_kind,
    other.stage,
    other.reported_at,
    other.closed_at,
    other.batch_id,
    other.source_sheet,
    other.source_row
from asked
join hazard_at($as_at, $known_at) as other
    on other.place = asked.place and other.grid_code is not distinct from asked.grid_code
    and other.hazard_no <> asked.hazard_no
order by other.reported_at desc, other.hazard_no
limit $rows;
