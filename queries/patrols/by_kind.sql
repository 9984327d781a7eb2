-- Whom did the patrols meet, by kind of visit?
with visits as (
    select * from patrol_log_at($as_at, $known_at)
    where patrolled_at >= $since and patrolled_at < $until
        and in_scope(grid_code, community, $grids, $communities)
)
select
    kind,
    count(*) as visit_count,
    total(contact_count) as contact_count,
    rate(total(contact_count), count(contact_count)) as contacts_per_visit,
    total(finding_count) as finding_count,
    total(stay_minutes) as stay_minutes
from visits
group by kind
order by contact_count desc, visit_count desc, kind;
