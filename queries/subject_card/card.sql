-- Who is this, in which colour, since when, why, and what would release it?
select
    status.scheme,
    status.name,
    status.industry,
    status.community,
    status.grid_code,
    status.park,
    status.district,
    status.inherent_risk,
    status.responsible_post,
    status.state,
    status.colour,
    status.colour_basis,
    status.colour_since_on,
    status.colour_days,
    status.score,
    status.candidate,
    status.reason,
    status.release,
    status.pass_count,
    rule.pass_need,
    status.dwell_days,
    status.standing_since_on,
    date_diff('day', status.standing_since_on, cast($as_at as date)) as dwelt_days,
    status.is_dwell_doubled,
    status.probation_from_on,
    status.rule_version,
    rule.approved_by is null as is_trial,
    status.rated_colour,
    status.rated_colour_on,
    status.last_seen_on,
    status.is_stale,
    visit.visit_due_on,
    visit.is_visit_overdue
from subject_status_at($as_at, $known_at) as status
join rule_at($as_at) as rule on rule.scheme = status.scheme
left join subject_visit_at($as_at, $known_at) as visit
    on visit.enterprise_key = status.enterprise_key and visit.scheme = status.scheme
where status.enterprise_key = $enterprise_key
order by case status.colour when 'red' then 1 when 'yellow' then 2 when 'green' then 3 else 4 end, status.scheme;
