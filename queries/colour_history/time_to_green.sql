-- How long after turning red is how much of the red still not green? (Kaplan-Meier)
with lifetimes as (
    select 1 as group_no, lasted, is_ended
    from red_life_known($as_at, $known_at)
    where scheme = $scheme and in_scope(grid_code, community, $grids, $communities)
),
steps as (
    select * from still_going('lifetimes')
)
select lasted as red_lasted_days, share_left as share_not_green
from (select 0.0 as lasted, 1.0 as share_left where exists (select 1 from steps) union all select lasted, share_left from steps)
order by red_lasted_days, share_not_green desc;
