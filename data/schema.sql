-- What stands in a snapshot beside the ledgers' own tables, which are made from data/contracts/*.toml.

create table snapshot_fact (
    built_at timestamp not null,
    batch_count bigint not null check (batch_count >= 0)
);
comment on table snapshot_fact is 'One row: the snapshot itself.';
comment on column snapshot_fact.built_at is '建成时间: when the snapshot was built, Shanghai time';
comment on column snapshot_fact.batch_count is '批次数: batches it was built from';

create table batch (
    batch_id varchar primary key,
    batch_no integer not null unique,
    load_id varchar not null,
    sha256 varchar not null,
    file_name varchar not null,
    ledger varchar not null,
    template varchar,
    loaded_at timestamp not null,
    known_at timestamp not null,
    is_demo boolean not null,
    accepted_count bigint not null check (accepted_count >= 0),
    merged_count bigint not null check (merged_count >= 0),
    rejected_count bigint not null check (rejected_count >= 0),
    notes varchar,
    card varchar not null
);
comment on table batch is 'One row is one loaded file. Source: the batch cards.';
comment on column batch.batch_no is '次序: 1 for the file loaded first; a later file corrects an earlier one';
comment on column batch.load_id is '导入: files loaded together share it, and are undone together';
comment on column batch.sha256 is '文件指纹: SHA-256 of the file''s bytes';
comment on column batch.file_name is '文件名: as the office called it';
comment on column batch.ledger is '台账: the ledger the file was read as';
comment on column batch.template is '来源模板: the source template, where one was used';
comment on column batch.loaded_at is '导入时间: by the clock of the loading machine';
comment on column batch.known_at is '入库时间: loaded_at, never earlier than that of the batch before';
comment on column batch.is_demo is '示范数据: made up by this program';
comment on column batch.accepted_count is '收下: records, all tables';
comment on column batch.merged_count is '合并: extra rows folded into an accepted record';
comment on column batch.rejected_count is '退回: rows turned away';
comment on column batch.notes is '说明: what the clerk was told, one a line';
comment on column batch.card is '批次卡: the batch''s card as JSON, so that the snapshot can restore the batch';

create table rejected_row (
    batch_id varchar not null,
    source_sheet varchar,
    source_row bigint,
    heading varchar,
    value varchar,
    reason varchar not null,
    message varchar,
    cells varchar
);
comment on table rejected_row is 'One row is one row of a file that was turned away. Personal cells are never kept.';
comment on column rejected_row.source_row is '行号: the sheet''s own row, or the line of a csv, from 1';
comment on column rejected_row.heading is '栏目: the column whose cell was refused';
comment on column rejected_row.value is '内容: the cell, *** where it may be personal';
comment on column rejected_row.reason is '原因: a reason code of the import contract';
comment on column rejected_row.message is '说明: what was wrong and what was expected, in Chinese';
comment on column rejected_row.cells is '整行: the other cells as JSON, without anything personal';

create table calendar_day (
    day date primary key,
    weekday integer not null check (weekday between 1 and 7),
    weekday_name varchar not null,
    iso_year integer not null,
    iso_week integer not null check (iso_week between 1 and 53),
    is_workday boolean not null,
    is_day_off boolean not null,
    is_makeup_workday boolean not null,
    holiday varchar,
    holiday_year integer,
    holiday_day integer check (holiday_day >= 1),
    after_holiday varchar,
    workday_after_holiday integer check (workday_after_holiday >= 1),
    source varchar not null,
    lunar_year integer not null,
    lunar_month integer not null check (lunar_month between 1 and 12),
    lunar_day integer not null check (lunar_day between 1 and 30),
    is_leap_month boolean not null,
    lunar_text varchar not null,
    new_year_on date not null,
    new_year_offset integer not null,
    chunyun_day integer check (chunyun_day between 1 and 40),
    workday_index integer not null
);
comment on table calendar_day is 'One row is one day, 2015 to 2031. Source: data/reference/calendar.toml and the almanac.';
comment on column calendar_day.holiday is '假期: the holiday the day is part of';
comment on column calendar_day.holiday_year is '假期年份: the year whose holiday it is';
comment on column calendar_day.holiday_day is '假期第几天: 1 for its first day';
comment on column calendar_day.workday_after_holiday is '节后第几个工作日: make-up days included';
comment on column calendar_day.source is '依据: 国务院通知, 预测 or 手工';
comment on column calendar_day.new_year_on is '正月初一: the one nearest to the day';
comment on column calendar_day.new_year_offset is '距正月初一天数: negative before it';
comment on column calendar_day.chunyun_day is '春运第几天: new_year_offset + 16, 1 to 40';
comment on column calendar_day.workday_index is '工作日序号: the difference of two days is the workdays between them';

