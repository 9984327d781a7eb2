-- Which grids moved the street's case figures most since one period ago, and is it more than chance?
with tally as (
    select 'now' as period, * from case_tally($since, $until, $as_at, $known_at)
    union all
    select 'before', *
    from case_tally($since_before, $until_before, $as_at_before, $known_at)
),
counted as (
    select figure.figure, community, grid_code, period,
        case figure.figure
            when 'overdue_stock' then overdue_stock
            when 'filed' then filed
            when 'closed' then closed
            else handled_on_time
        end as numerator,
        case figure.figure when 'on_time_handling_rate' then need_to_handle end as denominator
    from tally
    cross join (values ('overdue_stock'), ('filed'), ('closed'), ('on_time_handling_rate')) as figure (figure)
    where in_scope(grid_code, community, $grids, $communities)
),
compared as (
    select
        figure, community, grid_code,
        total(case period when 'now' then numerator end) as numerator,
        sum(case period when 'now' then denominator when 'before' then 0 * denominator end) as denominator,
        total(case period when 'before' then numerator end) as numerator_before,
        sum(case period when 'before' then denominator when 'now' then 0 * denominator end) as denominator_before
    from counted
    group by figure, community, grid_code
),
street as (
    select
        figure,
        sum(numerator) as street_numerator,
        sum(denominator) as street_denominator,
        sum(numerator_before) as street_numerator_before,
        sum(denominator_before) as street_denominator_before
    from compared
    group by figure
),
-- a grid's part in a rate's move: how far it stood from the old street rate, weighed by its cases, now less before
judged as (
    select
        compared.*,
        rate(street_numerator, street_denominator) as street_rate,
        rate(street_numerator_before, street_denominator_before) as street_rate_before,
        street_numerator - street_numerator_before as street_count_change,
        rate(numerator - street_rate_before * denominator, street_denominator)
            - rate(numerator_before - street_rate_before * denominator_before, street_denominator_before) as rate_part,
        numerator - numerator_before as count_part
    from compared
    join street on street.figure = compared.figure
),
weighed as (
    select *,
        case when denominator is null then count_part else rate_part end as contribution,
        case when denominator is null then street_count_change else street_rate - street_rate_before end as street_change,
        wilson_high(numerator, denominator, 1.96) as high_95,
        wilson_high(numerator, denominator, 3.09) as high_998
    from judged
),
ranked as (
    select *, row_number() over (partition by figure order by abs(contribution) desc, grid_code) as place_no
    from weighed
    where contribution <> 0
)
select
    ranked.figure,
    ranked.place_no,
    ranked.community,
    ranked.grid_code,
    places.grid_name,
    cast(ranked.numerator as bigint) as numerator,
    cast(ranked.denominator as bigint) as denominator,
    cast(ranked.numerator_before as bigint) as numerator_before,
    cast(ranked.denominator_before as bigint) as denominator_before,
    case when ranked.denominator is null then ranked.numerator else rate(ranked.numerator, ranked.denominator) end as value,
    case
        when ranked.denominator is null then ranked.numerator_before
        else rate(ranked.numerator_before, ranked.denominator_before)
    end as value_before,
    cast(ranked.contribution as double) as contribution,
    cast(ranked.street_change as double) as street_change,
    ranked.high_95 as rate_high,
    -- counts: the difference of two Poisson counts; rates: against the street, and never under 30 due cases
    case
        when ranked.denominator is null and ranked.numerator + ranked.numerator_before < 10 then 'too_few'
        when ranked.denominator is null and ranked.contribution * ranked.contribution
            > 9.5481 * (ranked.numerator + ranked.numerator_before) then 'named'
        when ranked.denominator is null and ranked.contribution * ranked.contribution
            > 3.8416 * (ranked.numerator + ranked.numerator_before) then 'attention'
        when ranked.denominator < 30 then 'too_few'
        when ranked.high_998 < ranked.street_rate then 'named'
        when ranked.high_95 < ranked.street_rate then 'attention'
        else 'usual'
    end as certainty
from ranked
left join grid_known($known_at) as places on places.grid_code = ranked.grid_code
where ranked.place_no <= $rows
order by ranked.figure, ranked.place_no;
