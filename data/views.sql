-- Shared meanings, each in one place. A macro takes `as_at`, the moment looked at (events after it have not happened),
-- and `known_at`, the moment of knowing (rows loaded after it are not known; null: everything loaded).
-- For every ledger the build adds <table> (current rows), <table>_known(known_at) and <table>_at(as_at, known_at).

-- Is a row within the communities and grids asked for? An empty list asks for all.
create macro in_scope(grid_code, community, grids, communities) as (
    (len(grids) = 0 or list_contains(grids, grid_code))
    and (len(communities) = 0 or list_contains(communities, community))
);

-- Which communities are there? One row is one community of the street, summed over its grids.
create view community as
select
    community,
    max(community_code) as community_code,
    max(street) as street,
    count(*) as grid_count,
    sum(households) as households,
    sum(population) as population,
    sum(floating_population) as floating_population
from grid
group by community;

-- Where does every hazard stand? One row is one hazard or case reported by then, with the state it was in.
--   is_case       filed, not void, not handled on the spot: population X of the measures
--   due_eff_at    the limit that counts: extended where an extension was granted
--   is_closed     also where a file says so without a date (closed_at is then null)
--   is_overdue    open past its limit, not suspended, unless handled in time and only waiting for its check
--   stage         reported, filed, dispatched, handled, verified, closed; void and self_handled stand apart
create macro hazard_at(as_at, known_at) as table
with known as (
    select * from hazard_known(known_at) as latest where latest.reported_at <= as_at
),
lived as (
    select
        record_key, hazard_no, reopen_of, grid_code, community, place, part, kind, case_kind, level, description, source,
        unit, status, measure, fund, emergency_plan, has_owner, note, lon, lat, crs, has_filing, closed_basis,
        coalesce(rework_count, 0) as rework_count,
        coalesce(is_suspended, false) as is_suspended,
        coalesce(is_self_handled, false) as is_self_handled,
        reported_at,
        -- a ledger without a filing column starts the clock when the hazard is found
        coalesce(filed_at, case when not coalesce(has_filing, false) then reported_at end) as filed_at,
        dispatched_at,
        coalesce(handled_first_at, handled_at, closed_at) as handled_first_at,
        coalesce(handled_at, closed_at) as handled_at,
        verified_at,
        closed_at,
        closed_at is null and (status = 'closed' or coalesce(is_written_off, false)) as is_closed_undated,
        handled_at is null and closed_at is null and status in ('handled', 'closed') as is_handled_undated,
        voided_at,
        due_at,
        extended_due_at,
        coalesce(extended_due_at, due_at) as due_eff_at,
        updated_at, batch_id, source_sheet, source_row, known_since
    from known
),
happened as (
    select *,
        coalesce(filed_at <= as_at, false) as is_filed,
        coalesce(voided_at <= as_at, false) as is_void,
        coalesce(dispatched_at <= as_at, false) as is_dispatched,
        coalesce(handled_at <= as_at, false) or coalesce(is_handled_undated, false) as is_handled,
        coalesce(verified_at <= as_at, false) as is_verified,
        coalesce(closed_at <= as_at, false) or coalesce(is_closed_undated, false) as is_closed,
        coalesce(due_eff_at < as_at, false) as is_due,
        coalesce(handled_at <= due_eff_at and handled_at <= as_at, false) as is_handled_on_time,
        coalesce(handled_first_at <= due_eff_at and handled_first_at <= as_at, false) as is_first_handled_on_time,
        coalesce(extended_due_at > due_at, false) as is_extended
    from lived
),
judged as (
    select *, is_filed and not is_void and not is_self_handled as is_case from happened
)
select
    record_key, hazard_no, reopen_of, reopen_of is not null as is_reopened,
    grid_code, community, place, part, kind, case_kind, level, description, source, unit, status,
    measure, fund, emergency_plan, has_owner, note, lon, lat, crs, has_filing, closed_basis, rework_count,
    reported_at, filed_at, dispatched_at, handled_first_at, handled_at, verified_at, closed_at, voided_at,
    due_at, extended_due_at, due_eff_at,
    is_case, is_filed, is_void, is_self_handled, is_suspended, is_dispatched, is_handled, is_verified, is_closed,
    is_due, is_extended, is_handled_on_time, is_first_handled_on_time,
    is_case and not is_closed as is_open,
    is_case and not is_closed and not is_suspended and is_due and not is_handled_on_time as is_overdue,
    case
        when is_void then 'void'
        when is_self_handled then 'self_handled'
        when is_closed then 'closed'
        when is_verified then 'verified'
        when is_handled then 'handled'
        when is_dispatched then 'dispatched'
        when is_filed then 'filed'
        else 'reported'
    end as stage,
    updated_at, batch_id, source_sheet, source_row, known_since
from judged;

-- Which cases fell due in [since, until)? The due cohort D: filed, not void, not self-handled, not suspended.
create macro hazard_due(since, until, as_at, known_at) as table
select *
from hazard_at(as_at, known_at)
where is_case and not is_suspended and due_eff_at >= since and due_eff_at < least(until, as_at);

-- Which colour does each subject wear? One row is one enterprise or shop under one scheme, by its latest rating.
create macro colour_at(as_at, known_at) as table
with ranked as (
    select *,
        row_number() over (
            partition by enterprise_key, scheme
            order by rated_on desc, coalesce(updated_at, known_since) desc, record_key desc
        ) as recency,
        lead(colour) over (
            partition by enterprise_key, scheme
            order by rated_on desc, coalesce(updated_at, known_since) desc, record_key desc
        ) as colour_before
    from rating_at(as_at, known_at)
)
select enterprise_key, scheme, colour, colour_before, rated_on, rating_kind, score, reason, batch_id, source_sheet, source_row
from ranked
where recency = 1;
