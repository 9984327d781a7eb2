-- Colours over time: when they turned, how long red lasts, and whether green holds.

-- When did a colour turn? One row is one run of one colour at one subject, turned_on <= day < until_on, among the active ones.
create macro colour_turn_known(as_at, known_at) as table
with worn as (
    select spell.*, subject.name, subject.community, subject.grid_code
    from colour_spell_known(known_at) as spell
    join (
        select distinct enterprise_key, name, community, grid_code from subject_colour_at(as_at, known_at)
    ) as subject on subject.enterprise_key = spell.enterprise_key
    where spell.rated_on < spell.until_on and spell.rated_on <= cast(as_at as date)
),
turning as (
    select *,
        lag(colour) over (partition by enterprise_key, scheme order by rated_on) as worn_before
    from worn
),
turned as (
    select * from turning where colour is distinct from worn_before
)
select
    enterprise_key, scheme, name, community, grid_code, colour, worn_before as colour_before, rated_on as turned_on,
    lead(rated_on, 1, date '9999-12-31') over (partition by enterprise_key, scheme order by rated_on) as until_on
from turned;

-- How long from turning red until green? One row is one such way, by the subject's first red after its last green; one that
-- has not come to green by as_at has lasted until then.
create macro red_life_known(as_at, known_at) as table
with turns as (
    select * from colour_turn_known(as_at, known_at)
),
reds as (
    select red.enterprise_key, red.scheme, red.community, red.grid_code, red.turned_on, min(green.turned_on) as green_on
    from turns as red
    left join turns as green
        on green.enterprise_key = red.enterprise_key and green.scheme = red.scheme and green.colour = 'green'
        and green.turned_on > red.turned_on
    where red.colour = 'red'
    group by red.enterprise_key, red.scheme, red.community, red.grid_code, red.turned_on
)
select
    enterprise_key, scheme, community, grid_code, min(turned_on) as red_on, green_on, green_on is not null as is_ended,
    cast(date_diff('day', min(turned_on), coalesce(green_on, cast(as_at as date))) as double) as lasted
from reds
group by enterprise_key, scheme, community, grid_code, green_on;

-- Did green hold? One row is one turn from yellow or red to green: rebound_on is when it was yellow or red again within 60
-- days, followed_on when 60 days are over.
create macro green_turn_known(as_at, known_at) as table
with turns as (
    select * from colour_turn_known(as_at, known_at)
),
greens as (
    select * from turns where colour = 'green' and colour_before in ('yellow', 'red')
),
again as (
    select
        greens.enterprise_key, greens.scheme, greens.turned_on, min(later.turned_on) as rebound_on,
        arg_min(later.colour, later.turned_on) as rebound_colour
    from greens
    join turns as later
        on later.enterprise_key = greens.enterprise_key and later.scheme = greens.scheme
        and later.colour in ('yellow', 'red')
        and later.turned_on > greens.turned_on and later.turned_on <= greens.turned_on + 60
    group by greens.enterprise_key, greens.scheme, greens.turned_on
)
select greens.*, greens.turned_on + 60 as followed_on, again.rebound_on, again.rebound_colour
from greens
left join again
    on again.enterprise_key = greens.enterprise_key and again.scheme = greens.scheme and again.turned_on = greens.turned_on;