create table patrol_rule (
    required_days varchar not null check (required_days in ('workday', 'every_day')),
    cadre_count integer not null check (cadre_count >= 1),
    worker_count integer not null check (worker_count >= 1),
    crew_size integer not null check (crew_size = cadre_count + worker_count),
    round_minutes integer not null check (round_minutes >= 1),
    afternoon_from time not null,
    evening_from time not null check (evening_from > afternoon_from),
    grid_interval_hours integer not null check (grid_interval_hours >= 1)
);
comment on table patrol_rule is 'One row: the 小红车 rule. Source: data/reference/patrol.toml or the office''s own file.';
comment on column patrol_rule.required_days is '应出车的日子: the days a community owes a round';
comment on column patrol_rule.crew_size is '每车人数: cadres and grid workers together';
comment on column patrol_rule.round_minutes is '每车时长: minutes from the first arrival to the last departure';
comment on column patrol_rule.afternoon_from is '下午起点: where the second half-day begins';
comment on column patrol_rule.evening_from is '傍晚起点: from here on a visit belongs to no round';
comment on column patrol_rule.grid_interval_hours is '网格巡查间隔: the longest a grid should wait for a visit';

create table visit_interval (
    scheme varchar not null check (scheme in ('enterprise', 'shop')),
    colour varchar not null check (colour in ('green', 'yellow', 'red', 'unrated')),
    interval_days integer not null check (interval_days >= 1),
    primary key (scheme, colour)
);
comment on table visit_interval is 'One row is one colour of one scheme. Source: the three-colour rule in force.';
comment on column visit_interval.interval_days is '走访间隔: days within which a subject of this colour is to be called on';

-- The patrol ledger summed up once, when the snapshot is built; data/views/ says what is counted and how it is asked.
create table patrol_day (
    community varchar,
    grid_code varchar,
    patrolled_on date not null,
    visit_count bigint not null check (visit_count > 0),
    long_visit_count bigint not null check (long_visit_count between 0 and visit_count),
    finding_visits bigint not null check (finding_visits between 0 and visit_count),
    empty_visit_count bigint not null check (empty_visit_count between 0 and visit_count),
    evening_visit_count bigint not null check (evening_visit_count between 0 and visit_count),
    noted_stay_count bigint not null check (noted_stay_count between 0 and visit_count),
    stay_minutes bigint not null check (stay_minutes >= 0),
    finding_count bigint not null check (finding_count >= 0),
    contact_count bigint not null check (contact_count >= 0),
    first_visit_at timestamp not null,
    last_visit_at timestamp not null,
    last_long_visit_at timestamp
);
comment on table patrol_day is 'One row is one grid and day with a visit, as known when built. Source: patrol_log.';
comment on column patrol_day.visit_count is '巡查次数（次）: visits of that day';
comment on column patrol_day.long_visit_count is '有效到访（次）: of five minutes or more, or of a stay nobody noted';
comment on column patrol_day.finding_visits is '有发现的巡查（次）: visits with a finding';
comment on column patrol_day.empty_visit_count is '空跑（次）: visits that noted no finding and no contact';
comment on column patrol_day.evening_visit_count is '夜间巡查（次）: visits from 19:30 until 21:30';
comment on column patrol_day.noted_stay_count is '记有停留的巡查（次）: visits whose stay was noted';
comment on column patrol_day.stay_minutes is '停留分钟（分钟）: of the visits that noted it';
comment on column patrol_day.finding_count is '发现问题数（处）: findings of that day';
comment on column patrol_day.contact_count is '走访人次（人次）: people met on that day';
comment on column patrol_day.last_long_visit_at is '最近有效到访: null where every visit of the day was passing by';

