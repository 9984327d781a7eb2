-- Who is green in one scheme and red in the other, or green though its inherent risk is red?
with status as (
    select * from subject_status_at($as_at, $known_at)
    where in_scope(grid_code, community, $grids, $communities)
),
schemes as (
    select
        'schemes' as conflict_kind, green.enterprise_key, green.name, green.community, green.grid_code,
        green.scheme as green_scheme, red.scheme as red_scheme, red.reason, green.inherent_risk, green.responsible_post,
        red.colour_since_on
    from status as green
    -- one subject under both schemes, or two entries of one credit code
    join status as red
        on red.scheme <> green.scheme
        and (red.enterprise_key = green.enterprise_key or red.uscc = green.uscc)
    where green.colour = 'green' and red.colour = 'red'
),
risks as (
    select
        'risk', enterprise_key, name, community, grid_code, scheme, cast(null as varchar), reason, inherent_risk,
        responsible_post, colour_since_on
    from status
    where colour = 'green' and inherent_risk = 'red'
)
select * from schemes
union all
select * from risks
order by conflict_kind desc, name, enterprise_key, green_scheme;
