-- What share of the cases of this period stands in the fifth of the grids that has most of them?
with places as (
    select grid_code, community from grid_known($known_at) where in_scope(grid_code, community, $grids, $communities)
),
tally as (
    select grid_code, community, filed from case_tally($since, $until, $as_at, $known_at, $kind)
),
ranked as (
    select
        coalesce(filed, 0) as filed,
        row_number() over (order by coalesce(filed, 0) desc, places.grid_code) as place_no,
        ceil(count(*) over () / 5.0) as fifth
    from places
    left join tally on tally.grid_code = places.grid_code and tally.community is not distinct from places.community
),
counted as (
    select
        count(*) as grid_count,
        count(*) filter (where place_no <= fifth) as top_grid_count,
        total(case when place_no <= fifth then filed end) as filed_in_top_grids,
        total(filed) as filed_in_grids
    from ranked
)
select *, rate(filed_in_top_grids, filed_in_grids) as top_fifth_rate
from counted
order by grid_count;
