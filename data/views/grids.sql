-- One measure in every grid, and where points lie.

-- The area in m2 of a polygon told as GeoJSON in degrees, on a plane laid at its first corner: right to 0.1 % for
-- anything smaller than a city. Null without a polygon.
create macro ring_degrees2(ring) as (
    abs(list_sum(list_transform(range(1, len(ring)), lambda corner:
        (ring[corner][1] - ring[1][1]) * (ring[corner + 1][2] - ring[1][2])
        - (ring[corner + 1][1] - ring[1][1]) * (ring[corner][2] - ring[1][2])
    ))) / 2
);

create macro polygon_parts(polygon) as (
    case json_extract_string(polygon, '$.type')
        when 'Polygon' then [cast(json_extract(polygon, '$.coordinates') as double[][][])]
        else cast(json_extract(polygon, '$.coordinates') as double[][][][])
    end
);

create macro polygon_m2(polygon) as (
    list_sum(list_transform(polygon_parts(polygon), lambda part:
        2 * ring_degrees2(part[1]) - list_sum(list_transform(part, lambda ring: ring_degrees2(ring)))
    ))
    * (111132.95 - 559.85 * cos(2 * radians(polygon_parts(polygon)[1][1][1][2])))
    * (111412.88 * cos(radians(polygon_parts(polygon)[1][1][1][2]))
        - 93.5 * cos(3 * radians(polygon_parts(polygon)[1][1][1][2])))
);

-- How is a measure of a grid read? One row is one measure: a count, a rate of 0-1, or a density, so many per so many;
-- under `smallest` a denominator says too little to be coloured, under `smallest_ranked` too little to be ranked.
create view grid_scale as
select * from (
    values
        ('visit_count', 'count', null, null, null),
        ('patrol_minutes', 'count', null, null, null),
        ('unvisited_days', 'count', null, null, null),
        ('filed', 'count', null, null, null),
        ('open_stock', 'count', null, null, null),
        ('overdue_stock', 'count', null, null, null),
        ('on_time_handling_rate', 'rate', 1, 5, 30),
        ('recurrence_rate', 'rate', 1, 5, 30),
        ('filed_per_1000_residents', 'density', 1000, 100, 500),
        ('filed_per_100_firms', 'density', 100, 5, 30),
        ('filed_per_km2', 'density', 1, 0, 0),
        ('report_count', 'count', null, null, null),
        ('red_enterprises', 'count', null, null, null),
        ('red_shops', 'count', null, null, null),
        ('floating_people', 'count', null, null, null)
) as scale (measure, kind, per, smallest, smallest_ranked);

