-- How many closings of the period could each rule judge, and against how many does it speak?
with asked as (
    select *
    from closure_signs($since, $until, $least_history, $meeting_weekday, $repeated, $unlike, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
),
told as (
    select unnest([
        {sign_order: 1, sign: 'self_verified', is_told: is_self_verified},
        {sign_order: 2, sign: 'too_fast', is_told: is_too_fast},
        {sign_order: 3, sign: 'without_photo', is_told: is_without_photo},
        {sign_order: 4, sign: 'photo_repeated', is_told: is_photo_repeated},
        {sign_order: 5, sign: 'last_minute', is_told: is_last_minute},
        -- those still watched could only speak against it
        {sign_order: 6, sign: 'recurred', is_told: case when is_followed then is_recurred end},
        {sign_order: 7, sign: 'burst', is_told: is_burst}
    ], recursive := true)
    from asked
),
counted as (
    select
        sign_order,
        sign,
        count(*) filter (where is_told) as spoken_against,
        count(is_told) as could_judge,
        count(*) - count(is_told) as could_not_judge
    from told
    group by sign_order, sign
)
select *, rate(spoken_against, could_judge) as spoken_against_rate
from counted
order by sign_order;
