-- What is known of one case: where, what, how it stands, from which file and row?
select
    hazard_no, reopen_of, community, grid_code, place, part, kind, case_kind, level, description, source, unit, stage,
    reported_at, filed_at, due_at, extended_due_at, due_eff_at, handled_at, closed_at, closed_basis, closing_level,
    is_overdue, is_extended, is_suspended, is_self_handled, rework_count, is_self_verified, measure, fund,
    emergency_plan, note, photo_before, photo_after, known_since, batch_id, source_sheet, source_row
from hazard_at($as_at, $known_at)
where hazard_no = $hazard_no
order by reported_at, record_key;
