-- How many went from which colour to which since the period before, and how many left?
with worn_before as (
    select enterprise_key, colour from colour_at($as_at_before, $known_at) where scheme = $scheme
),
moved as (
    select enterprise_key, colour from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
    union all
    select enterprise_key, null from subject_left_known($known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
        and left_on > cast($as_at_before as date) and left_on <= cast($as_at as date)
),
weighed as (
    select
        coalesce(worn_before.colour, 'unrated') as colour_then,
        moved.colour,
        list_position(['green', 'yellow', 'red'], worn_before.colour) as badness_then,
        list_position(['green', 'yellow', 'red'], moved.colour) as badness
    from moved
    left join worn_before on worn_before.enterprise_key = moved.enterprise_key
)
select
    colour_then,
    colour,
    case
        when colour is null then 'deregistered'
        when colour = colour_then then 'unchanged'
        when badness_then is null then 'newly_rated'
        when badness is null then 'lapsed'
        when badness > badness_then then 'downgrade'
        else 'upgrade'
    end as colour_move,
    count(*) as moved_count
from weighed
group by colour_then, colour, badness_then, badness
order by list_position(['red', 'yellow', 'green', 'unrated'], colour_then),
    list_position(['red', 'yellow', 'green', 'unrated'], colour) nulls last;