create table patrol_hour (
    community varchar,
    grid_code varchar,
    patrolled_on date not null,
    hour bigint not null check (hour between 0 and 23),
    visit_count bigint not null check (visit_count > 0),
    finding_count bigint not null check (finding_count >= 0)
);
comment on table patrol_hour is 'One row is one grid, day and hour with a visit, as known when built. Source: patrol_log.';
comment on column patrol_hour.hour is '时: the hour of the clock, 0 to 23';
comment on column patrol_hour.visit_count is '巡查次数（次）: visits within that hour';
comment on column patrol_hour.finding_count is '发现问题数（处）: findings within that hour';

create table rating_spell (
    enterprise_key varchar,
    scheme varchar,
    colour varchar,
    colour_before varchar,
    rated_on date not null,
    until_on date not null check (until_on >= rated_on),
    rating_kind varchar,
    score double,
    reason varchar,
    batch_id varchar not null,
    source_sheet varchar,
    source_row bigint
);
comment on table rating_spell is 'One row is one rating and the days it is worn, as known when built. Source: rating.';
comment on column rating_spell.colour_before is '上次颜色: of the rating before it under the same scheme';
comment on column rating_spell.until_on is '止于: the day of the next rating; 9999-12-31 where none has followed';

create table computed_spell (
    enterprise_key varchar not null,
    scheme varchar not null,
    colour varchar not null,
    colour_before varchar,
    rated_on date not null,
    until_on date not null check (until_on > rated_on),
    colour_basis varchar not null check (colour_basis in ('rule', 'override')),
    score double not null,
    evaluation_no bigint not null
);
comment on table computed_spell is 'One row is one evaluation and the days it holds, as known when built. Source: colour_evaluation.';
comment on column computed_spell.colour_before is '上次颜色: of the evaluation before it under the same scheme';
comment on column computed_spell.until_on is '止于: the day of the next evaluation; 9999-12-31 where none has followed';

create table flow_day (
    moved_on date not null,
    community varchar,
    grid_code varchar,
    direction varchar,
    person_count bigint not null check (person_count > 0)
);
comment on table flow_day is 'One row is one community, grid, day and direction, as known when built. Source: population_flow.';
comment on column flow_day.direction is '去向: leave, return or stay';
comment on column flow_day.person_count is '人数（人）: persons registered or counted, whichever are more in the community that day';

create table place_visit (
    grid_code varchar,
    place varchar not null,
    patrolled_on date not null,
    visit_count bigint not null check (visit_count > 0),
    last_visit_at timestamp not null
);
comment on table place_visit is 'One row is one place and day with a long visit, as known when built. Source: patrol_log.';
comment on column place_visit.place is '巡查对象: the place as the ledger names it';
comment on column place_visit.visit_count is '有效到访（次）: of five minutes or more, or of a stay nobody noted';

create table patrol_half_day (
    community varchar not null,
    patrolled_on date not null,
    half_day varchar not null check (half_day in ('morning', 'afternoon', 'unknown')),
    visit_count bigint not null check (visit_count > 0),
    reached_grids bigint not null,
    crew_size bigint,
    first_visit_at timestamp not null,
    round_minutes bigint,
    finding_count bigint not null,
    contact_count bigint not null,
    unnoted_count bigint not null,
    is_crew_met boolean,
    is_long_enough boolean,
    is_empty boolean,
    is_round_valid boolean
);
comment on table patrol_half_day is 'One row is one round (车次), by the rule and as known when built. Source: patrol_log, patrol_rule.';
comment on column patrol_half_day.half_day is '半天: morning, afternoon, or unknown where no hour was noted';
comment on column patrol_half_day.reached_grids is '到过的网格（个）: different grids the round visited';
comment on column patrol_half_day.round_minutes is '车次时长（分钟）: from its first visit to the end of its last';
comment on column patrol_half_day.unnoted_count is '未记全的巡查（次）: visits that did not note their findings or contacts';
comment on column patrol_half_day.is_round_valid is '有效车次: crew and length as the rule wants them; null where not noted';

