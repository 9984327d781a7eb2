-- Which closings make up one count of the radar?
with asked as (
    select *
    from closure_signs(
        case when $count in ('really_closed', 'judged_for_real') then $since - 30 else $since end,
        case
            when $count in ('really_closed', 'judged_for_real')
            then least($until - 30, cast($as_at as timestamp) - interval 30 day)
            else cast($until as timestamp)
        end,
        $least_history, $meeting_weekday, $repeated, $unlike, $as_at, $known_at
    )
)
select
    hazard_no,
    community,
    grid_code,
    place,
    kind,
    unit,
    filed_at,
    due_eff_at,
    closed_at,
    array_to_string(signs, ' ') as signs,
    is_really_closed,
    batch_id,
    source_sheet,
    source_row
from asked
where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    and case $count
        when 'closed_dated' then true
        when 'to_review' then is_to_review
        when 'judged_for_real' then is_really_closed is not null
        when 'really_closed' then is_really_closed
        else error('没有名为「' || $count || '」的数')
    end
order by closed_at, hazard_no;
