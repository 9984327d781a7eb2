-- What a three-colour rule reads: every fact as spells, so many units at a subject on since <= day < until.
-- data/reference/three_colour/facts.toml names the facts; data/colouring/ counts them on the days that are looked at.

-- The end of what has no end yet.
create macro endless() as (date '9999-12-31');

-- Is a subject open for business? By the state its register tells: closed_long, vacant, else null.
create macro business_status(state) as (
    case
        when regexp_matches(state, '空铺|空置') then 'vacant'
        when regexp_matches(state, '停业|歇业|关门|闭店') and not regexp_matches(state, '暂停|装修') then 'closed_long'
    end
);

-- Does a shop cook? What the gas layers it must have follow from.
create macro is_catering(industry) as (
    coalesce(regexp_matches(industry, '餐|饭|食堂|小吃|火锅|烧烤|面馆|早点|茶饮|烘焙|饮品'), false)
);

-- How many layers of gas protection a shop must have: five where it cooks, else three (餐饮五重、其他三重).
create macro gas_layers(industry) as (case when is_catering(industry) then 5 else 3 end);

-- Whose colour is worked out? One row is one enterprise or shop under one scheme: that of its kind, and any other it was
-- rated under.
create macro coloured_subject(known_at) as table
select record_key as enterprise_key, subject_kind as scheme from enterprise_known(known_at)
union
select rating.enterprise_key, rating.scheme
from rating_known(known_at) as rating
join enterprise_known(known_at) as firm on firm.record_key = rating.enterprise_key;

-- On which days was somebody at a subject? One row is one subject and day: a visit that names it in its own grid, a
-- finding, a look at its gas.
create macro subject_seen_counted(known_at) as table
select firm.record_key as enterprise_key, visit.patrolled_on as seen_on
from place_visit_at(timestamp '9999-12-30', known_at) as visit
join enterprise_known(known_at) as firm on firm.grid_code = visit.grid_code and firm.name = visit.place
union
select enterprise_key, found_on from finding_known(known_at) where enterprise_key is not null
union
select enterprise_key, checked_on from gas_guard_known(known_at) where enterprise_key is not null;

-- The hazards of every subject: cases whose place is its name, in its own grid. Day by day: a limit lasts through its day,
-- and what is closed on a day is closed on it.
create macro subject_hazard(known_at) as table
select
    firm.record_key as enterprise_key,
    hazard.record_key,
    hazard.hazard_no,
    hazard.grid_code,
    hazard.part,
    hazard.kind,
    hazard.description,
    hazard.level is not distinct from 'major' as is_major,
    hazard.is_suspended,
    hazard.rework_count,
    cast(hazard.filed_at as date) as filed_on,
    case
        when hazard.is_closed then coalesce(cast(hazard.closed_at as date), cast(hazard.filed_at as date))
        else endless()
    end as closed_on,
    -- handled in time and only waiting for its check is not late
    case when hazard.is_handled_on_time then endless() else coalesce(cast(hazard.due_eff_at as date) + 1, endless()) end
        as overdue_on,
    cast(coalesce(hazard.handled_at, hazard.verified_at, hazard.closed_at, hazard.handled_first_at, hazard.filed_at) as date)
        as rechecked_on,
    hazard.batch_id,
    hazard.source_sheet,
    hazard.source_row
from hazard_at(timestamp '9999-12-30', known_at) as hazard
join enterprise_known(known_at) as firm on firm.grid_code = hazard.grid_code and firm.name = hazard.place
where hazard.is_case;

create macro hazard_fact_spell(known_at) as table
with hazards as (
    select *,
        lag(filed_on) over (partition by enterprise_key, part, kind order by filed_on, record_key) as filed_before_on
    from subject_hazard(known_at)
),
told as (
    select 'open_major_hazards' as fact, filed_on as from_on, closed_on as until_on, 1 as unit_count, hazards.*
    from hazards where is_major
    union all
    select 'open_general_hazards_in_time', filed_on, least(overdue_on, closed_on), 1, hazards.*
    from hazards where not is_major and not is_suspended
    union all
    select 'overdue_general_hazards', greatest(overdue_on, filed_on), closed_on, 1, hazards.*
    from hazards where not is_major and not is_suspended
    union all
    select 'overdue_hazards', greatest(overdue_on, filed_on), closed_on, 1, hazards.*
    from hazards where not is_suspended
    union all
    select 'repeat_hazards_180d', filed_on, filed_on + 180, 1, hazards.*
    from hazards where part is not null and kind is not null and filed_before_on >= filed_on - 180
    union all
    select 'failed_rechecks_90d', rechecked_on, rechecked_on + 90, rework_count, hazards.*
    from hazards where rework_count > 0
)
select
    enterprise_key, fact, from_on, until_on, cast(unit_count as bigint) as unit_count,
    'hazard' as ledger, record_key,
    concat_ws('，', hazard_no, kind, part, case when overdue_on < endless() then '限 ' || strftime(overdue_on - 1, '%Y-%m-%d') end)
        as told,
    batch_id, source_sheet, source_row
