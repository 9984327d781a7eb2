-- Which shop lacks which of the three lists?
select
    enterprise_key,
    name,
    community,
    grid_code,
    has_basics,
    basics_missing,
    has_needs,
    need_count,
    has_resources,
    resource_count
from shop_list_at($as_at, $known_at)
where in_scope(grid_code, community, $grids, $communities) and not (has_basics and has_needs and has_resources)
order by cast(has_basics as integer) + cast(has_needs as integer) + cast(has_resources as integer), name, enterprise_key;
