-- How many shops have each of the three lists, and all three?
select
    count(*) as subject_count,
    count(*) filter (where has_basics) as basics_count,
    count(*) filter (where has_needs) as needs_count,
    count(*) filter (where has_resources) as resources_count,
    count(*) filter (where has_basics and has_needs and has_resources) as all_lists_count,
    rate(count(*) filter (where has_basics), count(*)) as basics_rate,
    rate(count(*) filter (where has_needs), count(*)) as needs_rate,
    rate(count(*) filter (where has_resources), count(*)) as resources_rate,
    rate(count(*) filter (where has_basics and has_needs and has_resources), count(*)) as all_lists_rate
from shop_list_at($as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities)
order by subject_count;
