-- Which reports make up one count of the figures?
select
    report_channel,
    report_no,
    duplicate_of,
    community,
    grid_code,
    kind as report_kind,
    place,
    unit,
    reported_at,
    dispatched_at,
    handled_at,
    feedback_at,
    is_valid,
    is_duplicate,
    answer,
    batch_id,
    source_sheet,
    source_row
from report_counted($since, $until, $as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
    and $kind in ('', kind) and $channel in ('', report_channel)
    and case $count
        when 'reported' then counted_reported
        when 'first' then counted_first
        when 'duplicate' then counted_duplicate
        when 'judged' then counted_judged
        when 'valid' then counted_valid
        when 'handled' then counted_handled
        when 'to_dispatch' then counted_reported and is_to_dispatch
        when 'dispatched' then is_handling_timed and dispatched_at >= $since and dispatched_at < $until
        when 'to_answer' then counted_to_answer
        when 'answered' then counted_answered
        when 'to_call_back' then counted_to_call_back
        when 'called_back' then counted_called_back
        when 'satisfied' then counted_satisfied
        else error('没有名为 ' || $count || ' 的件数')
    end
order by reported_at, report_channel, report_no, source_row
limit $rows;
