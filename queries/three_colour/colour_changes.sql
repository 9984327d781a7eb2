-- Whose colour is another than one period ago?
with now_worn as (
    select * from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
),
then_worn as (
    select enterprise_key, scheme, name, community, grid_code, colour
    from subject_colour_at($as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
),
-- under another scheme than that of its kind a subject is there only while it is rated
worn as (
    select
        coalesce(now_worn.scheme, then_worn.scheme) as scheme,
        coalesce(now_worn.enterprise_key, then_worn.enterprise_key) as enterprise_key,
        coalesce(now_worn.name, then_worn.name) as name,
        coalesce(now_worn.community, then_worn.community) as community,
        coalesce(now_worn.grid_code, then_worn.grid_code) as grid_code,
        coalesce(then_worn.colour, 'unrated') as colour_then,
        coalesce(now_worn.colour, 'unrated') as colour,
        now_worn.colour_since_on, now_worn.reason, now_worn.batch_id, now_worn.source_sheet, now_worn.source_row
    from now_worn
    full join then_worn on then_worn.enterprise_key = now_worn.enterprise_key and then_worn.scheme = now_worn.scheme
)
select
    scheme,
    enterprise_key,
    name,
    community,
    grid_code,
    colour_then,
    colour,
    case
        when colour_then = 'unrated' then 'newly_rated'
        when colour = 'unrated' then 'lapsed'
        when badness(colour) > badness(colour_then) then 'downgrade'
        else 'upgrade'
    end as colour_change,
    colour_since_on,
    reason,
    batch_id,
    source_sheet,
    source_row
from worn
where colour <> colour_then
order by scheme, badness(colour) desc nulls last, badness(colour_then) nulls last, enterprise_key;
