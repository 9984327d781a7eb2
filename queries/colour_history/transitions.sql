-- Of those in each colour on the first of a month, how many were in which on the first of the next?
with months as (
    select cast(date_trunc('month', cast($as_at as date)) - to_months(cast(back as integer)) as date) as month_on
    from (select unnest(generate_series(1, cast($months as bigint))) as back)
),
subject as (
    select enterprise_key from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
spell as (
    select spell.* from colour_spell_known($known_at) as spell
    join subject on subject.enterprise_key = spell.enterprise_key
    where scheme = $scheme and rated_on < until_on
),
began as (
    select month_on, enterprise_key, colour
    from months
    join spell on rated_on <= month_on and until_on > month_on
),
ended as (
    select month_on, enterprise_key, colour
    from months
    join spell on rated_on <= cast(month_on + interval 1 month as date) and until_on > cast(month_on + interval 1 month as date)
),
counted as (
    select began.colour as colour_then, ended.colour, count(*) as moved_count
    from began
    join ended on ended.month_on = began.month_on and ended.enterprise_key = began.enterprise_key
    group by began.colour, ended.colour
)
select
    colour_then,
    colour,
    moved_count,
    cast(sum(moved_count) over (partition by colour_then) as bigint) as moved_from_count,
    rate(moved_count, sum(moved_count) over (partition by colour_then)) as moved_rate
from counted
order by list_position(['red', 'yellow', 'green', 'unrated'], colour_then),
    list_position(['red', 'yellow', 'green', 'unrated'], colour);