-- What do the ledgers tell of each grid in the period [since, until)? One row is one measure and grid, also one that
-- no ledger names. `seen_at` is as_at, or the last of several moments asked about at once.
--   is_reported   the grid stands in the measure's ledger by then, and its community has not fallen silent there:
--                 its newest row is at most a week older than the period, which has begun. A 0 is then a true 0.
create macro grid_told(since, until, as_at, seen_at, known_at) as table
with places as (
    select
        community, grid_code, floating_population,
        enough_people(population) as population,
        coalesce(area_m2, polygon_m2(polygon)) / 1000000 as area_km2
    from grid_known(known_at)
),
walked as (
    select
        community, grid_code,
        total(case when is_within then visit_count end) as visit_count,
        total(case when is_within then noted_stay_count end) as noted_stay_count,
        total(case when is_within then stay_minutes end) as stay_minutes,
        max(last_long_visit_at) as last_long_visit_at,
        since <= as_at and max(max(patrolled_on)) over (partition by community) >= cast(since as date) - 7 as is_heard
    from (
        select *, patrolled_on >= since and patrolled_on < until as is_within from patrol_day_at(seen_at, known_at)
    ) as days
    where patrolled_on <= cast(as_at as date)
    group by community, grid_code
),
heard as (
    select community, since <= as_at and max(reported_at) >= cast(since as timestamp) - interval 7 day as is_heard
    from hazard_known(known_at)
    where reported_at <= as_at
    group by community
),
cases as (
    select tally.*, heard.is_heard
    from case_tally(since, until, as_at, known_at) as tally
    left join heard on heard.community is not distinct from tally.community
),
returns as (
    select
        community, grid_code,
        count(*) as followed,
        count(recurred_at) as recurred
    from closing_followed(90, true, as_at, known_at)
    where is_followed and followed_at >= since and followed_at < until
    group by community, grid_code
),
firms as (
    select
        community, grid_code,
        count(distinct enterprise_key) as firm_count,
        count(*) filter (where scheme = 'enterprise') as enterprise_count,
        count(*) filter (where scheme = 'enterprise' and colour <> 'unrated') as rated_enterprises,
        count(*) filter (where scheme = 'enterprise' and colour = 'red') as red_enterprises,
        count(*) filter (where scheme = 'shop') as shop_count,
        count(*) filter (where scheme = 'shop' and colour <> 'unrated') as rated_shops,
        count(*) filter (where scheme = 'shop' and colour = 'red') as red_shops
    from subject_colour_at(as_at, known_at)
    group by community, grid_code
),
said as (
    select
        community, grid_code,
        count(*) filter (where counted_reported) as report_count,
        since <= as_at and max(max(reported_at)) over (partition by community)
            >= cast(since as timestamp) - interval 7 day as is_heard
    from report_counted(since, until, as_at, known_at)
    group by community, grid_code
),
told as (
    select 'visit_count' as measure, community, grid_code,
        visit_count as numerator, null as denominator, is_heard as is_reported
    from walked
    union all
    -- visits whose stay nobody noted do not make 0 minutes
    select 'patrol_minutes', community, grid_code, stay_minutes, null,
        is_heard and (noted_stay_count > 0 or visit_count = 0)
    from walked
    union all
    select 'unvisited_days', community, grid_code,
        date_diff('second', last_long_visit_at, cast(as_at as timestamp)) / 86400.0, null, is_heard
    from walked
    union all
    select 'filed', community, grid_code, filed, null, is_heard from cases
    union all
    select 'open_stock', community, grid_code, open_stock, null, is_heard from cases
    union all
    select 'overdue_stock', community, grid_code, overdue_stock, null, is_heard from cases
    union all
    select 'on_time_handling_rate', community, grid_code, handled_on_time, need_to_handle, is_heard from cases
    union all
    select 'recurrence_rate', cases.community, cases.grid_code,
        coalesce(recurred, 0), coalesce(followed, 0), is_heard
    from cases
    left join returns on returns.community = cases.community and returns.grid_code = cases.grid_code
    union all
    select 'filed_per_1000_residents', cases.community, cases.grid_code, filed, population, is_heard
    from cases
    left join places on places.community = cases.community and places.grid_code = cases.grid_code
    union all
    select 'filed_per_100_firms', cases.community, cases.grid_code, filed, firm_count, is_heard
    from cases
    left join firms on firms.community = cases.community and firms.grid_code = cases.grid_code
    union all
    select 'filed_per_km2', cases.community, cases.grid_code, filed, area_km2, is_heard
    from cases
    left join places on places.community = cases.community and places.grid_code = cases.grid_code
    union all
    select 'report_count', community, grid_code, report_count, null, is_heard from said
    union all
    -- a grid without enterprises has none that is red; one whose enterprises were never rated has told nothing
    select 'red_enterprises', community, grid_code, red_enterprises, rated_enterprises,
        rated_enterprises > 0 or enterprise_count = 0
    from firms
    union all
    select 'red_shops', community, grid_code, red_shops, rated_shops, rated_shops > 0 or shop_count = 0 from firms
    union all
    select 'floating_people', community, grid_code, floating_population, null, floating_population is not null
    from places
),
lines as (
    select scale.*, community, grid_code
    from grid_scale as scale
    cross join places
)
select
    coalesce(lines.measure, told.measure) as measure,
    coalesce(lines.community, told.community) as community,
    coalesce(lines.grid_code, told.grid_code) as grid_code,
    lines.grid_code is not null as is_registered,
    cast(told.numerator as double) as numerator,
    cast(told.denominator as double) as denominator,
    coalesce(told.is_reported, false) as is_reported
