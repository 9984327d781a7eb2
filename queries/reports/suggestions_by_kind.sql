-- What do people suggest, and what of it is adopted?
with suggestions as (
    select * from suggestion_counted($since, $until, $as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
counted as (
    select
        kind as suggestion_kind,
        count(*) filter (where counted_submitted) as suggestion_count,
        count(*) filter (where counted_decided) as decided_suggestion_count,
        count(*) filter (where counted_adopted) as adopted_count,
        count(*) filter (where counted_decided and result_class = 'A') as class_a_count,
        count(*) filter (where counted_decided and result_class = 'B') as class_b_count,
        count(*) filter (where counted_decided and result_class = 'C') as class_c_count,
        count(*) filter (where counted_decided and result_class = 'D') as class_d_count
    from suggestions
    where counted_submitted or counted_decided
    group by kind
)
select *, rate(adopted_count, decided_suggestion_count) as adoption_rate
from counted
order by suggestion_count desc, decided_suggestion_count desc, suggestion_kind;
