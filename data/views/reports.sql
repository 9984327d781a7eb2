-- What the public reports and suggests, and what becomes of it.

-- What does an answer to a call-back say? "unreached" is one that was not got; anything else says nothing (null).
create macro satisfaction_of(answer) as (
    case
        when regexp_matches(answer, '不满意') then 'dissatisfied'
        when regexp_matches(answer, '未接|无法接|无人接|不接|拒|关机|停机|空号|挂断|未回访|未评价') then 'unreached'
        when regexp_matches(answer, '基本满意|比较满意|一般') then 'fair'
        when regexp_matches(answer, '^(非常|十分|很)?满意$') then 'satisfied'
    end
);

-- What did the public report by then, and what became of it? One row is one report, a repeated one too. The hotline
-- enters by the reports' own channel column or, where no report ever came by it, by the hazards of that source.
--   is_duplicate  marked as a repetition, whether or not it says of what
--   first_key     the report it repeats, a chain being followed three steps; else itself
--   is_to_handle  neither unfounded nor a repetition: what is to be taken up, handled and answered
--   is_to_dispatch     what was handled without being dispatched was never to be
--   is_handling_timed  dispatched, and not handled on a day nobody wrote down
--   tells_...     whether this channel's ledgers ever tell such a moment: where they do not, its lack means nothing
create macro report_at(as_at, known_at) as table
with told as (
    select
        case when regexp_matches(channel, '热线|12345') then 'hotline' else source end as report_channel,
        case when duplicate_of <> record_key then duplicate_of end as repeats_key,
        regexp_matches(status, '重复') and not regexp_matches(status, '[非不未无]重复') as is_marked,
        handled_at is null and regexp_matches(status, '^已(处|办|完|解|整)|办结|结案') as is_handled_undated,
        record_key, report_no, duplicate_of, reported_at, kind, place, grid_code, community, unit, reporter_key,
        is_valid, status, dispatched_at, handled_at, feedback_at, satisfaction, batch_id, source_sheet, source_row
    from public_report_at(as_at, known_at)
),
-- where two name each other, the earlier one is the first
own as (
    select told.* replace (case when other.record_key is null then told.repeats_key end as repeats_key)
    from told
    left join told as other
        on other.record_key = told.repeats_key and other.repeats_key = told.record_key
        and (told.reported_at, told.record_key) < (other.reported_at, other.record_key)
),
every as (
    select * from own
    union all by name
    select
        'hotline' as report_channel, record_key, hazard_no as report_no, reported_at, kind, place, grid_code, community,
        unit, case when is_void then false when is_filed and has_filing then true end as is_valid,
        dispatched_at, handled_at, is_handled and handled_at is null as is_handled_undated,
        batch_id, source_sheet, source_row
    from hazard_at(as_at, known_at)
    where source = 'hotline' and not is_reopened and not exists (select 1 from own where report_channel = 'hotline')
),
channel as (
    select
        report_channel,
        bool_or(dispatched_at is not null) as tells_dispatch,
        bool_or(handled_at is not null) as tells_handling,
        bool_or(feedback_at is not null) as tells_feedback,
        bool_or(satisfaction is not null) as tells_satisfaction,
        bool_or(repeats_key is not null or coalesce(is_marked, false)) as tells_repeats
    from every
    group by report_channel
),
repeats as (
    select record_key, repeats_key from own where repeats_key is not null
),
happened as (
    select
        every.* replace (
            case when every.dispatched_at <= as_at then every.dispatched_at end as dispatched_at,
            case when every.handled_at <= as_at then every.handled_at end as handled_at,
            case when every.feedback_at <= as_at then every.feedback_at end as feedback_at,
            coalesce(every.is_handled_undated, false) as is_handled_undated
        ),
        coalesce(every.feedback_at, every.handled_at, every.reported_at) as asked_at,
        every.repeats_key is not null or coalesce(every.is_marked, false) as is_duplicate,
        coalesce(third.repeats_key, second.repeats_key, every.repeats_key, every.record_key) as first_key,
        channel.* exclude (report_channel)
    from every
    join channel on channel.report_channel = every.report_channel
    left join repeats as second on second.record_key = every.repeats_key
    left join repeats as third on third.record_key = second.repeats_key
)
select
    * exclude (repeats_key, is_marked, satisfaction),
    case when asked_at <= as_at then satisfaction_of(satisfaction) end as answer,
    is_valid is not false and not is_duplicate as is_to_handle,
    is_to_handle and tells_dispatch and (dispatched_at is not null or (handled_at is null and not is_handled_undated))
        as is_to_dispatch,
    is_to_handle and tells_handling and dispatched_at is not null and not is_handled_undated as is_handling_timed
