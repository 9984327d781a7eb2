-- From which provinces are those who left or returned?
with told as (
    select
        moved_on, community, grid_code, province,
        total(case when person_key is not null then coalesce(person_count, 1) end) as registered,
        total(case when person_key is null then person_count end) as counted
    from population_flow_at($as_at, $known_at)
    where direction = $direction and province is not null
        and moved_on >= $since and moved_on < $until
        and in_scope(grid_code, community, $grids, $communities)
    group by moved_on, community, grid_code, province
),
weighed as (
    select *, sum(registered) over whole >= sum(counted) over whole as is_register_larger
    from told
    window whole as (partition by moved_on, community)
)
select province, total(case when is_register_larger then registered else counted end) as person_count
from weighed
group by province
order by person_count desc, province;
