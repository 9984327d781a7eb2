-- How much was closed of what fell due, how much of it is really gone, and how much should be looked at again?
with period as (
    select closed_of_due, need_to_handle, false as is_before
    from case_tally($since, $until, $as_at, $known_at, $kind)
    where in_scope(grid_code, community, $grids, $communities)
    union all
    select closed_of_due, need_to_handle, true
    from case_tally($since_before, $until_before, $as_at_before, $known_at, $kind)
    where in_scope(grid_code, community, $grids, $communities)
),
closed as (
    select 1 as card, 'closing_rate' as figure, is_before,
        sum(closed_of_due) as numerator, sum(need_to_handle) as denominator
    from period
    group by is_before
),
-- those whose thirty days of watching ended in the period
watched as (
    select *, false as is_before
    from closure_signs(
        $since - 30, least($until - 30, cast($as_at as timestamp) - interval 30 day), $least_history, $meeting_weekday,
        $repeated, $unlike, $as_at, $known_at
    )
    union all
    select *, true
    from closure_signs(
        $since_before - 30, least($until_before - 30, cast($as_at_before as timestamp) - interval 30 day),
        $least_history, $meeting_weekday, $repeated, $unlike, $as_at_before, $known_at
    )
),
really as (
    select 2 as card, 'really_closed_rate' as figure, is_before,
        count(*) filter (where is_really_closed) as numerator, count(is_really_closed) as denominator
    from watched
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    group by is_before
),
looked_at as (
    select is_to_review, grid_code, community, kind, false as is_before
    from closure_signs($since, $until, $least_history, $meeting_weekday, $repeated, $unlike, $as_at, $known_at)
    union all
    select is_to_review, grid_code, community, kind, true
    from closure_signs(
        $since_before, $until_before, $least_history, $meeting_weekday, $repeated, $unlike, $as_at_before, $known_at
    )
),
to_review as (
    select 3 as card, 'to_review_rate' as figure, is_before,
        count(*) filter (where is_to_review) as numerator, count(*) as denominator
    from looked_at
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    group by is_before
),
told as (
    select * from closed union all select * from really union all select * from to_review
),
cards as (
    select * from (values (1, 'closing_rate'), (2, 'really_closed_rate'), (3, 'to_review_rate')) as named(card, figure)
)
select
    cards.card,
    cards.figure,
    rate(now.numerator, now.denominator) as value,
    case when is_comparable then rate(earlier.numerator, earlier.denominator) end as value_before,
    cast(coalesce(now.numerator, 0) as bigint) as numerator,
    cast(coalesce(now.denominator, 0) as bigint) as denominator
from cards
cross join hazard_comparable($since_before, $as_at, $known_at)
left join told as now on now.card = cards.card and not now.is_before
left join told as earlier on earlier.card = cards.card and earlier.is_before
order by cards.card;
