-- Through which channels did the public speak, and what became of it in each?
with channel as (
    select * from (values (1, 'snap'), (2, 'rider'), (3, 'hotline'), (4, 'suggestion')) as channel (place, report_channel)
),
told as (
    select
        report_channel, cast($kind in ('', kind) as integer) as asked, counted_reported, counted_first, counted_duplicate,
        counted_judged, counted_valid, counted_handled, counted_to_answer, counted_answered, counted_to_call_back,
        counted_called_back, counted_satisfied
    from report_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    union all by name
    select
        'suggestion' as report_channel,
        1 as asked,
        counted_submitted as counted_reported,
        counted_submitted as counted_first,
        counted_replied as counted_handled,
        counted_to_call_back, counted_called_back, counted_satisfied
    from suggestion_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $kind = ''
),
-- a channel that never sent anything has not reported: the sum of nothing is null; one that was silent has sent 0
sums as (
    select
        place,
        channel.report_channel,
        sum(cast(counted_reported as integer) * asked) as report_count,
        sum(cast(counted_first as integer) * asked) as first_report_count,
        sum(cast(counted_judged as integer) * asked) as judged_report_count,
        sum(cast(counted_valid as integer) * asked) as valid_report_count,
        sum(cast(counted_duplicate as integer) * asked) as duplicate_report_count,
        sum(cast(counted_handled as integer) * asked) as handled_report_count,
        sum(cast(counted_to_answer as integer) * asked) as to_answer_count,
        sum(cast(counted_answered as integer) * asked) as answered_count,
        sum(cast(counted_to_call_back as integer) * asked) as to_call_back_count,
        sum(cast(counted_called_back as integer) * asked) as called_back_count,
        sum(cast(counted_satisfied as integer) * asked) as satisfied_count
    from channel
    left join told on told.report_channel = channel.report_channel
    group by place, channel.report_channel
)
select
    report_channel,
    cast(columns(sums.* exclude (place, report_channel)) as bigint),
    rate(valid_report_count, judged_report_count) as valid_report_rate,
    rate(duplicate_report_count, report_count) as duplicate_report_rate,
    rate(answered_count, to_answer_count) as feedback_rate,
    rate(satisfied_count, called_back_count) as satisfaction_rate,
    rate(called_back_count, to_call_back_count) as effective_call_back_rate
from sums
order by place;
