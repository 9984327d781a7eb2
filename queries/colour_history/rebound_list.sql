-- Who turned green and was yellow or red again within 60 days?
select
    turned.scheme,
    turned.enterprise_key,
    turned.name,
    turned.community,
    turned.grid_code,
    turned.colour_before,
    turned.turned_on as turned_green_on,
    turned.rebound_on,
    turned.rebound_colour,
    date_diff('day', turned.turned_on, turned.rebound_on) as rebound_days,
    worn.colour
from green_turn_known($as_at, $known_at) as turned
join subject_colour_at($as_at, $known_at) as worn
    on worn.enterprise_key = turned.enterprise_key and worn.scheme = turned.scheme
where turned.rebound_on >= cast($since as date) - cast($days as integer) and turned.rebound_on < cast($until as date)
    and turned.rebound_on <= cast($as_at as date)
    and in_scope(turned.grid_code, turned.community, $grids, $communities) and $scheme in ('', turned.scheme)
order by turned.rebound_on desc, turned.name, turned.enterprise_key, turned.scheme;
