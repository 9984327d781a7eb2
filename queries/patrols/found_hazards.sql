-- Which hazards stand behind one count of what the patrols found?
select
    hazard_no,
    community,
    grid_code,
    place,
    kind,
    level,
    stage,
    unit,
    reported_at,
    dispatched_at,
    due_eff_at,
    handled_at,
    closed_at,
    batch_id,
    source_sheet,
    source_row
from patrol_hazard($since, $until, $as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
    and case $count
        when 'found_hazards' then is_found
        when 'spot_handled' then is_spot_handled
        when 'loop_due' then is_loop_due
        when 'loop_answered' then is_loop_answered
        when 'loop_unanswered' then is_loop_due and not is_loop_answered
        when 'to_assign' then is_to_assign
        when 'assigned_in_time' then is_assigned_in_time
        else error('没有名为「' || $count || '」的数')
    end
order by reported_at, hazard_no;
