-- Which closings of the period should somebody look at again, and for which reasons?
select
    hazard_no,
    community,
    grid_code,
    place,
    part,
    kind,
    level,
    unit,
    filed_at,
    due_eff_at,
    handled_at,
    verified_at,
    closed_at,
    round(closing_seconds / 3600.0, 1) as closing_hours,
    is_self_verified,
    is_too_fast,
    is_without_photo,
    is_photo_repeated,
    is_last_minute,
    is_recurred,
    is_burst,
    len(signs) as sign_count,
    array_to_string(signs, ' ') as signs,
    recurred_no,
    photo_before,
    photo_after,
    batch_id,
    source_sheet,
    source_row
from closure_signs($since, $until, $least_history, $meeting_weekday, $repeated, $unlike, $as_at, $known_at)
where is_to_review and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
order by sign_count desc, closed_at desc, hazard_no;
