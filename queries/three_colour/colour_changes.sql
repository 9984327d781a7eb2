-- Whose colour is another than one period ago?
with now_worn as (
    select * from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
),
then_worn as (
    select enterprise_key, scheme, colour
    from subject_colour_at($as_at_before, $known_at)
)
select
    now_worn.scheme,
    now_worn.enterprise_key,
    now_worn.name,
    now_worn.community,
    now_worn.grid_code,
    then_worn.colour as colour_then,
    now_worn.colour,
    case
        when then_worn.colour = 'unrated' then 'newly_rated'
        when now_worn.colour = 'unrated' then 'lapsed'
        when badness(now_worn.colour) > badness(then_worn.colour) then 'downgrade'
        else 'upgrade'
    end as colour_change,
    now_worn.colour_since_on,
    now_worn.reason,
    now_worn.batch_id,
    now_worn.source_sheet,
    now_worn.source_row
from now_worn
join then_worn on then_worn.enterprise_key = now_worn.enterprise_key and then_worn.scheme = now_worn.scheme
where now_worn.colour <> then_worn.colour
order by now_worn.scheme, badness(now_worn.colour) desc nulls last, badness(then_worn.colour) nulls last,
    now_worn.enterprise_key;
