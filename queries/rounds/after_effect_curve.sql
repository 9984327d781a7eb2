-- What share of visits has nobody reported a hazard after, so many days on, by how long the visit stayed? (Kaplan-Meier)
with lifetimes as (
    select * from visit_aftermath(cast($as_at as date) - $days, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
steps as (
    select * from still_going('lifetimes')
),
marks as (
    select group_no, stay_bin, unnest(range(29)) / 4.0 as after_visit_days, max(lasted) as longest_days
    from lifetimes
    group by group_no, stay_bin
)
select
    marks.stay_bin,
    marks.after_visit_days,
    coalesce(steps.share_left, 1.0) as share_without_hazard
from marks
asof left join steps on steps.group_no = marks.group_no and steps.lasted <= marks.after_visit_days
where marks.after_visit_days <= marks.longest_days
order by marks.group_no, marks.after_visit_days;
