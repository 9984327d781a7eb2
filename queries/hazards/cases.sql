-- Which cases make up one count of the case measures?
select
    hazard_no,
    reopen_of,
    community,
    grid_code,
    place,
    part,
    kind,
    level,
    source,
    unit,
    stage,
    reported_at,
    filed_at,
    handled_first_at,
    handled_at,
    closed_at,
    closed_basis,
    voided_at,
    due_at,
    due_eff_at,
    is_suspended,
    is_self_handled,
    rework_count,
    batch_id,
    source_sheet,
    source_row
from case_counted($since, $until, $as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    and case $count
        when 'need_to_handle' then counted_need_to_handle
        when 'handled_on_time' then counted_handled_on_time
        when 'handled_on_time_first' then counted_handled_on_time_first
        when 'handled_of_due' then counted_handled_of_due
        when 'overdue_unhandled' then counted_overdue_unhandled
        when 'closed_of_due' then counted_closed_of_due
        when 'closed_on_time' then counted_closed_on_time
        when 'reworked' then counted_reworked
        when 'not_yet_due' then counted_not_yet_due
        when 'due_by_first_limit' then counted_due_by_first_limit
        when 'extended' then counted_extended
        when 'suspended' then counted_suspended
        when 'open_suspended' then counted_open_suspended
        when 'reported' then counted_reported
        when 'reported_to_file' then counted_reported_to_file
        when 'filed_of_reported' then counted_filed_of_reported
        when 'filed' then counted_filed
        when 'self_handled' then counted_self_handled
        when 'open_stock' then counted_open_stock
        when 'overdue_stock' then counted_overdue_stock
        when 'major_open' then counted_major_open
        when 'opening_stock' then counted_opening_stock
        when 'entered' then counted_entered
        when 'newly_filed' then counted_newly_filed
        when 'reopened' then counted_reopened
        when 'voided_of_entered' then counted_voided_of_entered
        when 'closed' then counted_closed
        when 'voided' then counted_voided
        when 'closing_stock' then counted_closing_stock
        else error('没有名为 ' || $count || ' 的件数')
    end
order by reported_at, hazard_no
limit $rows;
