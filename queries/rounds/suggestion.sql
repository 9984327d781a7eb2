-- Where should tomorrow's round of each community go first, and why?
with outlook as (
    select * from round_outlook(cast($as_at as date) + 1, cast($as_at as date) + 2, $as_at, $known_at)
),
visited as (
    select
        community, grid_code, patrolled_on,
        patrolled_on - lag(patrolled_on) over (partition by grid_code order by patrolled_on) as gap_days
    from patrol_day_at($as_at, $known_at)
    where long_visit_count > 0
),
paced as (
    select grid_code, median(gap_days) as usual_gap
    from visited
    where patrolled_on > cast($as_at as date) - 91
    group by grid_code
),
reached as (
    select community, patrolled_on, count(*) as grid_count
    from visited
    where patrolled_on > cast($as_at as date) - 91
    group by community, patrolled_on
),
usual as (
    select community, quantile_disc(grid_count, 0.5) as usual_grid_count from reached group by community
),
standing as (
    select
        grid_code,
        count(*) filter (where is_open) as open_stock,
        count(*) filter (where is_overdue) as overdue_stock
    from hazard_at($as_at, $known_at)
    group by grid_code
),
ranked as (
    select
        outlook.*,
        unseen_wait * colour_weight as weighted_wait,
        usual_grid_count,
        row_number() over (
            partition by outlook.community
            order by unseen_wait * colour_weight desc nulls last, gap_days desc nulls last, grid_code
        ) as round_no
    from outlook
    left join usual on usual.community = outlook.community
)
select
    ranked.community,
    ranked.round_no,
    ranked.grid_code,
    ranked.grid_name,
    coalesce(ranked.round_no <= ranked.usual_grid_count, false) as is_in_round,
    ranked.usual_grid_count,
    ranked.last_long_visit_at as last_visit_at,
    ranked.gap_days,
    paced.usual_gap,
    ranked.hazards_lately,
    ranked.watched_days,
    ranked.hazards_per_day,
    ranked.unseen_hazards,
    ranked.unseen_wait,
    ranked.red_yellow_count,
    ranked.red_yellow_due,
    ranked.colour_weight,
    ranked.weighted_wait,
    coalesce(standing.open_stock, 0) as open_stock,
    coalesce(standing.overdue_stock, 0) as overdue_stock
from ranked
left join paced on paced.grid_code = ranked.grid_code
left join standing on standing.grid_code = ranked.grid_code
where in_scope(ranked.grid_code, ranked.community, $grids, $communities)
order by ranked.community, ranked.round_no;
