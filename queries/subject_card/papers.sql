-- Which letters, drills, self-checks, certificates, danger sources and policies does it have?
with papers as (
    select
        'responsibility_letter' as ledger, coalesce(letter_kind, '责任状') as told, signed_on as begins_on,
        valid_until_on as last_on,
        case when is_posted then '已公示' when not is_posted then '未公示' end as state,
        batch_id, source_sheet, source_row, enterprise_key
    from responsibility_letter_known($known_at)
    union all
    -- what happened after as_at has not happened
    select
        'self_check', '企业自查', coalesce(due_on, checked_on),
        case when checked_on <= cast($as_at as date) then checked_on end,
        case
            when coalesce(checked_on > cast($as_at as date), true) then '未查'
            when checked_on > due_on then '迟查'
            else '已查'
        end,
        batch_id, source_sheet, source_row, enterprise_key
    from self_check_known($known_at)
    union all
    select
        'drill',
        case drill_kind
            when 'drill' then '应急演练' when 'gas_training' then '燃气培训' when 'safety_training' then '安全培训' else '其他培训'
        end,
        held_on, null, null, batch_id, source_sheet, source_row, enterprise_key
    from drill_known($known_at)
    union all
    select
        'certificate', certificate_kind, issued_on, expires_on, case when not is_displayed then '未亮证' end,
        batch_id, source_sheet, source_row, enterprise_key
    from certificate_known($known_at)
    union all
    select
        'danger_source', source_name, found_on, null,
        case
            when coalesce(registered_on > cast($as_at as date), true) then '未建档'
            when fault_on <= cast($as_at as date)
                and not coalesce(fixed_on between fault_on and cast($as_at as date), false) then '监测故障'
            else '已建档'
        end,
        batch_id, source_sheet, source_row, enterprise_key
    from danger_source_known($known_at)
    union all
    select
        'enterprise_policy', actions, version_on, review_due_on,
        case
            when reviewed_on <= cast($as_at as date) then '已复核'
            when review_due_on < cast($as_at as date) then '复核超期'
        end,
        batch_id, source_sheet, source_row, enterprise_key
    from enterprise_policy_known($known_at)
    union all
    select
        'enforcement',
        case event_kind when 'suspension' then '停产停业' when 'fatal_accident' then '死亡事故' else '其他' end,
        began_on, case when ended_on <= cast($as_at as date) then ended_on end, null,
        batch_id, source_sheet, source_row, enterprise_key
    from enforcement_known($known_at)
    union all
    select 'rating_override', reason, from_on, until_on, '人工调整', batch_id, source_sheet, source_row, enterprise_key
    from rating_override_known($known_at)
)
select ledger, told, begins_on, last_on, state, batch_id, source_sheet, source_row
from papers
where enterprise_key = $enterprise_key and coalesce(begins_on, date '0001-01-01') <= cast($as_at as date)
order by ledger, begins_on desc, told, source_row, batch_id;
