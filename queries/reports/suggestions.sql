-- What became of the suggestions: how many were decided and adopted, and how long did a reply take? (Kaplan-Meier)
with suggestions as (
    select * from suggestion_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
lives as (
    select
        1 as group_no,
        replied_at is not null as is_ended,
        greatest(0, date_diff('second', submitted_at, coalesce(replied_at, $as_at)) / 86400.0) as lasted
    from suggestions
    -- one decided without a date tells no length
    where counted_submitted and not (is_decided and replied_at is null)
),
quantiles as (
    select
        lasted_until(lasted, share_left, 0.5) as half_days,
        lasted_until(lasted, share_left, 0.1) as ninth_decile_days
    from still_going('lives')
),
counted as (
    select
        count(*) filter (where counted_submitted) as suggestion_count,
        count(*) filter (where counted_decided) as decided_suggestion_count,
        count(*) filter (where counted_adopted) as adopted_count,
        count(*) filter (where counted_decided and result_class = 'A') as class_a_count,
        count(*) filter (where counted_decided and result_class = 'B') as class_b_count,
        count(*) filter (where counted_decided and result_class = 'C') as class_c_count,
        count(*) filter (where counted_decided and result_class = 'D') as class_d_count,
        count(*) filter (where counted_decided and coalesce(result_class, 'other') = 'other') as class_other_count,
        count(*) filter (where counted_replied_on_time) as replied_on_time_count,
        count(*) filter (where counted_replied and due_at is not null) as replied_with_limit_count
    from suggestions
)
select
    counted.*,
    rate(adopted_count, decided_suggestion_count) as adoption_rate,
    rate(replied_on_time_count, replied_with_limit_count) as on_time_reply_rate,
    half_days,
    ninth_decile_days
from counted
cross join quantiles
order by suggestion_count;
