-- Of those in each colour on the first of a month, how many were in which on the first of the next, and how many had left?
with months as (
    select cast(date_trunc('month', cast($as_at as date)) - to_months(cast(back as integer)) as date) as month_on
    from (select unnest(generate_series(1, cast($months as bigint))) as back)
),
subject as (
    select * from subject_there_known($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
spell as (
    select * from colour_spell_known($known_at) where scheme = $scheme and colour <> 'unrated' and rated_on < until_on
),
there as (
    select
        month_on, cast(month_on + interval 1 month as date) as next_on, subject.enterprise_key, left_on,
        coalesce(spell.colour, 'unrated') as colour_then
    from months
    join subject on left_on > month_on
    left join spell
        on spell.enterprise_key = subject.enterprise_key and spell.rated_on <= month_on and spell.until_on > month_on
    where spell.colour is not null or coalesce(registered_on <= month_on, true)
),
-- before anybody was rated there is nothing to go from
begun as (
    select month_on from there group by month_on having bool_or(colour_then <> 'unrated')
),
moved as (
    select colour_then, case when left_on > next_on then coalesce(spell.colour, 'unrated') end as colour
    from there
    join begun on begun.month_on = there.month_on
    left join spell
        on spell.enterprise_key = there.enterprise_key and spell.rated_on <= next_on and spell.until_on > next_on
),
counted as (
    select colour_then, colour, count(*) as moved_count,
        sum(case when colour is not null then count(*) end) over (partition by colour_then) as kept_count
    from moved
    group by colour_then, colour
)
select
    colour_then,
    colour,
    moved_count,
    case when colour is not null then cast(kept_count as bigint) end as moved_from_count,
    case when colour is not null then rate(moved_count, kept_count) end as moved_rate
from counted
order by list_position(['red', 'yellow', 'green', 'unrated'], colour_then),
    list_position(['red', 'yellow', 'green', 'unrated'], colour) nulls last;