from lines
full join told
    on told.measure = lines.measure and told.community = lines.community and told.grid_code = lines.grid_code;

-- What is a measure's value in each grid, and how sure is it? Columns and rows of grid_told, and
--   value         null where not reported and for 0/0; a density is so many per `per`
--   is_small      a rate or density whose denominator says too little to be coloured
--   value_low     the 95 % interval: Wilson's for a rate, Byar's for a density; counts have none
create macro grid_valued(since, until, as_at, seen_at, known_at) as table
select
    told.measure, community, grid_code, is_registered, kind, smallest_ranked, is_reported,
    case when is_reported then numerator end as numerator,
    case when is_reported then denominator end as denominator,
    case
        when not is_reported then null
        when kind = 'count' then numerator
        else per * numerator / nullif(denominator, 0)
    end as value,
    is_reported and coalesce(denominator < smallest, false) as is_small,
    case
        when not is_reported then null
        when kind = 'rate' then wilson_low(numerator, denominator, 1.96)
        when kind = 'density' then per * poisson_low(numerator, 1.96) / nullif(denominator, 0)
    end as value_low,
    case
        when not is_reported then null
        when kind = 'rate' then wilson_high(numerator, denominator, 1.96)
        when kind = 'density' then per * poisson_high(numerator, 1.96) / nullif(denominator, 0)
    end as value_high
from grid_told(since, until, as_at, seen_at, known_at) as told
join grid_scale as scale on scale.measure = told.measure;

-- Where does each grid stand among the others in one measure? One row is one grid of grid_valued. Ranked are rates and
-- densities on denominators enough, over the whole street, from the better side (the higher, unless is_lower_better).
-- A place is only sure against the grids whose intervals lie wholly to one side: place_low is 1 + the surely better,
-- place_high is the ranked less the surely worse.
create macro grid_placed(asked, is_lower_better, since, until, as_at, known_at) as table
with grids as (
    select * from grid_valued(since, until, as_at, as_at, known_at) where measure = asked
),
ranked as (
    select
        community, grid_code,
        case when is_lower_better then value else -value end as badness,
        case when is_lower_better then value_low else -value_high end as badness_low,
        case when is_lower_better then value_high else -value_low end as badness_high
    from grids
    where is_registered and value is not null and denominator >= smallest_ranked
),
placed as (
    select
        own.community, own.grid_code,
        1 + count(*) filter (where other.badness < own.badness) as place_no,
        1 + count(*) filter (where other.badness_high < own.badness_low) as place_low,
        count(*) - count(*) filter (where other.badness_low > own.badness_high) as place_high
    from ranked as own
    cross join ranked as other
    group by own.community, own.grid_code
)
select grids.*, place_no, place_low, place_high
from grids
left join placed on placed.community = grids.community and placed.grid_code = grids.grid_code;

-- Which records of the period stand at a place of their own? One row is one hazard reported (not void), one visit or one
-- report of the public with a point; people have none here.
create macro located(since, until, as_at, known_at) as table
select 'hazard' as ledger, hazard_no as record_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from hazard_at(as_at, known_at)
where lon is not null and lat is not null and not is_void and reported_at >= since and reported_at < until
union all
select 'patrol_log', patrol_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from patrol_log_at(as_at, known_at)
where lon is not null and lat is not null and patrolled_at >= since and patrolled_at < until
union all
select 'public_report', report_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from public_report_at(as_at, known_at)
where lon is not null and lat is not null and reported_at >= since and reported_at < until;
