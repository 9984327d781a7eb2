-- How many points does each dimension leave it?
with status as (
    select * from subject_colour_at($as_at, $known_at)
    where enterprise_key = $enterprise_key and evaluation_no is not null
),
lost as (
    select evaluation_no, dimension, sum(lost_points) as lost_points
    from evaluation_item
    where dimension is not null and evaluation_no in (select evaluation_no from status)
    group by evaluation_no, dimension
)
select
    status.scheme,
    dimension.title as dimension_title,
    dimension.full_points,
    -- what a dimension has to lose is all it can lose
    cast(least(coalesce(lost.lost_points, 0), dimension.full_points) as bigint) as lost_points,
    cast(dimension.full_points - least(coalesce(lost.lost_points, 0), dimension.full_points) as bigint) as points_left
from status
join rule_at($as_at) as rule on rule.scheme = status.scheme
join rule_dimension as dimension on dimension.scheme = rule.scheme and dimension.effective_from = rule.effective_from
left join lost on lost.evaluation_no = status.evaluation_no and lost.dimension = dimension.dimension
order by status.scheme, dimension.dimension_no;
