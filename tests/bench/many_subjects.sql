-- Ledgers of $subjects enterprises and shops, in turn, over $months months up to $today: at any time about 5 % of them have a
-- hazard open. Everything follows from hash(row, what is rolled for), so that every run measures the same rows.
create macro roll(row_no, what) as (hash(row_no, what) % 1000000 / 1000000.0);
create macro whose(row_no, what) as (cast(hash(row_no, what, 'who') % $subjects as bigint));
create macro shop_of(row_no, what) as (2 * cast(hash(row_no, what, 'who') % ($subjects // 2) as bigint) + 1);
create macro firm_of(row_no, what) as (2 * cast(hash(row_no, what, 'who') % ($subjects // 2) as bigint));
create macro key_of(subject) as ('F' || lpad(cast(subject as varchar), 7, '0'));
create macro name_of(subject) as ('单位' || subject);
create macro grid_of(subject) as ('WG-' || lpad(cast(subject % 2000 as varchar), 4, '0'));
create macro days() as (cast(round($months * 30.4375) as integer));
create macro day_of(row_no, what) as (cast($today as date) - cast(roll(row_no, what) * days() as integer));

insert into enterprise_version by name
select
    key_of(n) as record_key, key_of(n) as enterprise_no, name_of(n) as name, grid_of(n) as grid_code,
    '社区' || n % 40 as community, case when n % 2 = 0 then 'enterprise' else 'shop' end as subject_kind,
    case when n % 2 = 1 and roll(n, 'cooks') < 0.4 then '餐饮' else '其他' end as industry,
    roll(n, 'officer') < 0.93 as has_safety_officer, true as has_contact,
    {book}
from range($subjects) as subject(n);

insert into patrol_log_version by name
select
    'X' || n as record_key, 'X' || n as patrol_no, grid_of(n % $subjects) as grid_code, '社区' || n % $subjects % 40 as community,
    name_of(n % $subjects) as place, day_of(n, 'visit') + interval 9 hour as patrolled_at, 0 as finding_count, {book}
from range(4 * $subjects * $months // 12) as visit(n);

insert into hazard_version by name
with hazards as (
    select n, whose(n, 'hazard') as subject, day_of(n, 'hazard') as filed_on, cast(1 + roll(n, 'lasts') * 39 as integer) as lasts
    from range(cast(0.05 * $subjects * days() / 20 as bigint)) as hazard(n)
)
select
    'H' || n as record_key, 'H' || n as hazard_no, filed_on + interval 9 hour as reported_at, filed_on + interval 10 hour as filed_at,
    true as has_filing, grid_of(subject) as grid_code, '社区' || subject % 40 as community, name_of(subject) as place,
    ['仓库', '车间', '厨房', '通道'][cast(1 + hash(n, 'part') % 4 as bigint)] as part, ['消防', '电气', '燃气'][cast(1 + hash(n, 'kind') % 3 as bigint)] as kind,
    case when roll(n, 'major') < 0.03 then 'major' else 'general' end as level,
    filed_on + 15 + interval 18 hour as due_at,
    case when filed_on + lasts <= cast($today as date) then filed_on + lasts + interval 10 hour end as closed_at,
    case when roll(n, 'rework') < 0.05 then 1 else 0 end as rework_count, {book}
from hazards;

insert into self_check_version by name
with due as (
    select n, firm_of(n, 'check') as subject, day_of(n, 'check') as due_on
    from range($subjects // 2 * $months // 3) as checked(n)
)
select
    'S' || n as record_key, key_of(subject) as enterprise_key, due_on,
    case when roll(n, 'late') < 0.92 then due_on when roll(n, 'late') < 0.96 then due_on + 20 end as checked_on, {book}
from due;

insert into responsibility_letter_version by name
select
    'L' || n as record_key, key_of(2 * (n % ($subjects // 2))) as enterprise_key, '安全生产责任书' as letter_kind,
    cast($today as date) - days() + cast(365 * (n // ($subjects // 2)) - roll(n, 'signed') * 40 as integer) as signed_on,
    roll(n, 'posted') < 0.95 as is_posted, {book}
from range($subjects // 2 * (1 + $months // 12)) as letter(n);

insert into drill_version by name
select 'R' || n as record_key, key_of(firm_of(n, 'drill')) as enterprise_key, day_of(n, 'drill') as held_on, 'drill' as drill_kind, {book}
from range($subjects // 2 * $months // 6) as drill(n);

insert into danger_source_version by name
with source as (
    select n, firm_of(n, 'danger') as subject, day_of(n, 'danger') as found_on from range($subjects // 6) as source(n)
)
select
    'D' || n as record_key, key_of(subject) as enterprise_key, '危险源' || n as source_name, found_on,
    case when roll(n, 'registered') < 0.9 then found_on + cast(roll(n, 'after') * 60 as integer) end as registered_on, {book}
from source;

insert into finding_version by name
select
    'Z' || n as record_key, key_of(shop_of(n, 'finding')) as enterprise_key, day_of(n, 'finding') as found_on, '现场检查' as indicator,
    ['垃圾分类不合格', '店外经营', '消防器材', '电气线路', '安全出口', '违规住人'][cast(1 + hash(n, 'detail') % 6 as bigint)] as detail,
    case when roll(n, 'failed') < 0.08 then 'failed' else 'passed' end as result, {book}
from range($subjects // 2 * 6 * $months // 12) as finding(n);

insert into certificate_version by name
select
    'C' || n as record_key, key_of(shop_of(n, 'certificate')) as enterprise_key,
    ['营业执照', '食品经营许可证'][1 + n % 2] as certificate_kind, day_of(n, 'issued') - 365 as issued_on,
    day_of(n, 'issued') + 365 as expires_on, roll(n, 'shown') < 0.98 as is_displayed, {book}
from range($subjects) as certificate(n);

insert into gas_guard_version by name
select
    'G' || n as record_key, key_of(shop_of(n // 5, 'gas')) as enterprise_key, day_of(n // 5, 'gas') as checked_on,
    ['报警器', '切断阀', '金属软管', '熄火保护', '定期巡检'][1 + n % 5] as layer, roll(n, 'ok') < 0.97 as is_ok, {book}
from range($subjects * 2) as guard(n);

insert into rating_override_version by name
select
    'O' || n as record_key, key_of(firm_of(n, 'override')) as enterprise_key, 'enterprise' as scheme, 'yellow' as colour,
    day_of(n, 'override') as from_on, day_of(n, 'override') + 20 as until_on, '集中整治' as reason, true as is_two_persons, {book}
from range($subjects // 500) as override(n);
