-- How old is each ledger's newest event, against how often it should come?
with expected as (
    select unnest($ledgers) as ledger, unnest($cadences) as cadence_days
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
        date_diff('second', coalesce(fresh.newest_at, loaded.last_loaded_at), $as_at) / 86400.0 as age_days
    from expected
    left join ledger_freshness($as_at, $known_at) as fresh on fresh.ledger = expected.ledger
    left join loaded on loaded.ledger = expected.ledger
)
select *, age_days > cadence_days as is_behind
from aged
order by age_days / cadence_days desc nulls last, ledger;