from told;

-- What was found when somebody looked: within a window, or until a later look at the same thing passes.
create macro finding_fact_spell(known_at) as table
with looked as (
    select finding.*, fact_word.fact, fact_word.window_days, coalesce(detail, indicator) as looked_at
    from finding_known(known_at) as finding
    join (
        select distinct text.looked_at, word.fact, word.window_days
        from (select distinct coalesce(detail, indicator) as looked_at from finding_known(known_at)) as text
        join fact_word as word on contains(text.looked_at, word.word)
    ) as fact_word on fact_word.looked_at = coalesce(finding.detail, finding.indicator)
    where finding.enterprise_key is not null
),
-- of several looks at one thing on one day the worst counts
daily as (
    select
        enterprise_key, fact, window_days, looked_at, found_on,
        max(case when result in ('failed', 'partial') then coalesce(fault_count, 1) else 0 end) as unit_count,
        arg_max(record_key, case when result in ('failed', 'partial') then coalesce(fault_count, 1) else 0 end) as record_key
    from looked
    group by enterprise_key, fact, window_days, looked_at, found_on
),
followed as (
    select *,
        lead(found_on, 1, endless()) over (partition by enterprise_key, fact, looked_at order by found_on) as next_on
    from daily
)
select
    followed.enterprise_key, followed.fact, followed.found_on as from_on,
    case when followed.window_days is null then followed.next_on else followed.found_on + followed.window_days end as until_on,
    followed.unit_count,
    'finding' as ledger, followed.record_key, concat_ws('，', followed.looked_at, finding.note) as told,
    finding.batch_id, finding.source_sheet, finding.source_row
from followed
join finding_known(known_at) as finding on finding.record_key = followed.record_key
where followed.unit_count > 0;

-- What was reported of a shop and found true.
create macro complaint_fact_spell(known_at) as table
select
    firm.record_key as enterprise_key, 'valid_complaints_30d' as fact,
    cast(report.reported_at as date) as from_on, cast(report.reported_at as date) + 30 as until_on, cast(1 as bigint) as unit_count,
    'public_report' as ledger, report.record_key, concat_ws('，', report.report_no, report.kind) as told,
    report.batch_id, report.source_sheet, report.source_row
from public_report_known(known_at) as report
join enterprise_known(known_at) as firm on firm.grid_code = report.grid_code and firm.name = report.place
where report.is_valid and report.duplicate_of is null and regexp_matches(report.kind, '油烟|噪声|噪音|扰民|异味');

-- The days on which something a subject must have was in force: a letter of responsibility that is posted, a drill.
create macro paper_in_force(known_at) as table
select
    enterprise_key, 'no_safety_commitment' as fact, signed_on as from_on,
    coalesce(valid_until_on + 1, cast(signed_on + interval 1 year as date)) as until_on
from responsibility_letter_known(known_at)
where enterprise_key is not null and is_posted is distinct from false
union all
select enterprise_key, 'no_drill_12m', held_on, cast(held_on + interval 1 year as date)
from drill_known(known_at)
where enterprise_key is not null and drill_kind = 'drill';

-- Since when does the warehouse know of such papers, by kind of subject? Nobody lacks what nobody writes down.
create macro paper_known_from(known_at) as table
select subject_kind as scheme, fact, min(from_on) as known_from
from paper_in_force(known_at) as paper
join enterprise_known(known_at) as firm on firm.record_key = paper.enterprise_key
group by subject_kind, fact;

create macro paper_fact_spell(known_at) as table
with owing as (
    select firm.record_key as enterprise_key, known.fact, greatest(known.known_from, coalesce(firm.registered_on, known.known_from)) as owed_from
    from enterprise_known(known_at) as firm
    join paper_known_from(known_at) as known on known.scheme = firm.subject_kind
),
covered as (
    select enterprise_key, fact, from_on, until_on from paper_in_force(known_at)
    union all
    -- a paper of no days where the owing begins, so that the gap before the first one is told too
    select enterprise_key, fact, owed_from, owed_from from owing
),
gaps as (
    select
        enterprise_key, fact,
        max(until_on) over in_turn as from_on,
        lead(from_on, 1, endless()) over in_turn as until_on
    from covered
    window in_turn as (partition by enterprise_key, fact order by from_on, until_on rows unbounded preceding)
)
select
    gaps.enterprise_key, gaps.fact, greatest(gaps.from_on, owing.owed_from) as from_on, gaps.until_on, cast(1 as bigint) as unit_count,
    case gaps.fact when 'no_drill_12m' then 'drill' else 'responsibility_letter' end as ledger,
    cast(null as varchar) as record_key,
    case gaps.fact when 'no_drill_12m' then '演练培训台账里没有' else '责任状台账里没有生效且已公示的' end as told,
    cast(null as varchar) as batch_id, cast(null as varchar) as source_sheet, cast(null as bigint) as source_row
