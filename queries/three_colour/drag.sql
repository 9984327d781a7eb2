-- Which dimension, and which of its items, drags how many down?
with standing as (
    select * from subject_status_at($as_at, $known_at)
    where evaluation_no is not null and candidate <> 'unrated' and colour <> 'unrated'
        and in_scope(grid_code, community, $grids, $communities) and scheme = $scheme
),
rated as (
    select count(*) as rated_count from standing
),
items as (
    select
        coalesce(
            dimension.title, case fired.item_kind when 'veto' then '一票否决' when 'cap' then '封顶' else '拖延升级' end
        ) as dimension_title,
        coalesce(dimension.dimension_no, 90) as dimension_no,
        fired.item_kind,
        fact_source.label as fact_label,
        min(fired.item_no) as item_no,
        count(distinct standing.enterprise_key) as failing_count,
        count(distinct standing.enterprise_key) filter (where standing.colour <> 'green') as not_green_count,
        total(fired.fact_count) as fact_count,
        total(fired.lost_points) as lost_points
    from standing
    join evaluation_item as fired on fired.evaluation_no = standing.evaluation_no
    join fact_source on fact_source.fact = fired.fact
    left join rule_at($as_at) as rule on rule.scheme = standing.scheme
    left join rule_dimension as dimension
        on dimension.scheme = rule.scheme and dimension.effective_from = rule.effective_from
        and dimension.dimension = fired.dimension
    group by dimension_title, coalesce(dimension.dimension_no, 90), fired.item_kind, fact_source.label
)
select
    dimension_title,
    item_kind,
    fact_label,
    failing_count,
    rated_count,
    rate(failing_count, rated_count) as failing_rate,
    not_green_count,
    fact_count,
    lost_points,
    rate(lost_points, rated_count) as mean_lost_points
from items
cross join rated
order by dimension_no, item_no;
