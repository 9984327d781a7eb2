-- How many wore each colour at the end of every month, and where did a rule change?
with months as (
    select cast(date_trunc('month', cast($as_at as date)) - to_months(cast(back as integer)) as date) as month_on
    from (select unnest(generate_series(0, cast($months as bigint) - 1)) as back)
),
ends as (
    select month_on, least(cast(month_on + interval 1 month as date) - 1, cast($as_at as date)) as end_on from months
),
subject as (
    select enterprise_key, grid_code, community from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
spell as (
    select * from colour_spell_known($known_at) where scheme = $scheme and rated_on < until_on
),
worn as (
    select ends.month_on, spell.colour
    from ends
    join spell on spell.rated_on <= ends.end_on and spell.until_on > ends.end_on
    join subject on subject.enterprise_key = spell.enterprise_key
),
counted as (
    select
        month_on,
        count(*) filter (where colour = 'green') as green_count,
        count(*) filter (where colour = 'yellow') as yellow_count,
        count(*) filter (where colour = 'red') as red_count,
        count(*) filter (where colour <> 'unrated') as rated_count
    from worn
    group by month_on
),
-- the first rule of a scheme replaces none
changed as (
    select distinct cast(date_trunc('month', effective_from) as date) as month_on
    from three_colour_rule
    where scheme = $scheme
        and effective_from > (select min(effective_from) from three_colour_rule where scheme = $scheme)
),
begun as (
    select cast(date_trunc('month', computed_from) as date) as month_on from scheme_computed where scheme = $scheme
)
select
    counted.month_on,
    green_count,
    yellow_count,
    red_count,
    rated_count,
    rate(green_count, rated_count) as green_rate,
    rate(yellow_count, rated_count) as yellow_rate,
    rate(red_count, rated_count) as red_rate,
    changed.month_on is not null or begun.month_on is not null as is_rule_change
from counted
left join changed on changed.month_on = counted.month_on
left join begun on begun.month_on = counted.month_on
where rated_count > 0
order by counted.month_on;
