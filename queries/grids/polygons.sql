-- What shape has each grid, where is its middle, and how large is it?
select
    community,
    grid_code,
    grid_name,
    polygon,
    cast(null as double) as lon,
    cast(null as double) as lat,
    coalesce(area_m2, polygon_m2(polygon)) as area_m2
from grid_known($known_at)
order by community, grid_code;
