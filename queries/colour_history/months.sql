-- How many wore each colour at the end of every month, and where did a rule change?
with months as (
    select cast(date_trunc('month', cast($as_at as date)) - to_months(cast(back as integer)) as date) as month_on
    from (select unnest(generate_series(0, cast($months as bigint) - 1)) as back)
),
ends as (
    select month_on, least(cast(month_on + interval 1 month as date) - 1, cast($as_at as date)) as end_on from months
),
subject as (
    select active.enterprise_key, firm.registered_on
    from subject_colour_at($as_at, $known_at) as active
    join enterprise_known($known_at) as firm on firm.record_key = active.enterprise_key
    where in_scope(active.grid_code, active.community, $grids, $communities) and active.scheme = $scheme
),
spell as (
    select * from colour_spell_known($known_at) where scheme = $scheme and colour <> 'unrated' and rated_on < until_on
),
there as (
    select ends.month_on, spell.colour
    from ends
    cross join subject
    left join spell
        on spell.enterprise_key = subject.enterprise_key and spell.rated_on <= ends.end_on and spell.until_on > ends.end_on
    -- who came later was not there to be rated
    where spell.colour is not null or coalesce(subject.registered_on <= ends.end_on, true)
),
counted as (
    select
        month_on,
        count(*) filter (where colour = 'green') as green_count,
        count(*) filter (where colour = 'yellow') as yellow_count,
        count(*) filter (where colour = 'red') as red_count,
        count(*) filter (where colour is null) as unrated_count,
        count(colour) as rated_count
    from there
    group by month_on
),
begun as (
    select computed_from from scheme_computed where scheme = $scheme and computed_from <= cast($as_at as date)
),
-- a rule that nobody was coloured by is replaced without a break, and so is a ledger of ratings that was never there
changed as (
    select effective_from as changed_on
    from three_colour_rule
    join begun on effective_from > computed_from
    where scheme = $scheme and effective_from <= cast($as_at as date)
    union
    select computed_from from begun where exists (select 1 from spell where colour_basis = 'rating')
)
select
    counted.month_on,
    green_count,
    yellow_count,
    red_count,
    unrated_count,
    rated_count,
    rate(green_count, rated_count) as green_rate,
    rate(yellow_count, rated_count) as yellow_rate,
    rate(red_count, rated_count) as red_rate,
    counted.month_on in (select cast(date_trunc('month', changed_on) as date) from changed) as is_rule_change,
    case when exists (select 1 from begun where computed_from <= end_on) then 'rule' else 'rating' end as colour_basis
from counted
join ends on ends.month_on = counted.month_on
where rated_count > 0
order by counted.month_on;
