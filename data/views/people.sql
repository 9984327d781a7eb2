-- How many people left, returned and are away.

-- How many people left, returned or stayed on a day, from the ledger itself? One row is one community, grid, day and
-- direction. A community that sends both a register of persons and daily counts tells the same people twice: day by
-- day the larger of the two holds, for the whole community, because counts seldom name a grid where registers do.
create macro flow_counted(as_at, known_at) as table
with told as (
    select
        moved_on, community, grid_code, direction,
        total(case when person_key is not null then coalesce(person_count, 1) end) as registered,
        total(case when person_key is null then person_count end) as counted
    from population_flow_at(as_at, known_at)
    group by moved_on, community, grid_code, direction
),
weighed as (
    select *, sum(registered) over whole >= sum(counted) over whole as is_register_larger
    from told
    window whole as (partition by moved_on, community, direction)
)
select
    moved_on, community, grid_code, direction,
    case when is_register_larger then registered else counted end as person_count
from weighed
where case when is_register_larger then registered else counted end > 0;

-- How many people left, returned or stayed on a day? As flow_counted; today's knowledge was counted at the build.
create macro flow_at(as_at, known_at) as table
select * from flow_day where known_at is null and moved_on <= cast(as_at as date)
union all
select * from flow_counted(as_at, known_at) where known_at is not null;

-- How many people of those who left in the running Spring Festival season have not come back? One row is one
-- community and grid; outside the forty days of travel there is none.
create macro away_at(as_at, known_at) as table
with season as (
    select new_year_on from calendar_day where day = cast(as_at as date) and chunyun_day is not null
)
select
    flow.community, flow.grid_code,
    total(case when direction = 'leave' then person_count end) as left_count,
    total(case when direction = 'return' then person_count end) as returned_count
from flow_at(as_at, known_at) as flow
join season on flow.moved_on >= season.new_year_on - 40 and flow.moved_on <= season.new_year_on + 60
where direction in ('leave', 'return')
group by flow.community, flow.grid_code;
