-- How long have the grids waited for a visit?
select
    count(*) as grid_count,
    count(*) - count(last_visit_at) as never_visited_grids,
    case when count(is_waiting) > 0 then count(*) filter (where is_waiting) end as waiting_grids,
    median(unvisited_hours) as median_unvisited_hours,
    max(unvisited_hours) as longest_unvisited_hours,
    any_value(grid_interval_hours) as grid_interval_hours
from grid_wait($as_at, $known_at)
cross join patrol_rule
where in_scope(grid_code, community, $grids, $communities)
order by grid_count;
