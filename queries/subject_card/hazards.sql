-- Which hazards has it had, the open ones first?
select
    hazard_no,
    kind,
    part,
    is_major,
    filed_on,
    due_on as limit_on,
    case when closed_on <= cast($as_at as date) then closed_on end as closed_on,
    left_on > cast($as_at as date) as is_open,
    left_on > cast($as_at as date) and overdue_on <= cast($as_at as date) and not is_suspended as is_overdue,
    batch_id,
    source_sheet,
    source_row
from subject_hazard($known_at)
where enterprise_key = $enterprise_key
    and filed_on <= cast($as_at as date)
    -- what is void by then is no case
    and coalesce(voided_on > cast($as_at as date), true)
order by is_open desc, is_overdue desc, filed_on desc, hazard_no;
