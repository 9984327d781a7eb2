-- When was every enterprise and shop last called on, and when is it due again?
select
    name,
    community,
    grid_code,
    scheme,
    colour,
    interval_days,
    last_visit_at,
    since_visit_days,
    visit_due_on,
    is_visit_overdue
from subject_visit_at($as_at, $known_at)
where is_visit_due and in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
order by visit_due_on, scheme, name, grid_code;
