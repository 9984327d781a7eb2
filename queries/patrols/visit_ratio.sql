-- Do the patrols go where the hazards are?
with grids as (
    select * from grid_dose($since, $until, $as_at, $known_at, $grids, $communities)
),
summed as (
    select
        count(*) as grid_count,
        count(*) filter (where is_hazard_heavy) as heavy_grids,
        total(case when is_hazard_heavy then visit_count end) as heavy_visits,
        total(visit_count) as visit_count,
        total(case when is_hazard_heavy then hazard_count end) as heavy_hazards,
        total(hazard_count) as hazard_count
    from grids
)
select
    *,
    rate(heavy_visits, visit_count) as heavy_visit_share,
    rate(heavy_hazards, hazard_count) as heavy_hazard_share,
    rate(heavy_visits, visit_count) / rate(heavy_hazards, hazard_count) as visit_ratio
from summed
order by grid_count;