from gaps
join owing on owing.enterprise_key = gaps.enterprise_key and owing.fact = gaps.fact;

create macro self_check_fact_spell(known_at) as table
select
    enterprise_key, 'missed_self_checks_90d' as fact, due_on + 1 as from_on,
    least(due_on + 91, coalesce(checked_on, endless())) as until_on, cast(1 as bigint) as unit_count,
    'self_check' as ledger, record_key, '应查 ' || strftime(due_on, '%Y-%m-%d') as told, batch_id, source_sheet, source_row
from self_check_known(known_at)
where enterprise_key is not null and due_on is not null;

create macro register_fact_spell(known_at) as table
with firm as (
    select *, bool_or(has_safety_officer) over () as tells_officers from enterprise_known(known_at)
)
-- only where the register tells of safety officers at all
select
    record_key as enterprise_key, 'no_safety_officer' as fact, coalesce(registered_on, date '2000-01-01') as from_on,
    endless() as until_on, cast(1 as bigint) as unit_count,
    'enterprise' as ledger, record_key, '企业台账里安全管理员一栏为空' as told, batch_id, source_sheet, source_row
from firm
where not has_safety_officer and subject_kind = 'enterprise' and tells_officers
union all
-- a register tells its state of now: it holds from the day that version is of
select
    record_key, 'business_' || business_status(state), cast(coalesce(updated_at, known_since) as date), endless(), 1,
    'enterprise', record_key, '企业台账里状态是“' || state || '”', batch_id, source_sheet, source_row
from firm
where business_status(state) is not null;

create macro danger_fact_spell(known_at) as table
select
    enterprise_key, 'unregistered_danger_sources' as fact, found_on as from_on, coalesce(registered_on, endless()) as until_on,
    cast(1 as bigint) as unit_count,
    'danger_source' as ledger, record_key, source_name as told, batch_id, source_sheet, source_row
from danger_source_known(known_at)
where enterprise_key is not null
union all
select
    enterprise_key, 'monitor_faults_30d', fault_on, coalesce(fixed_on, endless()), 1,
    'danger_source', record_key, source_name, batch_id, source_sheet, source_row
from danger_source_known(known_at)
where enterprise_key is not null and fault_on is not null;

create macro enforcement_fact_spell(known_at) as table
select
    enterprise_key, case event_kind when 'fatal_accident' then 'fatal_accidents_12m' else 'suspension_in_force' end as fact,
    began_on as from_on,
    case event_kind when 'fatal_accident' then cast(began_on + interval 1 year as date) else coalesce(ended_on, endless()) end
        as until_on,
    cast(1 as bigint) as unit_count,
    'enforcement' as ledger, record_key, basis as told, batch_id, source_sheet, source_row
from enforcement_known(known_at)
where enterprise_key is not null and event_kind in ('fatal_accident', 'suspension');

create macro certificate_fact_spell(known_at) as table
with held as (
    select *,
        coalesce(issued_on, date '2000-01-01') as held_from,
        coalesce(expires_on, endless()) as held_to,
        -- replaced on the day the next one was issued
        lead(coalesce(issued_on, expires_on, endless()), 1, endless()) over (
            partition by enterprise_key, certificate_kind order by coalesce(expires_on, endless()), record_key
        ) as replaced_on
    from certificate_known(known_at)
    where enterprise_key is not null
),
told as (
    select 'certificates_expired' as fact, held_to + 1 as from_on, replaced_on as until_on, held.*
    from held where held_to < endless()
    union all
    select 'certificates_expiring_30d', held_to - 30, least(held_to + 1, replaced_on), held.*
    from held where held_to < endless()
    union all
    select 'certificates_not_displayed', held_from, least(replaced_on, coalesce(held_to + 1, endless())), held.*
    from held where is_displayed is not distinct from false and held_to < endless()
    union all
    select 'certificates_not_displayed', held_from, replaced_on, held.*
    from held where is_displayed is not distinct from false and held_to = endless()
)
select
    enterprise_key, fact, from_on, until_on, cast(1 as bigint) as unit_count,
    'certificate' as ledger, record_key,
    certificate_kind || case when expires_on is null then '' else '，有效期至 ' || strftime(expires_on, '%Y-%m-%d') end as told,
    batch_id, source_sheet, source_row
