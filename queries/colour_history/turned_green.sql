-- Of those yellow or red a period ago, how many are green now, and of those turned green, how many held?
with now_worn as (
    select enterprise_key, scheme, colour from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
then_worn as (
    select enterprise_key, scheme, colour from subject_colour_at($as_at_before, $known_at)
),
greened as (
    select now_worn.scheme, count(*) as not_green_then, count(*) filter (where now_worn.colour = 'green') as turned_green
    from now_worn
    join then_worn on then_worn.enterprise_key = now_worn.enterprise_key and then_worn.scheme = now_worn.scheme
    where then_worn.colour in ('yellow', 'red')
    group by now_worn.scheme
),
held as (
    select scheme, count(*) as green_followed, count(rebound_on) as green_rebounds
    from green_turn_known($as_at, $known_at)
    where followed_on >= cast($since as date) and followed_on < cast($until as date) and followed_on <= cast($as_at as date)
        and in_scope(grid_code, community, $grids, $communities)
    group by scheme
),
-- how long red lasts is told over all there is, the open ones counted
lifetimes as (
    select case scheme when 'enterprise' then 1 else 2 end as group_no, lasted, is_ended
    from red_life_known($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
median as (
    select group_no, lasted_until(lasted, share_left, 0.5) as red_to_green_days
    from still_going('lifetimes')
    group by group_no
),
lives as (
    select group_no, count(*) as red_lives, count(*) filter (where is_ended) as red_lives_ended from lifetimes group by group_no
)
select
    schemes.scheme,
    coalesce(not_green_then, 0) as not_green_then,
    coalesce(turned_green, 0) as turned_green,
    rate(turned_green, not_green_then) as turned_green_rate,
    coalesce(green_followed, 0) as green_followed,
    coalesce(green_rebounds, 0) as green_rebounds,
    rate(green_rebounds, green_followed) as rebound_rate,
    coalesce(red_lives, 0) as red_lives,
    coalesce(red_lives_ended, 0) as red_lives_ended,
    red_to_green_days
from (values (1, 'enterprise'), (2, 'shop')) as schemes (group_no, scheme)
left join greened on greened.scheme = schemes.scheme
left join held on held.scheme = schemes.scheme
left join median on median.group_no = schemes.group_no
left join lives on lives.group_no = schemes.group_no
order by schemes.scheme;
