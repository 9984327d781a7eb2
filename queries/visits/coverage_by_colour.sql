-- Were the enterprises and shops called on as often as their colour wants?
select
    scheme,
    colour,
    interval_days,
    count(*) filter (where is_visit_due) as visit_due_subjects,
    count(*) filter (where is_visit_due and not is_visit_overdue) as visited_in_time,
    count(*) filter (where is_visit_overdue) as visit_overdue_subjects,
    count(*) filter (where is_visit_due and last_visit_at is null) as never_visited_subjects,
    rate(count(*) filter (where is_visit_due and not is_visit_overdue), count(*) filter (where is_visit_due))
        as visit_coverage_rate
from subject_visit_at($as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
group by scheme, colour, interval_days
order by scheme, interval_days, colour;
