-- What is a measure's value in each grid, how sure is it, and where does the grid stand among the others?
select
    grids.community,
    grids.grid_code,
    places.grid_name,
    grids.value,
    grids.numerator,
    grids.denominator,
    grids.is_reported,
    grids.is_small,
    grids.value_low,
    grids.value_high,
    grids.place_no,
    grids.place_low,
    grids.place_high
from grid_placed($measure, $is_lower_better, $since, $until, $as_at, $known_at) as grids
left join grid_known($known_at) as places on places.grid_code = grids.grid_code
order by grids.community, grids.grid_code;
