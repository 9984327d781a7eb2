-- How does one scheme stand, beside the period before?
with worn as materialized (
    select 'now' as period, enterprise_key, evaluation_no, colour, grid_code, community
    from subject_colour_at($as_at, $known_at)
    where scheme = $scheme
    union all
    select 'before', enterprise_key, evaluation_no, colour, grid_code, community
    from subject_colour_at($as_at_before, $known_at)
    where scheme = $scheme
),
subject as (
    select * from worn where in_scope(grid_code, community, $grids, $communities)
),
counted as (
    select
        period.period,
        count(*) filter (where colour = 'green') as green_count,
        count(*) filter (where colour = 'yellow') as yellow_count,
        count(*) filter (where colour = 'red') as red_count,
        count(colour) filter (where colour <> 'unrated') as rated_count,
        count(evaluation_no) filter (where colour <> 'unrated') as looked_count,
        count(enterprise_key) as subject_count
    from (values ('now'), ('before')) as period (period)
    left join subject on subject.period = period.period
    group by period.period
),
edge as (
    select period, count(*) as near_edge_count
    from subject
    where evaluation_no in (select evaluation_no from edge_of('worn'))
    group by period
),
visits as (
    select 'now' as period, count(*) filter (where is_visit_due and not is_visit_overdue) as visited_in_time,
        count(*) filter (where is_visit_due) as visit_due_subjects
    from subject_visit_at($as_at, $known_at)
    where scheme = $scheme and in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before', count(*) filter (where is_visit_due and not is_visit_overdue),
        count(*) filter (where is_visit_due)
    from subject_visit_at($as_at_before, $known_at)
    where scheme = $scheme and in_scope(grid_code, community, $grids, $communities)
),
figures as (
    select 1 as card, 'red_rate' as figure, period, rate(red_count, rated_count) as value,
        red_count as numerator, rated_count as denominator
    from counted
    union all
    select 2, 'yellow_rate', period, rate(yellow_count, rated_count), yellow_count, rated_count from counted
    union all
    select 3, 'green_rate', period, rate(green_count, rated_count), green_count, rated_count from counted
    union all
    select 4, 'rated_rate', period, rate(rated_count, subject_count), rated_count, subject_count from counted
    union all
    -- how near an edge is follows from points by rule; a rating of the ledger tells nothing of it
    select 5, 'near_edge_count', counted.period, case when looked_count > 0 then coalesce(near_edge_count, 0) end,
        case when looked_count > 0 then coalesce(near_edge_count, 0) end, green_count + yellow_count
    from counted
    left join edge on edge.period = counted.period
    union all
    select 6, 'visit_coverage_rate', period, rate(visited_in_time, visit_due_subjects), visited_in_time,
        visit_due_subjects
    from visits
)
select
    card,
    figure,
    max(value) filter (where period = 'now') as value,
    cast(max(numerator) filter (where period = 'now') as double) as numerator,
    cast(max(denominator) filter (where period = 'now') as double) as denominator,
    max(value) filter (where period = 'before') as value_before,
    cast(max(numerator) filter (where period = 'before') as double) as numerator_before,
    cast(max(denominator) filter (where period = 'before') as double) as denominator_before,
    max(value) filter (where period = 'now') - max(value) filter (where period = 'before') as change
from figures
group by card, figure
order by card, figure;
