-- Who is red, since when, why, and what would release it?
select
    scheme,
    enterprise_key,
    name,
    industry,
    community,
    grid_code,
    rated_on,
    colour_since_on as red_since_on,
    colour_days as red_days,
    score,
    reason,
    release,
    responsible_post,
    colour_basis,
    is_stale,
    batch_id,
    source_sheet,
    source_row
from subject_status_at($as_at, $known_at)
where colour = 'red' and in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
order by scheme, red_since_on, enterprise_key;
