-- Which kinds of hazard are there most of, filed in this period and still open?
with counted as (
    select
        kind,
        count(*) filter (where counted_filed) as filed,
        count(*) filter (where counted_open_stock) as open_stock,
        count(*) filter (where counted_overdue_stock) as overdue_stock
    from case_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
    group by kind
)
select *
from counted
where filed > 0 or open_stock > 0
order by open_stock desc, filed desc, kind
limit $rows;
