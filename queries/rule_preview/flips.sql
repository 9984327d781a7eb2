-- Whose colour would be another under a draft of the rule, applied at as_at?
with before as (
    select *
    from colour_evaluation
    where scheme = $scheme and evaluated_on < cast($as_at as date)
    qualify row_number() over (partition by enterprise_key order by evaluated_on desc) = 1
)
select
    worn.scheme,
    worn.enterprise_key,
    worn.name,
    worn.community,
    worn.grid_code,
    exists (
        select 1 from rating_override_known($known_at) as override
        where override.enterprise_key = worn.enterprise_key and override.scheme = worn.scheme
            and cast($as_at as date) between override.from_on and override.until_on
    ) as is_overridden,
    before.standing,
    before.standing_since_on,
    before.pass_count,
    before.is_dwell_doubled,
    before.probation_from_on
from subject_colour_at($as_at, $known_at) as worn
left join before on before.enterprise_key = worn.enterprise_key
where worn.scheme = $scheme
    and in_scope(worn.grid_code, worn.community, $grids, $communities)
order by worn.enterprise_key;
