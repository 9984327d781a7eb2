-- What is a measure's value in each grid, how sure is it, and where does the grid stand among the others?
with grids as (
    select valued.*, glossary.is_lower_better
    from grid_valued($since, $until, $as_at, $as_at, $known_at) as valued
    cross join (select $is_lower_better as is_lower_better) as glossary
    where measure = $measure
),
-- ranked are rates and densities with denominators enough, from the better side; the whole street takes part
ranked as (
    select
        grid_code,
        case when is_lower_better then value else -value end as badness,
        case when is_lower_better then value_low else -value_high end as badness_low,
        case when is_lower_better then value_high else -value_low end as badness_high
    from grids
    where is_registered and value is not null and smallest_ranked is not null and denominator >= smallest_ranked
),
placed as (
    select
        own.grid_code,
        1 + count(*) filter (where other.badness < own.badness) as place_no,
        -- a place is only sure against the grids whose intervals lie wholly to one side
        1 + count(*) filter (where other.badness_high < own.badness_low) as place_low,
        count(*) - count(*) filter (where other.badness_low > own.badness_high) as place_high
    from ranked as own
    cross join ranked as other
    group by own.grid_code
)
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
    placed.place_no,
    placed.place_low,
    placed.place_high
from grids
left join grid_known($known_at) as places on places.grid_code = grids.grid_code
left join placed on placed.grid_code = grids.grid_code
where in_scope(grids.grid_code, grids.community, $grids, $communities)
order by grids.community, grids.grid_code;
