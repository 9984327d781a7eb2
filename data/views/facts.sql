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
    coalesce(
        regexp_matches(industry, '餐|饭|饮食|食堂|小吃|火锅|烧烤|面馆|早点|酒楼|茶饮|奶茶|咖啡|烘焙|饮品')
        and not regexp_matches(industry, '餐具|餐厨'),
        false
    )
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

-- The hazards of every subject: cases whose place is its name, in its own grid; where two bear that name, of both. Day
-- by day: a limit lasts through its day, what is closed on a day is closed on it, what is void was there until then.
create macro subject_hazard(known_at) as table
with placed as (
    select
        firm.record_key as enterprise_key,
        hazard.*,
        cast(hazard.filed_at as date) as filed_on,
        cast(hazard.due_eff_at as date) as due_on,
        cast(hazard.handled_at as date) as handled_on,
        cast(hazard.closed_at as date) as closed_on,
        cast(hazard.voided_at as date) as voided_on
    from hazard_at(timestamp '9999-12-30', known_at) as hazard
    join enterprise_known(known_at) as firm on firm.grid_code = hazard.grid_code and firm.name = hazard.place
    where hazard.is_filed and not hazard.is_self_handled
)
select
    enterprise_key, record_key, hazard_no, grid_code, part, kind, description,
    level is not distinct from 'major' as is_major,
    is_suspended, is_handled_on_time, rework_count,
    filed_on, due_on, handled_on, closed_on, voided_on,
    -- one closed without a date never stood open
    least(
        case when is_closed then coalesce(closed_on, filed_on) else endless() end,
        coalesce(voided_on, endless())
    ) as left_on,
    -- handled in time and only waiting for its check is not late
    case when is_handled_on_time or due_on is null then endless() else greatest(due_on + 1, filed_on) end as overdue_on,
    cast(coalesce(handled_at, verified_at, handled_first_at, filed_at) as date) as rechecked_on,
    batch_id, source_sheet, source_row
from placed;

create macro hazard_fact_spell(known_at) as table
with hazards as (
    select * from subject_hazard(known_at)
),
-- several of one kind found in one part on one day are one appearance
appeared as (
    select *,
        row_number() over (partition by enterprise_key, part, kind, filed_on order by record_key) = 1 as is_first_of_day,
        count(*) over (
            partition by enterprise_key, part, kind order by filed_on
            range between interval 180 day preceding and interval 1 day preceding
        ) > 0 as has_appeared
    from hazards
    where part is not null and kind is not null and voided_on is null
),
told as (
    select 'open_major_hazards' as fact, filed_on as from_on, left_on as until_on, 1 as unit_count, hazards.*
    from hazards where is_major
    union all
    select 'open_general_hazards_in_time', filed_on, least(overdue_on, left_on), 1, hazards.*
    from hazards where not is_major and not is_suspended
    union all
    select 'overdue_general_hazards', overdue_on, left_on, 1, hazards.*
    from hazards where not is_major and not is_suspended
    union all
    select 'overdue_hazards', overdue_on, left_on, 1, hazards.*
    from hazards where not is_suspended
    union all
    select 'repeat_hazards_180d', filed_on, filed_on + 180, 1, appeared.* exclude (is_first_of_day, has_appeared)
    from appeared where is_first_of_day and has_appeared
    union all
    select 'failed_rechecks_90d', rechecked_on, rechecked_on + 90, rework_count, hazards.*
    from hazards where rework_count > 0 and voided_on is null
)
select
    enterprise_key, fact, from_on, until_on, cast(unit_count as bigint) as unit_count,
    'hazard' as ledger, record_key,
    concat_ws('，', hazard_no, kind, part, '限 ' || strftime(due_on, '%Y-%m-%d')) as told,
    batch_id, source_sheet, source_row
from told;

