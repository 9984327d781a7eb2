-- Is what the public reports taken up, handled and answered, against the period before?
with reports as (
    select 'now' as period, * from report_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before', * from report_counted($since_before, $until_before, $as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
suggestions as (
    select 'now' as period, * from suggestion_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before', * from suggestion_counted($since_before, $until_before, $as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
asked as (
    select period, counted_to_call_back, counted_called_back, counted_satisfied from reports
    union all
    select period, counted_to_call_back, counted_called_back, counted_satisfied from suggestions
),
lives as (
    select 'now ' || clock as group_no, lasted_days as lasted, is_ended
    from report_clock($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select 'before ' || clock, lasted_days, is_ended
    from report_clock($since_before, $until_before, $as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
medians as (
    select group_no, lasted_until(lasted, share_left, 0.5) as median_days from still_going('lives') group by group_no
),
clocks as (
    select
        period, clock, median_days,
        (select count(*) filter (where is_ended) from lives where group_no = period || ' ' || clock) as ended,
        (select count(*) from lives where group_no = period || ' ' || clock) as begun
    from (values ('now'), ('before')) as period (period)
    cross join (values ('dispatch'), ('handling')) as clock (clock)
    left join medians on group_no = period || ' ' || clock
),
figures as (
    select 1 as card, 'report_count' as figure, period,
        count(*) filter (where counted_reported) as value,
        count(*) filter (where counted_first) as numerator,
        count(*) filter (where counted_reported) as denominator
    from reports
    group by period
    union all
    select 2, 'valid_report_rate', period,
        rate(count(*) filter (where counted_valid), count(*) filter (where counted_judged)),
        count(*) filter (where counted_valid), count(*) filter (where counted_judged)
    from reports
    group by period
    union all
    -- a channel whose ledgers never tell repeats is no denominator either
    select 2, 'duplicate_report_rate', period,
        rate(count(*) filter (where counted_duplicate), count(counted_duplicate) filter (where counted_reported)),
        count(*) filter (where counted_duplicate), count(counted_duplicate) filter (where counted_reported)
    from reports
    group by period
    union all
    select 3, 'dispatch_hours', period, median_days * 24, ended, begun from clocks where clock = 'dispatch'
    union all
    select 3, 'handling_days', period, median_days, ended, begun from clocks where clock = 'handling'
    union all
    select 4, 'feedback_rate', period,
        rate(count(*) filter (where counted_answered), count(*) filter (where counted_to_answer)),
        count(*) filter (where counted_answered), count(*) filter (where counted_to_answer)
    from reports
    group by period
    union all
    select 5, 'satisfaction_rate', period,
        rate(count(*) filter (where counted_satisfied), count(*) filter (where counted_called_back)),
        count(*) filter (where counted_satisfied), count(*) filter (where counted_called_back)
    from asked
    group by period
    union all
    select 5, 'effective_call_back_rate', period,
        rate(count(*) filter (where counted_called_back), count(*) filter (where counted_to_call_back)),
        count(*) filter (where counted_called_back), count(*) filter (where counted_to_call_back)
    from asked
    group by period
    union all
    select 6, 'adoption_rate', period,
        rate(count(*) filter (where counted_adopted), count(*) filter (where counted_decided)),
        count(*) filter (where counted_adopted), count(*) filter (where counted_decided)
    from suggestions
    group by period
),
-- a ledger that begins within the period before, or after it, has nothing to be compared with
begun as (
    select unnest([1, 2, 3, 4, 5]) as card, first_at < $since_before + 1 as is_comparable
    from report_begin($as_at, $known_at)
    union all
    select 6, min(submitted_at) < $since_before + 1 from suggestion_at($as_at, $known_at)
),
named as (
    select * from (
        values
            (1, 1, 'report_count'), (2, 2, 'valid_report_rate'), (3, 2, 'duplicate_report_rate'), (4, 3, 'dispatch_hours'),
            (5, 3, 'handling_days'), (6, 4, 'feedback_rate'), (7, 5, 'satisfaction_rate'),
            (8, 5, 'effective_call_back_rate'), (9, 6, 'adoption_rate')
    ) as named (place, card, figure)
),
compared as (
    select
        place,
        named.card,
        named.figure,
        cast(max(value) filter (where period = 'now') as double) as value,
        cast(max(numerator) filter (where period = 'now') as double) as numerator,
        cast(max(denominator) filter (where period = 'now') as double) as denominator,
        cast(max(value) filter (where period = 'before' and is_comparable) as double) as value_before,
        cast(max(numerator) filter (where period = 'before') as double) as numerator_before,
        cast(max(denominator) filter (where period = 'before') as double) as denominator_before
    from named
    left join figures on figures.figure = named.figure
    left join begun on begun.card = named.card
    group by place, named.card, named.figure
)
select * exclude (place), value - value_before as change
from compared
order by place;
