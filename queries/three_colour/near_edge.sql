-- Who is one step from a worse colour, by points or by a limit that ends within a week?
with by_points as (
    select
        edge.scheme, edge.enterprise_key, edge.name, edge.community, edge.grid_code, edge.colour, edge.score,
        edge.points_above_floor,
        'points' as edge_kind,
        string_agg(fact_source.label, '、' order by edge.item_no) as edge_what,
        cast(null as date) as edge_on
    from edge_at($as_at, $known_at) as edge
    join fact_source on fact_source.fact = edge.fact
    group by edge.scheme, edge.enterprise_key, edge.name, edge.community, edge.grid_code, edge.colour, edge.score,
        edge.points_above_floor
),
-- a hazard that falls due caps its subject at yellow, so only the green have something to lose
by_limit as (
    select
        status.scheme, status.enterprise_key, status.name, status.community, status.grid_code, status.colour, status.score,
        cast(null as bigint) as points_above_floor,
        'limit' as edge_kind,
        string_agg(hazard.hazard_no, '、' order by hazard.overdue_on, hazard.hazard_no) as edge_what,
        min(hazard.overdue_on) - 1 as edge_on
    from subject_status_at($as_at, $known_at) as status
    join subject_hazard($known_at) as hazard on hazard.enterprise_key = status.enterprise_key
    where status.colour = 'green' and status.colour_basis = 'rule' and not hazard.is_suspended
        and (status.scheme = 'shop' or not hazard.is_major)
        and hazard.filed_on <= cast($as_at as date) and hazard.left_on > cast($as_at as date)
        and hazard.overdue_on > cast($as_at as date) and hazard.overdue_on <= cast($as_at as date) + 8
    group by status.scheme, status.enterprise_key, status.name, status.community, status.grid_code, status.colour, status.score
)
select * from (select * from by_points union all select * from by_limit) as edge
where in_scope(grid_code, community, $grids, $communities) and $scheme in ('', scheme)
order by scheme, edge_kind, edge_on, points_above_floor, name, enterprise_key;
