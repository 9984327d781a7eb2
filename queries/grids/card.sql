-- Who lives and works in one grid, who looks after it, and how does it stand?
with places as (
    select * from grid_known($known_at) where grid_code = $grid
),
figures as (
    select
        max(value) filter (where measure = 'visit_count') as visit_count,
        max(value) filter (where measure = 'patrol_minutes') as patrol_minutes,
        max(value) filter (where measure = 'unvisited_days') as unvisited_days,
        max(value) filter (where measure = 'filed') as filed,
        max(value) filter (where measure = 'open_stock') as open_stock,
        max(value) filter (where measure = 'overdue_stock') as overdue_stock,
        max(value) filter (where measure = 'report_count') as report_count,
        max(value) filter (where measure = 'red_enterprises') as red_enterprises,
        max(value) filter (where measure = 'red_shops') as red_shops
    from grid_valued($since, $until, $as_at, $as_at, $known_at)
    where grid_code = $grid
),
walked as (
    select max(last_long_visit_at) as last_visit_at from patrol_day_at($as_at, $known_at) where grid_code = $grid
),
firms as (
    select
        count(*) filter (where scheme = 'enterprise') as active_enterprises,
        count(*) filter (where scheme = 'shop') as active_shops
    from subject_colour_at($as_at, $known_at)
    where grid_code = $grid
),
handled as (
    select * from grid_placed('on_time_handling_rate', false, $since, $until, $as_at, $known_at) where grid_code = $grid
),
oldest as (
    select max(date_diff('second', filed_at, $as_at) / 86400.0) as longest_open_days
    from hazard_at($as_at, $known_at)
    where is_open and grid_code = $grid
)
select
    places.community,
    places.grid_code,
    places.grid_name,
    places.grid_kind,
    places.households,
    enough_people(places.population) as population,
    places.floating_population,
    coalesce(places.area_m2, polygon_m2(places.polygon)) as area_m2,
    places.has_head,
    places.full_time_count,
    places.part_time_count,
    places.micro_grid_count,
    firms.active_enterprises,
    firms.active_shops,
    figures.red_enterprises,
    figures.red_shops,
    walked.last_visit_at,
    figures.unvisited_days,
    figures.visit_count,
    figures.patrol_minutes,
    figures.filed,
    figures.open_stock,
    figures.overdue_stock,
    oldest.longest_open_days,
    figures.report_count,
    handled.numerator as handled_on_time,
    handled.denominator as need_to_handle,
    handled.value as on_time_handling_rate,
    handled.value_low as on_time_handling_rate_low,
    handled.value_high as on_time_handling_rate_high,
    handled.place_no,
    handled.place_low,
    handled.place_high
from places
cross join figures
cross join walked
cross join firms
cross join oldest
left join handled on handled.community = places.community
order by places.grid_code;
