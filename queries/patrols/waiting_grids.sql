-- Which grids have waited longer than a grid should for a visit?
select community, grid_code, grid_name, last_visit_at, unvisited_hours
from grid_wait($as_at, $known_at)
where is_waiting and in_scope(grid_code, community, $grids, $communities)
order by unvisited_hours desc nulls first, grid_code;
