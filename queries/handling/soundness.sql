-- Are hazards closed for good, found early and answered soon, against the period before?
with counted as (
    select 'now' as period, * from case_soundness($since, $until, $as_at, $known_at, $communities, $grids, $kind)
    union all
    select 'before', *
    from case_soundness($since_before, $until_before, $as_at_before, $known_at, $communities, $grids, $kind)
),
figures as (
    select 1 as card, 'recurrence_rate' as figure, period, rate(recurred_90_days, followed_90_days) as value,
        recurred_90_days as numerator, followed_90_days as denominator
    from counted
    union all
    select 2, 'recurrence_30_rate', period, rate(recurred_30_days, followed_30_days), recurred_30_days, followed_30_days
    from counted
    union all
    select 3, 'sleeping_stock', period, sleeping_stock, sleeping_stock, awake_or_asleep from counted
    union all
    select 4, 'first_response_hours', period, first_response_hours, responded_count, timed_count from counted
    union all
    select 4, 'first_response_p90_hours', period, first_response_p90_hours, responded_count, timed_count from counted
    union all
    select 5, 'found_actively_rate', period, rate(found_actively_count, found_either_way_count),
        found_actively_count, found_either_way_count
    from counted
    union all
    select 6, 'closed_in_grid_rate', period, rate(closed_in_grid, closed_with_level), closed_in_grid, closed_with_level
    from counted
)
select *
from hazard_figures('figures', $since_before, $as_at, $known_at)
order by card, figure;
