-- When was somebody there, and what did they note?
with looks as (
    select
        cast(visit.patrolled_at as date) as seen_on, 'patrol_log' as ledger,
        concat_ws('，', '巡查', case when visit.finding_count > 0 then '发现 ' || visit.finding_count || ' 处' end) as told,
        visit.batch_id, visit.source_sheet, visit.source_row
    from patrol_log_at($as_at, $known_at) as visit
    join enterprise_known($known_at) as firm on firm.grid_code = visit.grid_code and firm.name = visit.place
    where firm.record_key = $enterprise_key and is_long_visit(visit.stay_minutes)
    union all
    select
        found_on, 'finding',
        concat_ws(
            '，', coalesce(detail, indicator),
            case result when 'passed' then '合格' when 'failed' then '不合格' when 'partial' then '部分合格' end, note
        ),
        batch_id, source_sheet, source_row
    from finding_at($as_at, $known_at)
    where enterprise_key = $enterprise_key
    union all
    select
        checked_on, 'gas_guard', layer || case when is_ok then '到位' else '不到位' end, batch_id, source_sheet, source_row
    from gas_guard_known($known_at)
    where enterprise_key = $enterprise_key and checked_on <= cast($as_at as date)
)
select *
from looks
order by seen_on desc, ledger, told, source_row, batch_id
limit $rows;