-- Three colours: the rules, what they read, and what came of it. data/colouring/ fills the evaluations.
create table three_colour_rule (
    scheme varchar not null check (scheme in ('enterprise', 'shop')),
    rule_version varchar not null,
    effective_from date not null,
    approved_by varchar,
    rule_hash varchar not null,
    green_floor integer not null,
    yellow_floor integer not null check (yellow_floor < green_floor),
    upgrade_margin integer not null,
    pass_need integer not null,
    stale_after_days integer not null,
    content varchar not null,
    primary key (scheme, effective_from)
);
comment on table three_colour_rule is 'One row is one rule file of one scheme. Source: data/reference/three_colour/*.toml and the office''s adopted rules.';
comment on column three_colour_rule.rule_version is '规则版本: as the file calls itself';
comment on column three_colour_rule.effective_from is '生效日期: it applies from this day until the next one does';
comment on column three_colour_rule.approved_by is '批准文号: null where nobody has approved it, 试行';
comment on column three_colour_rule.rule_hash is '规则指纹: SHA-256 of the file''s text';
comment on column three_colour_rule.green_floor is '绿色下限（分）';
comment on column three_colour_rule.yellow_floor is '黄色下限（分）';
comment on column three_colour_rule.upgrade_margin is '升级余量（分）: points beyond the floor that an upgrade asks for';
comment on column three_colour_rule.pass_need is '升级须连续合格（次）';
comment on column three_colour_rule.stale_after_days is '数据过期（天）: a colour is stale so long after somebody was last there';
comment on column three_colour_rule.content is '规则原文: the file''s text';

create table rule_item (
    scheme varchar not null,
    effective_from date not null,
    item varchar not null,
    item_kind varchar not null check (item_kind in ('deduct', 'veto', 'cap', 'escalation')),
    dimension varchar,
    fact varchar not null,
    item_no integer not null,
    per_points integer,
    cap_points integer,
    colour varchar,
    reason varchar not null,
    release varchar,
    primary key (scheme, effective_from, item)
);
comment on table rule_item is 'One row is one item of one rule. Source: three_colour_rule.';
comment on column rule_item.item_kind is '类型: deduct 扣分, veto 一票否决, cap 封顶, escalation 升级';
comment on column rule_item.per_points is '每处扣分（分）';
comment on column rule_item.cap_points is '最多扣分（分）';
comment on column rule_item.colour is '定为: the best colour it leaves';
comment on column rule_item.reason is '理由: {n} stands for the count';
comment on column rule_item.release is '解除条件';

create table rule_dimension (
    scheme varchar not null,
    effective_from date not null,
    dimension varchar not null,
    dimension_no integer not null,
    title varchar not null,
    full_points integer not null,
    primary key (scheme, effective_from, dimension)
);
comment on table rule_dimension is 'One row is one dimension of one rule. Source: three_colour_rule.';
comment on column rule_dimension.full_points is '满分（分）: all it can lose';

create table fact_source (
    fact varchar primary key,
    label varchar not null,
    unit varchar not null,
    ledger varchar not null,
    mend varchar,
    wait varchar
);
comment on table fact_source is 'One row is one fact. Source: data/reference/three_colour/facts.toml.';
comment on column fact_source.mend is '整改办法: null where only time puts it right';
comment on column fact_source.wait is '自动失效: when time puts it right';

create table fact_word (
    fact varchar not null,
    word varchar not null,
    window_days integer,
    primary key (fact, word)
);
comment on table fact_word is 'One row is one word by which a finding tells a fact. Source: data/reference/three_colour/facts.toml.';

