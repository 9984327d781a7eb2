-- How were the cases of this period found: by looking for them, or by complaint and order from above?
with sources as (
    select unnest(['patrol', 'self_check', 'mutual_check', 'snap', 'rider', 'joint', 'hotline', 'superior', 'other'])
        as source
),
counted as (
    select coalesce(source, 'other') as source, count(*) as filed
    from case_counted($since, $until, $as_at, $known_at)
    where counted_filed and in_scope(grid_code, community, $grids, $communities) and $kind in ('', kind)
    group by coalesce(source, 'other')
)
select
    sources.source,
    found_actively(sources.source) as is_found_actively,
    coalesce(counted.filed, 0) as filed,
    rate(coalesce(counted.filed, 0), sum(counted.filed) over ()) as filed_share_rate
from sources
left join counted on counted.source = sources.source
order by filed desc, source;
