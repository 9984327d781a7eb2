-- What do people report about, and does it grow?
with counted as (
    select 'now' as period, * from report_counted($since, $until, $as_at, $known_at)
    union all
    select 'before', * from report_counted($since_before, $until_before, $as_at_before, $known_at)
)
select
    kind as report_kind,
    count(*) filter (where period = 'now' and counted_reported) as report_count,
    count(*) filter (where period = 'before' and counted_reported) as report_count_before,
    count(*) filter (where period = 'now' and counted_judged) as judged_report_count,
    count(*) filter (where period = 'now' and counted_valid) as valid_report_count,
    count(*) filter (where period = 'now' and counted_duplicate) as duplicate_report_count,
    rate(
        count(*) filter (where period = 'now' and counted_valid), count(*) filter (where period = 'now' and counted_judged)
    ) as valid_report_rate
from counted
where in_scope(grid_code, community, $grids, $communities)
group by kind
having count(*) filter (where counted_reported) > 0
order by report_count desc, report_count_before desc, kind
limit $rows;