create table fact_spell (
    enterprise_key varchar not null,
    fact varchar not null,
    from_on date not null,
    until_on date not null check (until_on > from_on),
    unit_count bigint not null check (unit_count > 0),
    ledger varchar not null,
    record_key varchar,
    told varchar,
    batch_id varchar,
    source_sheet varchar,
    source_row bigint
);
comment on table fact_spell is 'One row is one spell of one fact at one subject, from_on <= day < until_on, as known when built. Source: the ledgers.';
comment on column fact_spell.unit_count is '数量: units of the fact in that spell';
comment on column fact_spell.told is '依据: what the row says; or which ledger holds no row';

create table fact_known (
    scheme varchar not null,
    fact varchar not null,
    known_from date not null,
    primary key (scheme, fact)
);
comment on table fact_known is 'One row is one fact that is told at all, by scheme. Source: the ledgers.';

create table subject_seen (
    enterprise_key varchar not null,
    seen_on date not null
);
comment on table subject_seen is 'One row is one subject and day on which somebody was there. Source: patrol_log, finding, gas_guard.';

create table colour_evaluation (
    evaluation_no bigint not null,
    enterprise_key varchar not null,
    scheme varchar not null,
    evaluated_on date not null,
    occasion varchar not null check (occasion in ('first', 'monthly', 'event', 'rule_change')),
    rule_version varchar not null,
    rule_hash varchar not null,
    score integer not null,
    candidate varchar not null check (candidate in ('green', 'yellow', 'red', 'unrated')),
    assigned varchar not null check (assigned in ('green', 'yellow', 'red', 'unrated')),
    colour varchar not null check (colour in ('green', 'yellow', 'red', 'unrated')),
    is_overridden boolean not null,
    standing varchar not null check (standing in ('green', 'yellow', 'red', 'unrated')),
    standing_since_on date,
    pass_count integer not null,
    dwell_days integer not null,
    is_dwell_doubled boolean not null,
    probation_from_on date,
    old_rule_colour varchar
);
comment on table colour_evaluation is 'One row is one subject looked at on one day under one scheme, as known when built. Source: fact_spell and three_colour_rule.';
comment on column colour_evaluation.occasion is '缘由: first visit, monthly, an event, or a rule change';
comment on column colour_evaluation.score is '得分（分）: points left';
comment on column colour_evaluation.candidate is '本次颜色: by this look alone';
comment on column colour_evaluation.assigned is '评定颜色: after what it was before (升降级、观察期)';
comment on column colour_evaluation.colour is '颜色: the assigned one, or the override in force';
comment on column colour_evaluation.standing is '留用颜色: what is gone on from while nobody is rated';
comment on column colour_evaluation.standing_since_on is '起于: the day that colour was given';
comment on column colour_evaluation.pass_count is '连续合格（次）: good looks in a row since';
comment on column colour_evaluation.dwell_days is '最短停留（天）';
comment on column colour_evaluation.probation_from_on is '观察期起: the last step from red to yellow';
comment on column colour_evaluation.old_rule_colour is '旧规则颜色: what the rule before would have given, on the day a rule changes';

create table evaluation_fact (
    evaluation_no bigint not null,
    fact varchar not null,
    fact_count bigint not null check (fact_count > 0)
);
comment on table evaluation_fact is 'One row is one fact that was not nought at one evaluation. Source: fact_spell.';

create table evaluation_fired (
    evaluation_no bigint not null,
    item varchar not null,
    item_kind varchar not null,
    fact varchar not null,
    fact_count bigint not null check (fact_count > 0),
    lost_points bigint not null check (lost_points >= 0),
    forced_colour varchar
);
comment on table evaluation_fired is 'One row is one item of the rule that fired at one evaluation. Source: evaluation_fact and rule_item.';
comment on column evaluation_fired.lost_points is '扣分（分）: after the item''s own cap';
comment on column evaluation_fired.forced_colour is '定为: the best colour a veto or a cap leaves';
