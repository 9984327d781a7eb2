-- Which rows of which ledgers stand behind every item that fired?
with status as (
    select scheme, enterprise_key, evaluation_no, rated_on
    from subject_colour_at($as_at, $known_at)
    where enterprise_key = $enterprise_key and evaluation_no is not null
),
fired as (
    select
        status.scheme, status.rated_on, item.fact, min(item.item_no) as item_no, max(item.fact_count) as fact_count,
        max(item.lost_points) as lost_points,
        string_agg(item.item_reason, '；' order by item.item_no) as item_reason,
        string_agg(item.item_kind, ',' order by item.item_no) as item_kinds
    from status
    join evaluation_item as item on item.evaluation_no = status.evaluation_no
    group by status.scheme, status.rated_on, item.fact
)
select
    fired.scheme,
    fired.item_reason,
    fired.lost_points,
    spell.told,
    spell.ledger,
    spell.from_on as begins_on,
    case when spell.until_on < endless() then spell.until_on end as ends_on,
    spell.unit_count,
    case when spell.ledger = 'hazard' then spell.record_key end as hazard_no,
    batch.file_name,
    spell.batch_id,
    spell.source_sheet,
    spell.source_row
from fired
join fact_spell as spell
    on spell.enterprise_key = $enterprise_key and spell.fact = fired.fact
    and spell.from_on <= fired.rated_on and spell.until_on > fired.rated_on
left join batch on batch.batch_id = spell.batch_id
order by fired.scheme, fired.lost_points desc, fired.item_no, spell.from_on, spell.record_key;