from happened;

-- When do the reports begin? One row; null where there are none.
create macro report_begin(as_at, known_at) as table
select coalesce(reports.first_at, hotline.first_at) as first_at
from (select min(reported_at) as first_at from public_report_at(as_at, known_at)) as reports
cross join (select min(reported_at) as first_at from hazard_at(as_at, known_at) where source = 'hotline') as hotline;

-- How long did every report take from one moment of its life to the next? One row is one report and one clock that began
-- for it in the period; one that has not ended has lasted until now.
create macro report_clock(since, until, as_at, known_at) as table
with reports as (
    select * from report_at(as_at, known_at) where is_to_handle
),
clocks as (
    select 'dispatch' as clock, *, reported_at as began_at, dispatched_at as ended_at from reports where is_to_dispatch
    union all
    select 'handling', *, dispatched_at, handled_at from reports where is_handling_timed
    union all
    select 'feedback', *, handled_at, feedback_at from reports where tells_feedback
    union all
    select 'whole', *, reported_at, feedback_at from reports where tells_feedback
)
select
    clock, report_channel, kind, grid_code, community,
    ended_at is not null as is_ended,
    greatest(0, date_diff('second', began_at, coalesce(ended_at, as_at)) / 86400.0) as lasted_days
from clocks
where began_at >= since and began_at < until;

-- What was suggested by then, and what was decided of it? One row is one suggestion. A decision without a date counts
-- from the day the suggestion came; where nobody says whether it was adopted, class A is.
create macro suggestion_state_at(as_at, known_at) as table
with known as (
    select *, coalesce(replied_at, submitted_at) as settled_at from suggestion_at(as_at, known_at)
)
select
    * replace (
        case when replied_at <= as_at then replied_at end as replied_at,
        case when settled_at <= as_at then result_class end as result_class,
        case when settled_at <= as_at then coalesce(is_adopted, result_class = 'A') end as is_adopted
    ),
    settled_at <= as_at and (is_adopted is not null or result_class in ('A', 'B', 'C', 'D')) as is_decided,
    case when settled_at <= as_at then satisfaction_of(satisfaction) end as answer
from known;

-- In which counts of the period [since, until) does every report stand? One row is one report. Answers to call-backs
-- count when they were asked for: with the feedback, else with the handling. What a channel's ledgers never tell is null, not false.
create macro report_counted(since, until, as_at, known_at) as table
with reports as (
    select *,
        reported_at >= since and reported_at < until as counted_reported,
        coalesce(is_to_handle and handled_at >= since and handled_at < until, false) as counted_handled,
        case
            when tells_satisfaction then
                (feedback_at is not null or answer is not null) and asked_at >= since and asked_at < until
        end as counted_to_call_back
    from report_at(as_at, known_at)
)
select *,
    counted_reported and not is_duplicate as counted_first,
    case when tells_repeats then counted_reported and is_duplicate end as counted_duplicate,
    counted_reported and is_valid is not null as counted_judged,
    counted_reported and coalesce(is_valid, false) as counted_valid,
    case when tells_feedback then counted_handled end as counted_to_answer,
    case when tells_feedback then counted_handled and feedback_at is not null end as counted_answered,
    case when tells_satisfaction then counted_to_call_back and coalesce(answer <> 'unreached', false) end
        as counted_called_back,
    case when tells_satisfaction then counted_to_call_back and coalesce(answer = 'satisfied', false) end
        as counted_satisfied
from reports;

-- In which counts of the period does every suggestion stand? One row is one suggestion; decisions and answers to
-- call-backs count when the reply was given, or, undated, when the suggestion came.
create macro suggestion_counted(since, until, as_at, known_at) as table
with suggestions as (
    select *,
        submitted_at >= since and submitted_at < until as counted_submitted,
        settled_at >= since and settled_at < until as is_settled_then,
        bool_or(satisfaction is not null) over () as tells_satisfaction
    from suggestion_state_at(as_at, known_at)
)
select *,
    is_settled_then and replied_at is not null as counted_replied,
    is_settled_then and is_decided as counted_decided,
    is_settled_then and is_decided and coalesce(is_adopted, false) as counted_adopted,
    is_settled_then and coalesce(replied_at <= due_at, false) as counted_replied_on_time,
    is_settled_then and tells_satisfaction and (replied_at is not null or answer is not null) as counted_to_call_back,
    is_settled_then and coalesce(answer <> 'unreached', false) as counted_called_back,
    is_settled_then and coalesce(answer = 'satisfied', false) as counted_satisfied
from suggestions;
