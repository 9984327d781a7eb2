-- Did the patrols get everywhere they should, against the period compared with?
with period as (
    select 'now' as period
    union all
    select 'before'
),
days as (
    select 'now' as period, * from round_day($since, $until, $as_at, $known_at)
    union all
    select 'before', * from round_day($since_before, $until_before, $as_at_before, $known_at)
),
rounds as (
    select
        period,
        count(*) filter (where round_state = 'valid') as valid_round_days,
        count(*) filter (where round_state not in ('unreported', 'unknown')) as judged_round_days
    from days
    join community_in_scope($grids, $communities, $known_at) as chosen on chosen.community = days.community
    group by period
),
doses as (
    select 'now' as period, * from grid_dose($since, $until, $as_at, $known_at, $grids, $communities)
    union all
    select 'before', *
    from grid_dose($since_before, $until_before, $as_at_before, $known_at, $grids, $communities)
),
grids as (
    select
        period,
        count(*) as grid_count,
        count(*) filter (where is_covered) as covered_grids,
        count(*) filter (where evening_visit_count > 0) as evening_grids
    from doses
    group by period
),
waits as (
    select 'now' as period, * from grid_wait($as_at, $known_at)
    union all
    select 'before', * from grid_wait($as_at_before, $known_at)
),
waiting as (
    select period, count(*) filter (where is_waiting) as waiting_grids, count(is_waiting) as grid_count
    from waits
    where in_scope(grid_code, community, $grids, $communities)
    group by period
),
subjects as (
    select 'now' as period, * from subject_visit_at($as_at, $known_at)
    union all
    select 'before', * from subject_visit_at($as_at_before, $known_at)
),
called_on as (
    select
        period,
        count(*) filter (where is_visit_due) as visit_due_subjects,
        count(*) filter (where is_visit_due and not is_visit_overdue) as visited_in_time
    from subjects
    where in_scope(grid_code, community, $grids, $communities)
    group by period
),
hazards as (
    select 'now' as period, * from patrol_hazard($since, $until, $as_at, $known_at)
    union all
    select 'before', * from patrol_hazard($since_before, $until_before, $as_at_before, $known_at)
),
loop as (
    select
        period,
        count(*) filter (where is_loop_due) as loop_due,
        count(*) filter (where is_loop_answered) as loop_answered
    from hazards
    where in_scope(grid_code, community, $grids, $communities)
    group by period
),
counted as (
    select 1 as card, 'valid_round_rate' as figure, period, valid_round_days as numerator, judged_round_days as denominator
    from rounds
    union all
    select 2, 'patrol_coverage_rate', period, covered_grids, grid_count from grids
    union all
    select 3, 'waiting_grids', period, waiting_grids, grid_count from waiting
    union all
    select 4, 'visit_coverage_rate', period, visited_in_time, visit_due_subjects from called_on
    union all
    select 5, 'evening_coverage_rate', period, evening_grids, grid_count from grids
    union all
    select 6, 'loop_closed_rate', period, loop_answered, loop_due from loop
),
-- before the ledger begins nothing was reported, which is not the same as nothing done
begun as (
    select
        min(patrolled_on) is not null as is_now,
        coalesce(min(patrolled_on) <= cast($since_before as date), false) as is_before
    from patrol_day_at($as_at, $known_at)
),
reported as (
    select unnest([1, 2, 3, 4, 5]) as card, is_now, is_before from begun
    union all
    select 6, count(*) > 0, coalesce(min(reported_at) < $since_before + 1, false) from hazard_at($as_at, $known_at)
),
told as (
    select
        cards.card, cards.figure, counted.period,
        case when counted.period = 'now' then is_now else is_before end as is_told,
        coalesce(counted.numerator, 0) as numerator,
        coalesce(counted.denominator, 0) as denominator
    from (
        values
            (1, 'valid_round_rate'), (2, 'patrol_coverage_rate'), (3, 'waiting_grids'), (4, 'visit_coverage_rate'),
            (5, 'evening_coverage_rate'), (6, 'loop_closed_rate')
    ) as cards (card, figure)
    join reported on reported.card = cards.card
    left join counted on counted.figure = cards.figure
),
valued as (
    select
        *,
        case
            when not is_told then null
            when figure = 'waiting_grids' then case when denominator > 0 then numerator end
            else rate(numerator, denominator)
        end as value
    from told
),
compared as (
    select
        card,
        figure,
        max(value) filter (where period = 'now') as value,
        cast(coalesce(max(numerator) filter (where period = 'now'), 0) as double) as numerator,
        cast(coalesce(max(denominator) filter (where period = 'now'), 0) as double) as denominator,
        max(value) filter (where period = 'before') as value_before,
        cast(coalesce(max(numerator) filter (where period = 'before'), 0) as double) as numerator_before,
        cast(coalesce(max(denominator) filter (where period = 'before'), 0) as double) as denominator_before
    from valued
    group by card, figure
)
select *, value - value_before as change
from compared
order by card, figure;
