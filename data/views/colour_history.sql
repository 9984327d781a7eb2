-- Colours over time: who was there, when colours turned, how long red lasts, and whether green holds.

-- Who left, and on which day? One row is one subject under one scheme that is not active any more: the day its version is
-- of, by its own word, or where an earlier version was known the day this one became known. Who was gone from the first
-- and never said since when is not told of.
create macro subject_left_known(known_at) as table
with begun as (
    select version.record_key, min(version.known_at) as first_known_at from enterprise_version as version group by version.record_key
)
select
    subject.enterprise_key, subject.scheme, firm.name, firm.community, firm.grid_code, firm.registered_on,
    cast(coalesce(firm.updated_at, case when first_known_at < firm.known_since then firm.known_since end) as date) as left_on
from coloured_subject(known_at) as subject
join enterprise_known(known_at) as firm on firm.record_key = subject.enterprise_key
join begun on begun.record_key = subject.enterprise_key
anti join subject_colour_at(timestamp '9999-12-30', known_at) as active on active.enterprise_key = subject.enterprise_key
where left_on is not null;

-- Who has been there? One row is one subject under one scheme: all that are active at as_at, and those that left, until
-- left_on.
create macro subject_there_known(as_at, known_at) as table
select
    active.enterprise_key, active.scheme, active.name, active.community, active.grid_code, firm.registered_on,
    endless() as left_on
from subject_colour_at(as_at, known_at) as active
join enterprise_known(known_at) as firm on firm.record_key = active.enterprise_key
union all
select * from subject_left_known(known_at);

-- When did a colour turn? One row is one turn of one subject to another colour, while it was there.
create macro colour_turn_known(as_at, known_at) as table
with worn as (
    select spell.*, subject.name, subject.community, subject.grid_code, subject.left_on
    from colour_spell_known(known_at) as spell
    join subject_there_known(as_at, known_at) as subject
        on subject.enterprise_key = spell.enterprise_key and subject.scheme = spell.scheme
    where spell.rated_on < spell.until_on and spell.rated_on <= cast(as_at as date) and spell.rated_on < subject.left_on
),
turning as (
    select *,
        lag(colour) over (partition by enterprise_key, scheme order by rated_on) as worn_before
    from worn
)
select
    enterprise_key, scheme, name, community, grid_code, left_on, colour, worn_before as colour_before, rated_on as turned_on
from turning
where colour is distinct from worn_before;

-- How long from turning red until green? One row is one such way, by the subject's first red after its last green; one that
-- has not come to green has lasted until as_at, or until it left.
create macro red_life_known(as_at, known_at) as table
with turns as (
    select *, min(turned_on) filter (where colour = 'green') over later as green_on
    from colour_turn_known(as_at, known_at)
    window later as (
        partition by enterprise_key, scheme order by turned_on rows between 1 following and unbounded following
    )
)
select
    enterprise_key, scheme, community, grid_code, min(turned_on) as red_on, green_on, green_on is not null as is_ended,
    cast(date_diff('day', min(turned_on), coalesce(green_on, least(cast(as_at as date), left_on))) as double) as lasted
from turns
where colour = 'red'
group by enterprise_key, scheme, community, grid_code, left_on, green_on;

-- Did green hold? One row is one turn from yellow or red to green: rebound_on is when it was yellow or red again within 60
-- days, followed_on when 60 days are over; null where it left before.
create macro green_turn_known(as_at, known_at) as table
with turns as (
    select *,
        turned_on + 60 as over_on,
        min(turned_on) filter (where colour in ('yellow', 'red')) over later as again_on,
        arg_min(colour, turned_on) filter (where colour in ('yellow', 'red')) over later as again_colour
    from colour_turn_known(as_at, known_at)
    window later as (
        partition by enterprise_key, scheme order by turned_on rows between 1 following and unbounded following
    )
)
select
    enterprise_key, scheme, name, community, grid_code, colour_before, turned_on,
    case when over_on <= left_on then over_on end as followed_on,
    case when again_on <= over_on then again_on end as rebound_on,
    case when again_on <= over_on then again_colour end as rebound_colour
from turns
where colour = 'green' and colour_before in ('yellow', 'red');
