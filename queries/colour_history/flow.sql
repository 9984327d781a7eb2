-- How many went from which colour to which since the period before?
with now_worn as (
    select enterprise_key, scheme, colour from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
then_worn as (
    select enterprise_key, scheme, colour from subject_colour_at($as_at_before, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
weighed as (
    select * from (values ('unrated', null), ('green', 1), ('yellow', 2), ('red', 3)) as weight (colour, badness)
)
select
    then_worn.colour as colour_then,
    now_worn.colour,
    case
        when then_worn.colour = now_worn.colour then 'unchanged'
        when then_weight.badness is null then 'newly_rated'
        when now_weight.badness is null then 'lapsed'
        when now_weight.badness > then_weight.badness then 'downgrade'
        else 'upgrade'
    end as colour_move,
    count(*) as moved_count
from now_worn
join then_worn on then_worn.enterprise_key = now_worn.enterprise_key
join weighed as then_weight on then_weight.colour = then_worn.colour
join weighed as now_weight on now_weight.colour = now_worn.colour
group by colour_then, now_worn.colour, colour_move
order by list_position(['red', 'yellow', 'green', 'unrated'], colour_then),
    list_position(['red', 'yellow', 'green', 'unrated'], now_worn.colour);