-- What was found when somebody looked: within a window, or until a later look at the same thing passes.
create macro finding_fact_spell(known_at) as table
with finding as (
    select *,
        coalesce(detail, indicator) as looked_at,
        case
            when result in ('failed', 'partial') then greatest(coalesce(fault_count, 1), 1)
            when result = 'passed' then 0
            -- a list of faults has no column of results; a look of which nothing is told says nothing
            when result is null and fault_count > 0 then fault_count
            when result is null and deducted > 0 then 1
        end as unit_count
    from finding_known(known_at)
    where enterprise_key is not null
),
read_as as (
    select distinct text.looked_at, word.fact, word.window_days
    from (select distinct looked_at from finding) as text
    join fact_word as word on contains(text.looked_at, word.word)
),
-- of several looks at one thing on one day the worst counts
daily as (
    select
        enterprise_key, fact, window_days, looked_at, found_on, max(unit_count) as unit_count,
        arg_max(
            struct_pack(record_key, note, batch_id, source_sheet, source_row), (unit_count, record_key)
        ) as told_by
    from finding
    join read_as using (looked_at)
    where unit_count is not null
    group by enterprise_key, fact, window_days, looked_at, found_on
),
followed as (
    select *,
        lead(found_on, 1, endless()) over (partition by enterprise_key, fact, looked_at order by found_on) as next_on
    from daily
)
select
    enterprise_key, fact, found_on as from_on,
    case when window_days is null then next_on else found_on + window_days end as until_on,
    cast(unit_count as bigint) as unit_count,
    'finding' as ledger, told_by.record_key, concat_ws('，', looked_at, told_by.note) as told,
    told_by.batch_id, told_by.source_sheet, told_by.source_row
from followed
where unit_count > 0;

-- What was reported of a shop and found true.
create macro complaint_fact_spell(known_at) as table
select
    firm.record_key as enterprise_key, 'valid_complaints_30d' as fact,
    cast(report.reported_at as date) as from_on, cast(report.reported_at as date) + 30 as until_on,
    cast(1 as bigint) as unit_count,
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
with paper as (
    select enterprise_key, fact, from_on from paper_in_force(known_at)
    union all
    -- one that is not posted is not in force, yet the ledger of letters is there
    select enterprise_key, 'no_safety_commitment', signed_on from responsibility_letter_known(known_at)
)
select subject_kind as scheme, fact, min(from_on) as known_from
from paper
join enterprise_known(known_at) as firm on firm.record_key = paper.enterprise_key
group by subject_kind, fact;

