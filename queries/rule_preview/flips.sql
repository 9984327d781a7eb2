-- Whose colour would be another under a draft of the rule, applied at as_at?
with before as (
    select *
    from colour_evaluation
    where scheme = $scheme and evaluated_on < cast($as_at as date)
    qualify row_number() over (partition by enterprise_key order by evaluated_on desc) = 1
)
select
    status.scheme,
    status.enterprise_key,
    status.name,
    status.community,
    status.grid_code,
    status.is_overridden,
    before.standing,
    before.standing_since_on,
    before.pass_count,
    before.is_dwell_doubled,
    before.probation_from_on
from subject_status_at($as_at, $known_at) as status
left join before on before.enterprise_key = status.enterprise_key
where status.scheme = $scheme
    and in_scope(status.grid_code, status.community, $grids, $communities)
    and exists (
        select 1 from subject_seen
        where subject_seen.enterprise_key = status.enterprise_key and seen_on <= cast($as_at as date)
    )
order by status.enterprise_key;
