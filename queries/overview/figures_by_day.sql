-- How did each figure of the street move over the last days, one value a day?
with days as (
    select day as day_on, row_number() over (order by day desc) <= $days as is_shown
    from calendar_day
    where day <= cast($as_at as date) and day > cast($as_at as date) - $days - 6
),
cases as (
    select * from case_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
-- the days each case came into the stock, fell overdue in it and left it; a case is overdue after its due moment
stayed as (
    select
        cast(entered_at as date) as entered_on,
        case when not is_suspended and not is_handled_on_time and due_eff_at < $as_at
            then cast(greatest(entered_at, due_eff_at + interval 1 microsecond) as date)
        end as overdue_on,
        cast(left_at as date) as left_on
    from cases
    where entered_at is not null
),
came_and_went as (
    select entered_on as moved_on, count(*) as opened, 0 as overdue from stayed group by entered_on
    union all
    select left_on, -count(*), -count(overdue_on) filter (where overdue_on < left_on) from stayed group by left_on
    union all
    select overdue_on, 0, count(*) from stayed where left_on is null or overdue_on < left_on group by overdue_on
),
stock as (
    select days.day_on, total(overdue) as overdue_stock, total(opened) as open_stock
    from days
    left join came_and_went on moved_on <= days.day_on
    where is_shown
    group by days.day_on
),
fell_due as (
    select
        cast(due_eff_at as date) as day_on,
        count(*) as need_to_handle,
        count(*) filter (where is_handled_on_time) as handled_on_time
    from cases
    where is_case and not is_suspended and due_eff_at < $as_at
    group by day_on
),
entered as (
    select cast(entered_at as date) as day_on, count(*) as entered from cases where entered_at is not null group by day_on
),
closed as (
    select cast(left_at as date) as day_on, count(*) as closed from cases where is_left_by_closing group by day_on
),
loaded as (
    select
        cast(loaded_at as date) as day_on,
        sum(rejected_count) as rejected_count,
        sum(accepted_count + merged_count + rejected_count) as row_count
    from batch
    where ($known_at is null or known_at <= $known_at) and loaded_at <= $as_at
    group by day_on
),
-- a week back from each day, so that a quiet day does not shake the rate
in_week as (
    select
        days.day_on,
        coalesce(sum(handled_on_time) over week, 0) as handled_on_time,
        coalesce(sum(need_to_handle) over week, 0) as need_to_handle,
        coalesce(sum(rejected_count) over week, 0) as rejected_count,
        coalesce(sum(row_count) over week, 0) as row_count
    from days
    left join fell_due on fell_due.day_on = days.day_on
    left join loaded on loaded.day_on = days.day_on
    window week as (order by days.day_on rows between 6 preceding and current row)
),
places as (
    select grid_code from grid_known($known_at) where in_scope(grid_code, community, $grids, $communities)
),
visited as (
    select visit.patrolled_on as day_on, visit.grid_code
    from patrol_day_at($as_at, $known_at) as visit
    join places on places.grid_code = visit.grid_code
    where patrolled_on >= cast($as_at as date) - $days - 6 and long_visit_count > 0
),
covered as (
    select days.day_on, count(distinct visited.grid_code) as covered_grids
    from days
    left join visited on visited.day_on > days.day_on - 7 and visited.day_on <= days.day_on
    where is_shown
    group by days.day_on
),
subject as (
    select enterprise_key, scheme from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
worn as (
    select spell.scheme, spell.colour, rated_on, until_on
    from colour_spell_known($known_at) as spell
    join subject on subject.enterprise_key = spell.enterprise_key and subject.scheme = spell.scheme
),
colours as (
    select
        days.day_on, scheme.scheme,
        count(*) filter (where worn.colour = 'red') as red_count,
        count(worn.colour) as rated_count
    from days
    cross join (values ('enterprise'), ('shop')) as scheme (scheme)
    left join worn
        on worn.scheme = scheme.scheme and worn.rated_on <= days.day_on and worn.until_on > days.day_on
    where is_shown
    group by days.day_on, scheme.scheme
),
season as (
    select new_year_on from calendar_day where day = cast($as_at as date) and chunyun_day is not null
),
away as (
    select
        days.day_on,
        total(case direction when 'leave' then person_count end) as left_count,
        total(case direction when 'return' then person_count end) as returned_count
    from days
    cross join season
    left join flow_at($as_at, $known_at) as flow
        on flow.moved_on <= days.day_on and flow.moved_on >= season.new_year_on - 40
        and flow.direction in ('leave', 'return')
        and in_scope(flow.grid_code, flow.community, $grids, $communities)
    where is_shown
    group by days.day_on
),
figures as (
    select day_on, 'overdue_stock' as figure, overdue_stock as numerator, open_stock as denominator,
        cast(overdue_stock as double) as value
    from stock
    union all
    select day_on, 'on_time_handling_rate', handled_on_time, need_to_handle, rate(handled_on_time, need_to_handle)
    from in_week
    union all
    select days.day_on, 'net_closing', coalesce(closed, 0), coalesce(entered, 0), coalesce(closed, 0) - coalesce(entered, 0)
    from days
    left join closed on closed.day_on = days.day_on
    left join entered on entered.day_on = days.day_on
    union all
    select day_on, 'patrol_coverage_rate', covered_grids, grid_count, rate(covered_grids, grid_count)
    from covered
    cross join (select count(*) as grid_count from places) as street
    union all
    select day_on, case scheme when 'enterprise' then 'red_enterprises' else 'red_shops' end, red_count, rated_count,
        case when rated_count > 0 then red_count end
    from colours
    union all
    select day_on, 'rejected_row_rate', rejected_count, row_count, rate(rejected_count, row_count)
    from in_week
    where not exists (select * from season)
    union all
    -- fewer than five people are not shown
    select day_on, 'away_count',
        case when left_count - returned_count >= 5 and returned_count >= 5 then returned_count end,
        case when left_count - returned_count >= 5 and returned_count >= 5 then left_count end,
        case when left_count - returned_count >= 5 then left_count - returned_count end
    from away
)
select
    figures.figure,
    figures.day_on,
    figures.value,
    cast(figures.numerator as double) as numerator,
    cast(figures.denominator as double) as denominator
from figures
join days on days.day_on = figures.day_on
where days.is_shown
order by figures.figure, figures.day_on;
