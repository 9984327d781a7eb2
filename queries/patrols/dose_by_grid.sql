-- How many minutes did every grid get, beside the hazards it had?
select
    community,
    grid_code,
    grid_name,
    visit_count,
    stay_minutes,
    weekly_stay_minutes,
    finding_count,
    evening_visit_count,
    hazard_count,
    is_hazard_heavy
from grid_dose($since, $until, $as_at, $known_at, $grids, $communities)
order by community, grid_code;
