-- Which grids can a reader choose from?
select grid_code, grid_name, community
from grid_known($known_at)
order by community, grid_code;
