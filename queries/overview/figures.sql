-- How does the street stand, in six figures, against the period it is compared with?
with period as (
    select 'now' as period
    union all
    select 'before'
),
cases as (
    select
        'now' as period,
        total(overdue_stock) as overdue_stock, total(open_stock) as open_stock,
        total(handled_on_time) as handled_on_time, total(need_to_handle) as need_to_handle,
        total(closed) as closed, total(entered) as entered
    from case_tally($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select
        'before',
        total(overdue_stock), total(open_stock), total(handled_on_time), total(need_to_handle), total(closed),
        total(entered)
    from case_tally($since_before, $until_before, $as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
places as (
    select grid_code from grid_known($known_at) where in_scope(grid_code, community, $grids, $communities)
),
visits as (
    select 'now' as period, grid_code
    from patrol_day_at($as_at, $known_at)
    where patrolled_on >= $since and patrolled_on < $until and long_visit_count > 0
    union
    select 'before', grid_code
    from patrol_day_at($as_at_before, $known_at)
    where patrolled_on >= $since_before and patrolled_on < $until_before and long_visit_count > 0
),
covered as (
    select period, count(*) as covered_grids
    from visits
    join places on places.grid_code = visits.grid_code
    group by period
),
colours as (
    select 'now' as period, scheme, colour from subject_colour_at($as_at, $known_at)
    where colour <> 'unrated' and in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before', scheme, colour
    from subject_colour_at($as_at_before, $known_at)
    where colour <> 'unrated' and in_scope(grid_code, community, $grids, $communities)
),
files as (
    select case when loaded_at >= $since then 'now' else 'before' end as period, *
    from batch
    where ($known_at is null or known_at <= $known_at)
        and (
            (loaded_at >= $since and loaded_at < $until and loaded_at <= $as_at)
            or (
                loaded_at >= $since_before
                and loaded_at < $until_before
                and loaded_at <= $as_at_before
            )
        )
),
away as (
    select 'now' as period, total(left_count) as left_count, total(returned_count) as returned_count
    from away_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before', total(left_count), total(returned_count)
    from away_at($as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
season as (
    select chunyun_day is not null as is_season from calendar_day where day = cast($as_at as date)
),
figures as (
    select 1 as card, 'overdue_stock' as figure, period, overdue_stock as value,
        overdue_stock as numerator, open_stock as denominator
    from cases
    union all
    select 2, 'on_time_handling_rate', period, rate(handled_on_time, need_to_handle), handled_on_time, need_to_handle
    from cases
    union all
    select 3, 'net_closing', period, closed - entered, closed, entered from cases
    union all
    select 4, 'patrol_coverage_rate', period.period, rate(coalesce(covered_grids, 0), grid_count),
        coalesce(covered_grids, 0), grid_count
    from period
    cross join (select count(*) as grid_count from places) as street
    left join covered on covered.period = period.period
    union all
    select 5, case scheme.scheme when 'enterprise' then 'red_enterprises' else 'red_shops' end, period.period,
        case when count(colour) > 0 then count(*) filter (where colour = 'red') end,
        count(*) filter (where colour = 'red'),
        count(colour)
    from period
    cross join (values ('enterprise'), ('shop')) as scheme (scheme)
    left join colours on colours.period = period.period and colours.scheme = scheme.scheme
    group by scheme.scheme, period.period
    union all
    select 6, 'rejected_row_rate', period.period,
        rate(total(rejected_count), total(accepted_count + merged_count + rejected_count)),
        total(rejected_count), total(accepted_count + merged_count + rejected_count)
    from period
    left join files on files.period = period.period
    cross join season
    where not season.is_season
    group by period.period
    union all
    -- fewer than five people are not shown
    select 6, 'away_count', period,
        case when left_count - returned_count >= 5 then left_count - returned_count end,
        case when left_count - returned_count >= 5 and returned_count >= 5 then returned_count end,
        case when left_count - returned_count >= 5 and returned_count >= 5 then left_count end
    from away
    cross join season
    where season.is_season
),
-- a ledger that begins within the period before, or after it, has nothing to be compared with
begun as (
    select unnest([1, 2, 3]) as card, min(reported_at) < $since_before + 1 as is_comparable
    from hazard_known($known_at)
    where reported_at <= $as_at
    union all
    select 4, min(patrolled_on) <= $since_before from patrol_day_at($as_at, $known_at)
),
compared as (
    select
        figures.card,
        figure,
        max(value) filter (where period = 'now') as value,
        cast(max(numerator) filter (where period = 'now') as double) as numerator,
        cast(max(denominator) filter (where period = 'now') as double) as denominator,
        max(value) filter (where period = 'before' and coalesce(is_comparable, begun.card is null)) as value_before,
        cast(max(numerator) filter (where period = 'before') as double) as numerator_before,
        cast(max(denominator) filter (where period = 'before') as double) as denominator_before
    from figures
    left join begun on begun.card = figures.card
    group by figures.card, figure
)
select *, value - value_before as change
from compared
order by card, figure;
