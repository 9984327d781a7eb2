-- Which suggestions make up one count of the figures?
select
    suggestion_no,
    channel,
    community,
    grid_code,
    kind as suggestion_kind,
    title,
    unit,
    submitted_at,
    due_at,
    replied_at,
    result_class,
    is_adopted,
    answer,
    batch_id,
    source_sheet,
    source_row
from suggestion_counted($since, $until, $as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
    and case $count
        when 'submitted' then counted_submitted
        when 'replied' then counted_replied
        when 'decided' then counted_decided
        when 'adopted' then counted_adopted
        when 'to_call_back' then counted_to_call_back
        when 'called_back' then counted_called_back
        when 'satisfied' then counted_satisfied
        else error('没有名为 ' || $count || ' 的件数')
    end
order by submitted_at, suggestion_no, source_row
limit $rows;
