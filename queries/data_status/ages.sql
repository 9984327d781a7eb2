-- How old is each ledger's newest event, against how often it should come?
with expected as (
    select unnest($ledgers) as ledger, unnest($cadences) as cadence_days
),
season as (
    select new_year_offset between -40 and 60 as is_season from calendar_day where day = cast($as_at as date)
),
loaded as (
    select ledger, max(loaded_at) as last_loaded_at, count(*) as batch_count
    from batch
    where $known_at is null or known_at <= $known_at
    group by ledger
),
aged as (
    select
        expected.ledger,
        cast(expected.cadence_days as bigint) as cadence_days,
        coalesce(fresh.record_count, 0) as record_count,
        coalesce(loaded.batch_count, 0) as batch_count,
        loaded.last_loaded_at,
        fresh.newest_at,
        -- a register without events is as old as its last load
        case
            when coalesce(fresh.newest_at, loaded.last_loaded_at) > $as_at then 0
            else date_diff('day', coalesce(fresh.newest_at, loaded.last_loaded_at), $as_at)
        end as age_days
    from expected
    left join ledger_freshness($as_at, $known_at) as fresh on fresh.ledger = expected.ledger
    left join loaded on loaded.ledger = expected.ledger
)
select
    aged.*,
    -- nothing is expected of a holiday's ledger when there is no holiday
    case
        when is_season or not list_contains($seasonal, ledger) then age_days > cadence_days
    end as is_behind
from aged
cross join season
order by is_behind desc nulls last, age_days / cadence_days desc nulls last, ledger;
