-- Who is one step from a worse colour, by points or by a limit that ends within a week?
with status as materialized (
    select scheme, enterprise_key, name, community, grid_code, colour, colour_basis, score, evaluation_no
    from subject_colour_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
),
by_points as (
    select
        status.* exclude (colour_basis),
        'points' as edge_kind,
        max(edge.points_above_floor) as points_above_floor,
        string_agg(fact_source.label, '、' order by edge.item_no) as edge_what,
        cast(null as date) as edge_on
    from status
    join edge_of('status') as edge on edge.evaluation_no = status.evaluation_no
    join fact_source on fact_source.fact = edge.fact
    group by all
),
-- a hazard that falls due caps its subject at yellow, so only the green have something to lose
by_limit as (
    select
        status.* exclude (colour_basis),
        'limit' as edge_kind,
        cast(null as bigint) as points_above_floor,
        string_agg(hazard.hazard_no, '、' order by hazard.due_on, hazard.hazard_no) as edge_what,
        min(hazard.due_on) as edge_on
    from status
    join subject_hazard($known_at) as hazard on hazard.enterprise_key = status.enterprise_key
    where status.colour = 'green' and status.colour_basis = 'rule' and not hazard.is_suspended
        and (status.scheme = 'shop' or not hazard.is_major)
        and hazard.filed_on <= cast($as_at as date) and hazard.left_on > cast($as_at as date)
        and hazard.due_on between cast($as_at as date) and cast($as_at as date) + 7
        -- one handled by its limit only waits for its check
        and not (hazard.is_handled_on_time and hazard.handled_on <= cast($as_at as date))
    group by all
)
select
    scheme, enterprise_key, name, community, grid_code, colour, score, points_above_floor, edge_kind, edge_what, edge_on
from (select * from by_points union all by name select * from by_limit) as edge
order by scheme, edge_kind, edge_on, points_above_floor, name, enterprise_key;
