-- Which enterprises and shops has nobody called on within their interval?
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
    date_diff('day', visit_due_on, cast($as_at as date)) as visit_overdue_days
from subject_visit_at($as_at, $known_at)
where is_visit_overdue and in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
order by case colour when 'red' then 1 when 'yellow' then 2 when 'unrated' then 3 else 4 end,
    visit_overdue_days desc, name, grid_code;
