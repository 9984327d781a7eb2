-- Which hazards, visits and reports of the period stand at a spot that does not lie wholly inside the grids?
with spots as (
    select unnest(cast($lons as double[])) as lon, unnest(cast($lats as double[])) as lat
)
select
    ledger,
    record_no,
    located.community,
    located.grid_code,
    located.lon,
    located.lat,
    crs,
    cast(null as double) as distance_m,
    batch_id,
    source_sheet,
    source_row
from located($since, $until, $as_at, $known_at) as located
join spots on spots.lon = round(located.lon, 3) and spots.lat = round(located.lat, 3)
where in_scope(located.grid_code, located.community, $grids, $communities)
order by ledger, record_no;