from told;

-- Which layers of gas protection does a shop lack? A layer looked at and not in place until it is; and those it must have
-- that nobody has looked at, from the first look at its gas on.
create macro gas_fact_spell(known_at) as table
with looked as (
    select
        guard.*, firm.industry,
        lead(checked_on, 1, endless()) over (
            partition by guard.enterprise_key, layer order by checked_on, guard.record_key
        ) as next_on
    from gas_guard_known(known_at) as guard
    join enterprise_known(known_at) as firm on firm.record_key = guard.enterprise_key
),
unseen as (
    select
        enterprise_key, min(checked_on) as from_on, gas_layers(any_value(industry)) - count(distinct layer) as unit_count,
        arg_min(record_key, checked_on) as record_key, arg_min(batch_id, checked_on) as batch_id,
        arg_min(source_sheet, checked_on) as source_sheet, arg_min(source_row, checked_on) as source_row
    from looked
    group by enterprise_key
)
select
    enterprise_key, 'gas_protection_missing' as fact, checked_on as from_on, next_on as until_on, cast(1 as bigint) as unit_count,
    'gas_guard' as ledger, record_key, layer as told, batch_id, source_sheet, source_row
from looked where not is_ok
union all
select
    enterprise_key, 'gas_alarm_absent_in_use', checked_on, next_on, 1,
    'gas_guard', record_key, layer, batch_id, source_sheet, source_row
from looked where not is_ok and contains(layer, '报警')
union all
select
    enterprise_key, 'gas_protection_missing', from_on, endless(), unit_count,
    'gas_guard', record_key, '还没有登记的防护层', batch_id, source_sheet, source_row
from unseen where unit_count > 0;

-- Every fact of every subject, from the ledgers themselves. One row is one spell of one fact at one subject, with the row
-- that tells it; a fact that is the lack of a row has none. Questions read the table fact_spell.
create macro fact_spell_counted(known_at) as table
with told as (
    select * from hazard_fact_spell(known_at)
    union all select * from finding_fact_spell(known_at)
    union all select * from complaint_fact_spell(known_at)
    union all select * from paper_fact_spell(known_at)
    union all select * from self_check_fact_spell(known_at)
    union all select * from register_fact_spell(known_at)
    union all select * from danger_fact_spell(known_at)
    union all select * from enforcement_fact_spell(known_at)
    union all select * from certificate_fact_spell(known_at)
    union all select * from gas_fact_spell(known_at)
)
select * from told where from_on < until_on and unit_count > 0;

-- Since when is a fact told at all, by kind of subject? One row is one fact and scheme; a fact without a row is unknown
-- of that scheme, which is neither good nor bad. Questions read the table fact_known.
create macro fact_known_counted(known_at) as table
with kinds as (
    select unnest(['enterprise', 'shop']) as scheme
),
firm as (
    select record_key as enterprise_key, subject_kind as scheme from enterprise_known(known_at)
),
rows_of as (
    select 'self_check' as ledger, enterprise_key, coalesce(due_on, checked_on) as told_on from self_check_known(known_at)
    union all select 'danger_source', enterprise_key, found_on from danger_source_known(known_at)
    union all select 'certificate', enterprise_key, coalesce(issued_on, expires_on) from certificate_known(known_at)
    union all select 'gas_guard', enterprise_key, checked_on from gas_guard_known(known_at)
    union all select 'enforcement', enterprise_key, began_on from enforcement_known(known_at)
    union all
    select 'finding', finding.enterprise_key, finding.found_on
    from finding_known(known_at) as finding
    join fact_word on contains(coalesce(finding.detail, finding.indicator), fact_word.word)
),
begun as (
    select ledger, scheme, min(told_on) as known_from
    from rows_of
    join firm on firm.enterprise_key = rows_of.enterprise_key
    group by ledger, scheme
    union all
    -- the hazard ledger is the whole street's
    select 'hazard', scheme, min(cast(reported_at as date)) from hazard_known(known_at) cross join kinds group by scheme
    union all
    select 'enterprise', subject_kind, date '2000-01-01'
    from enterprise_known(known_at)
    group by subject_kind
    having subject_kind = 'shop' or bool_or(has_safety_officer)
)
select begun.scheme, fact_source.fact, begun.known_from
from fact_source
join begun on begun.ledger = fact_source.ledger
where begun.known_from is not null
union all
select scheme, fact, known_from from paper_known_from(known_at);
