-- How fresh each ledger is.

-- How fresh is each ledger? One row is one ledger that holds something: its newest event by then, and its records.
create macro ledger_freshness(as_at, known_at) as table
select 'enterprise' as ledger, cast(null as timestamp) as newest_at, count(*) as record_count
from enterprise_known(known_at) having count(*) > 0
union all
select 'finding', cast(max(found_on) as timestamp), count(*) from finding_at(as_at, known_at) having count(*) > 0
union all
select 'grid', null, count(*) from grid_known(known_at) having count(*) > 0
union all
select 'hazard', max(reported_at), count(*) from hazard_at(as_at, known_at) having count(*) > 0
union all
select 'migration_index', cast(max(indexed_on) as timestamp), count(*) from migration_index_at(as_at, known_at)
having count(*) > 0
union all
select 'patrol_log', max(last_visit_at), total(visit_count) from patrol_day_at(as_at, known_at) having count(*) > 0
union all
select 'points', max(occurred_at), count(*) from points_at(as_at, known_at) having count(*) > 0
union all
select 'population_flow', cast(max(moved_on) as timestamp), count(*) from population_flow_at(as_at, known_at)
having count(*) > 0
union all
select 'public_report', max(reported_at), count(*) from public_report_at(as_at, known_at) having count(*) > 0
union all
select 'rating', cast(max(rated_on) as timestamp), count(*) from rating_at(as_at, known_at) having count(*) > 0
union all
select 'resumption', cast(max(applied_on) as timestamp), count(*) from resumption_at(as_at, known_at) having count(*) > 0
union all
select 'service_order', max(requested_at), count(*) from service_order_at(as_at, known_at) having count(*) > 0
union all
select 'suggestion', max(submitted_at), count(*) from suggestion_at(as_at, known_at) having count(*) > 0
union all
select 'vacated_room', cast(max(vacant_from) filter (where vacant_from <= cast(as_at as date)) as timestamp), count(*)
from vacated_room_at(as_at, known_at) having count(*) > 0
union all
select 'worker', cast(max(left_on) filter (where left_on <= cast(as_at as date)) as timestamp), count(*)
from worker_at(as_at, known_at) having count(*) > 0
union all
select 'certificate', cast(max(issued_on) filter (where issued_on <= cast(as_at as date)) as timestamp), count(*)
from certificate_at(as_at, known_at) having count(*) > 0
union all
select 'danger_source', cast(max(found_on) as timestamp), count(*) from danger_source_at(as_at, known_at) having count(*) > 0
union all
select 'district_score', cast(max(scored_on) as timestamp), count(*) from district_score_at(as_at, known_at) having count(*) > 0
union all
select 'drill', cast(max(held_on) as timestamp), count(*) from drill_at(as_at, known_at) having count(*) > 0
union all
select 'enforcement', cast(max(began_on) as timestamp), count(*) from enforcement_at(as_at, known_at) having count(*) > 0
union all
select 'enterprise_policy', cast(max(version_on) as timestamp), count(*) from enterprise_policy_at(as_at, known_at) having count(*) > 0
union all
select 'gas_guard', cast(max(checked_on) as timestamp), count(*) from gas_guard_at(as_at, known_at) having count(*) > 0
union all
select 'rating_override', cast(max(from_on) as timestamp), count(*) from rating_override_at(as_at, known_at) having count(*) > 0
union all
select 'responsibility_letter', cast(max(signed_on) as timestamp), count(*) from responsibility_letter_at(as_at, known_at) having count(*) > 0
union all
select 'self_check', cast(max(checked_on) filter (where checked_on <= cast(as_at as date)) as timestamp), count(*)
from self_check_at(as_at, known_at) having count(*) > 0
union all
select 'shop_need', cast(max(raised_on) as timestamp), count(*) from shop_need_at(as_at, known_at) having count(*) > 0
union all
select 'shop_resource', cast(max(offered_on) as timestamp), count(*) from shop_resource_at(as_at, known_at) having count(*) > 0;
