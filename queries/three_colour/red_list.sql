-- Who is red, since when, and why?
with red as (
    select * from subject_colour_at($as_at, $known_at)
    where colour = 'red' and in_scope(grid_code, community, $grids, $communities)
),
last_other as (
    select enterprise_key, scheme, max(rated_on) as other_on
    from rating_at($as_at, $known_at)
    where colour <> 'red'
    group by enterprise_key, scheme
),
turned_red as (
    select rating.enterprise_key, rating.scheme, min(rating.rated_on) as red_since_on
    from rating_at($as_at, $known_at) as rating
    left join last_other
        on last_other.enterprise_key = rating.enterprise_key and last_other.scheme = rating.scheme
    where rating.colour = 'red' and (last_other.other_on is null or rating.rated_on > last_other.other_on)
    group by rating.enterprise_key, rating.scheme
)
select
    red.scheme,
    red.enterprise_key,
    red.name,
    red.industry,
    red.community,
    red.grid_code,
    red.rated_on,
    -- red again on the very day of another colour: red since that day
    coalesce(turned_red.red_since_on, red.rated_on) as red_since_on,
    date_diff('day', coalesce(turned_red.red_since_on, red.rated_on), cast($as_at as date)) as red_days,
    red.score,
    red.reason,
    red.batch_id,
    red.source_sheet,
    red.source_row
from red
left join turned_red on turned_red.enterprise_key = red.enterprise_key and turned_red.scheme = red.scheme
order by red.scheme, red_since_on, red.enterprise_key;
