-- Where did the ledger of ratings decide another colour than the rule works out?
select
    scheme,
    enterprise_key,
    name,
    community,
    grid_code,
    colour,
    rated_colour,
    rated_colour_on,
    rated_reason,
    score,
    reason,
    rated_batch_id as batch_id,
    rated_source_sheet as source_sheet,
    rated_source_row as source_row
from subject_status_at($as_at, $known_at)
where colour_basis in ('rule', 'override') and colour <> rated_colour
    and in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
order by scheme, case colour when 'red' then 1 when 'yellow' then 2 when 'unrated' then 3 else 4 end, name,
    enterprise_key;
