-- Whose colour is another than one period ago?
with now_worn as (
    select * from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
),
then_worn as (
    select enterprise_key, scheme, colour
    from subject_colour_at($as_at_before, $known_at)
),
weighed as (
    select * from (values ('unrated', null), ('green', 1), ('yellow', 2), ('red', 3)) as weight (colour, badness)
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
        when then_weight.badness is null then 'newly_rated'
        when now_weight.badness is null then 'lapsed'
        when now_weight.badness > then_weight.badness then 'downgrade'
        else 'upgrade'
    end as colour_change,
    now_worn.colour_since_on,
    now_worn.reason,
    now_worn.batch_id,
    now_worn.source_sheet,
    now_worn.source_row
from now_worn
join then_worn on then_worn.enterprise_key = now_worn.enterprise_key and then_worn.scheme = now_worn.scheme
join weighed as now_weight on now_weight.colour = now_worn.colour
join weighed as then_weight on then_weight.colour = then_worn.colour
where now_worn.colour <> then_worn.colour
order by now_worn.scheme, now_weight.badness desc nulls last, then_weight.badness, now_worn.enterprise_key;
