-- How many people left, returned and stayed each day, and where does the day stand in the farmers' calendar?
with flow as (
    select * from flow_at($as_at, $known_at)
    where moved_on >= $since and moved_on < $until and in_scope(grid_code, community, $grids, $communities)
),
days as (
    select day, lunar_text, new_year_offset, chunyun_day from calendar_day
    where day >= $since and day < $until and day <= cast($as_at as date)
)
select
    days.day as moved_on,
    days.lunar_text,
    days.new_year_offset,
    days.chunyun_day,
    direction.direction,
    total(flow.person_count) as person_count
from days
cross join (values ('leave'), ('return'), ('stay')) as direction (direction)
left join flow on flow.moved_on = days.day and flow.direction = direction.direction
group by days.day, days.lunar_text, days.new_year_offset, days.chunyun_day, direction.direction
order by direction.direction, days.day;
