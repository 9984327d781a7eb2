-- By which rule is each scheme coloured, since when, and who approved it?
select
    scheme,
    rule_version,
    effective_from,
    approved_by,
    approved_by is null as is_trial,
    left(rule_hash, 8) as rule_mark,
    colour_basis,
    green_floor,
    yellow_floor,
    stale_after_days
from rule_at($as_at)
order by scheme;