create macro paper_fact_spell(known_at) as table
with owing as (
    select
        firm.record_key as enterprise_key, known.fact,
        -- whoever is new has its first year to hold a drill
        greatest(
            known.known_from,
            coalesce(
                case known.fact
                    when 'no_drill_12m' then cast(firm.registered_on + interval 1 year as date)
                    else firm.registered_on
                end,
                known.known_from
            )
        ) as owed_from
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
    gaps.enterprise_key, gaps.fact, greatest(gaps.from_on, owing.owed_from) as from_on, gaps.until_on,
    cast(1 as bigint) as unit_count,
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

-- A register tells its state of now: it holds from the day a version is of until a later version says otherwise. Only the
-- first word on a safety officer reaches back to the registration.
create macro register_fact_spell(known_at) as table
with version as (
    select
        version.record_key, version.subject_kind, version.state, version.has_safety_officer, version.registered_on,
        version.batch_id, version.source_sheet, version.source_row,
        row_number() over in_turn as turn,
        -- a version that says no newer day of its own is of the day it was loaded
        cast(case
            when version.updated_at is distinct from lag(version.updated_at) over in_turn
                then coalesce(version.updated_at, version.known_at)
            else version.known_at
        end as date) as told_on
    from enterprise_version as version
    where version.known_at <= coalesce(known_at, endless())
    window in_turn as (partition by version.record_key order by version.known_at)
),
said as (
    select *, 'state' as about, 'business_' || business_status(state) as fact, '企业台账里状态是“' || state || '”' as told
    from version
    union all
    select *, 'officer', case when not has_safety_officer then 'no_safety_officer' end, '企业台账里安全管理员一栏为空'
    from version
    where has_safety_officer is not null and subject_kind = 'enterprise'
),
turned as (
    select *, row_number() over in_turn = 1 as is_first
    from said
    window in_turn as (partition by record_key, about order by turn)
    qualify is_first or fact is distinct from lag(fact) over in_turn
)
select
    record_key as enterprise_key, fact,
    case when fact = 'no_safety_officer' and is_first then coalesce(registered_on, date '2000-01-01') else told_on end
        as from_on,
    coalesce(
        min(told_on) over (
            partition by record_key, about order by turn rows between 1 following and unbounded following
        ),
        endless()
    ) as until_on,
    cast(1 as bigint) as unit_count,
    'enterprise' as ledger, record_key, told, batch_id, source_sheet, source_row
from turned
-- only where the register tells of safety officers at all
qualify fact is not null and (about = 'state' or bool_or(has_safety_officer) over (partition by about));

create macro danger_fact_spell(known_at) as table
select
    enterprise_key, 'unregistered_danger_sources' as fact, found_on as from_on,
    coalesce(registered_on, endless()) as until_on,
    cast(1 as bigint) as unit_count,
    'danger_source' as ledger, record_key, source_name as told, batch_id, source_sheet, source_row
from danger_source_known(known_at)
where enterprise_key is not null
union all
select
    enterprise_key, 'monitor_faults_30d', fault_on,
    -- a repair before the fault was that of an earlier one
    case when fixed_on >= fault_on then fixed_on else endless() end, 1,
    'danger_source', record_key, source_name, batch_id, source_sheet, source_row
from danger_source_known(known_at)
where enterprise_key is not null and fault_on is not null;

create macro enforcement_fact_spell(known_at) as table
select
    enterprise_key,
    case event_kind when 'fatal_accident' then 'fatal_accidents_12m' else 'suspension_in_force' end as fact,
    began_on as from_on,
    case event_kind
        when 'fatal_accident' then cast(began_on + interval 1 year as date)
        else coalesce(ended_on, endless())
    end as until_on,
    cast(1 as bigint) as unit_count,
    'enforcement' as ledger, record_key, basis as told, batch_id, source_sheet, source_row
from enforcement_known(known_at)
where enterprise_key is not null and event_kind in ('fatal_accident', 'suspension');

-- A certificate without a day of expiry is for ever; one without a day of issue follows the one before it without a gap.
create macro certificate_fact_spell(known_at) as table
with dated as (
    select *, coalesce(expires_on, endless()) as held_to
    from certificate_known(known_at)
    where enterprise_key is not null
),
held as (
    select *, coalesce(issued_on, lag(held_to) over in_turn + 1, date '2000-01-01') as held_from
    from dated
    window in_turn as (partition by enterprise_key, certificate_kind order by held_to, record_key)
),
followed as (
    select *,
        -- replaced on the day that another of its kind, which lasts longer, was issued
        coalesce(
            min(held_from) over (
                partition by enterprise_key, certificate_kind order by held_to, record_key
                rows between 1 following and unbounded following
            ),
            endless()
        ) as replaced_on
    from held
),
told as (
    select 'certificates_expired' as fact, held_to + 1 as from_on, replaced_on as until_on, followed.*
    from followed where held_to < endless()
    union all
    select 'certificates_expiring_30d', greatest(held_to - 30, held_from), least(held_to + 1, replaced_on), followed.*
    from followed where held_to < endless()
    union all
    select 'certificates_not_displayed', held_from, least(held_to + 1, replaced_on), followed.*
    from followed where is_displayed is not distinct from false
)
select
    enterprise_key, fact, from_on, until_on, cast(1 as bigint) as unit_count,
    'certificate' as ledger, record_key,
    concat_ws('，', certificate_kind, '有效期至 ' || strftime(expires_on, '%Y-%m-%d')) as told,
    batch_id, source_sheet, source_row
from told;

-- Which layers of gas protection does a shop lack? A layer looked at and not in place until it is; and those it must have
-- that nobody has looked at yet, from the first look at its gas on.
create macro gas_fact_spell(known_at) as table
with looked as (
    select
        guard.*, firm.industry,
        lead(checked_on, 1, endless()) over (
            partition by guard.enterprise_key, layer order by checked_on, guard.record_key
        ) as next_on,
        checked_on = min(checked_on) over (partition by guard.enterprise_key, layer) as is_first_look
    from gas_guard_known(known_at) as guard
    join enterprise_known(known_at) as firm on firm.record_key = guard.enterprise_key
),
-- layer after layer is looked at for the first time
reached as (
    select
        enterprise_key, checked_on,
        gas_layers(any_value(industry)) - sum(count(*)) over in_turn as unit_count,
        lead(checked_on, 1, endless()) over in_turn as next_on,
        arg_min(struct_pack(record_key, batch_id, source_sheet, source_row), record_key) as told_by
    from looked
    where is_first_look
    group by enterprise_key, checked_on
    window in_turn as (partition by enterprise_key order by checked_on)
)
select
    enterprise_key, 'gas_protection_missing' as fact, checked_on as from_on, next_on as until_on,
    cast(1 as bigint) as unit_count,
    'gas_guard' as ledger, record_key, layer as told, batch_id, source_sheet, source_row
from looked where not is_ok
union all
select
    enterprise_key, 'gas_alarm_absent_in_use', checked_on, next_on, 1,
    'gas_guard', record_key, layer, batch_id, source_sheet, source_row
from looked where not is_ok and contains(layer, '报警')
union all
select
    enterprise_key, 'gas_protection_missing', checked_on, next_on, cast(unit_count as bigint),
    'gas_guard', told_by.record_key, '还没有登记的防护层', told_by.batch_id, told_by.source_sheet, told_by.source_row
from reached where unit_count > 0;

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
-- of that scheme, which is neither good nor bad. Whatever its days say, a ledger is there once it is loaded. Questions read
-- the table fact_known.
create macro fact_known_counted(known_at) as table
with firm as (
    select record_key as enterprise_key, subject_kind as scheme, state, has_safety_officer, known_since
    from enterprise_known(known_at)
),
rows_of as (
    select 'self_check' as ledger, enterprise_key, coalesce(due_on, checked_on) as told_on, known_since
    from self_check_known(known_at)
    union all
    select 'danger_source', enterprise_key, found_on, known_since from danger_source_known(known_at)
    union all
    select 'certificate', enterprise_key, coalesce(issued_on, expires_on), known_since from certificate_known(known_at)
    union all
    select 'gas_guard', enterprise_key, checked_on, known_since from gas_guard_known(known_at)
    union all
    select 'enforcement', enterprise_key, began_on, known_since from enforcement_known(known_at)
    union all
    -- the ledger of findings is told from the first look at something that is read as a fact
    select 'finding', finding.enterprise_key, finding.found_on, finding.known_since
    from finding_known(known_at) as finding
    where exists (
        select 1 from fact_word where contains(coalesce(finding.detail, finding.indicator), fact_word.word)
    )
),
begun as (
    select ledger, scheme, min(least(told_on, cast(rows_of.known_since as date))) as known_from
    from rows_of
    join firm on firm.enterprise_key = rows_of.enterprise_key
    group by ledger, scheme
    union all
    -- the hazard ledger is the whole street's
    select 'hazard', scheme, min(cast(reported_at as date))
    from hazard_known(known_at)
    cross join (values ('enterprise'), ('shop')) as kind (scheme)
    group by scheme
)
select begun.scheme, fact_source.fact, begun.known_from
from fact_source
join begun on begun.ledger = fact_source.ledger
where begun.known_from is not null and fact_source.fact <> 'valid_complaints_30d'
union all
-- complaints are told by two ledgers: by findings, and by reports once somebody says which are valid
select scheme, 'valid_complaints_30d', min(known_from)
from (
    select scheme, known_from from begun where ledger = 'finding'
    union all
    select scheme, cast(reported_at as date)
    from public_report_known(known_at)
    cross join (values ('enterprise'), ('shop')) as kind (scheme)
    where is_valid is not null
) as complaint
group by scheme
union all
select scheme, fact, known_from from paper_known_from(known_at)
union all
select 'enterprise', 'no_safety_officer', date '2000-01-01'
from firm
where scheme = 'enterprise'
having bool_or(has_safety_officer)
union all
select firm.scheme, fact_source.fact, date '2000-01-01'
from firm
cross join fact_source
where fact_source.ledger = 'enterprise' and fact_source.fact <> 'no_safety_officer' and firm.state is not null
group by firm.scheme, fact_source.fact;
