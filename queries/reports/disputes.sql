-- Which quarrels did the ledgers hear of that somebody may have to mediate?
with own as (
    select * from report_at($as_at, $known_at) semi join public_report_at($as_at, $known_at) using (record_key)
),
every as (
    select 'public_report' as ledger, kind, reported_at as told_at, grid_code, community, handled_at is not null as is_handled
    from own
    union all
    -- what came by a channel with a ledger of its own stands there already
    select 'hazard', coalesce(case_kind, kind), reported_at, grid_code, community, is_handled
    from hazard_at($as_at, $known_at)
    where not exists (select 1 from own where report_channel = source)
    union all
    select 'suggestion', kind, submitted_at, grid_code, community, replied_at is not null
    from suggestion_state_at($as_at, $known_at)
)
select
    ledger,
    kind as dispute_kind,
    count(*) as dispute_count,
    count(*) filter (where is_handled) as handled_dispute_count
from every
where regexp_matches(kind, '调解|纠纷|矛盾') and told_at >= $since and told_at < $until
    and in_scope(grid_code, community, $grids, $communities)
group by ledger, kind
order by ledger, kind;
