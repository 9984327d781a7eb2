-- Where do the hazards, visits or reports of the period lie closer together than chance would have it?
select
    round(lon, $decimals) as lon,
    round(lat, $decimals) as lat,
    count(*) as weight
from located($since, $until, $as_at, $known_at)
where ledger = $ledger and in_scope(grid_code, community, $grids, $communities)
group by round(lon, $decimals), round(lat, $decimals)
order by lon, lat;
