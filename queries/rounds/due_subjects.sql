-- Which red and yellow subjects will be past their visit interval tomorrow, grid by grid?
select
    community,
    grid_code,
    name,
    scheme,
    colour,
    interval_days,
    last_visit_at,
    visit_due_on
from subject_visit_at($as_at, $known_at)
where colour in ('red', 'yellow') and visit_due_on < cast($as_at as date) + 1
    and in_scope(grid_code, community, $grids, $communities)
order by community, grid_code, case colour when 'red' then 1 else 2 end, visit_due_on, name;
