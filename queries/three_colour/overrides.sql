-- Which colours were set by hand, until when, and what would the rule say?
select
    status.scheme,
    status.enterprise_key,
    status.name,
    status.community,
    status.grid_code,
    override.colour,
    status.assigned as colour_by_rule,
    override.from_on as override_from_on,
    override.until_on as override_until_on,
    date_diff('day', cast($as_at as date), override.until_on) as override_left_days,
    override.reason as override_reason,
    override.batch_id,
    override.source_sheet,
    override.source_row
from rating_override_known($known_at) as override
join subject_status_at($as_at, $known_at) as status
    on status.enterprise_key = override.enterprise_key and status.scheme = override.scheme
where override.from_on <= cast($as_at as date) and override.until_on >= cast($as_at as date)
    and in_scope(status.grid_code, status.community, $grids, $communities) and $scheme in ('', status.scheme)
order by override_until_on, status.name, status.enterprise_key, status.scheme;
