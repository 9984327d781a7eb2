-- Hazards and cases: their life, their counts, how long they last and whether they come back.

-- Where does every hazard stand? One row is one hazard or case reported by then, with the state it was in.
--   is_case       filed, not void, not handled on the spot: population X of the measures
--   due_eff_at    the limit that counts: extended where an extension was granted
--   is_closed     also where a file says so without a date (closed_at is then null)
--   is_overdue    open past its limit, not suspended, unless handled in time and only waiting for its check
--   stage         reported, filed, dispatched, handled, verified, closed; void and self_handled stand apart
create macro hazard_at(as_at, known_at) as table
with known as (
    select * from hazard_known(known_at) as latest where latest.reported_at <= as_at
),
lived as (
    select
        record_key, hazard_no, reopen_of, grid_code, community, place, part, kind, case_kind, level, description, source,
        unit, status, measure, fund, emergency_plan, has_owner, note, lon, lat, crs, has_filing, closed_basis,
        photo_before, photo_after, has_photo_column, is_self_verified, closing_level,
        coalesce(rework_count, 0) as rework_count,
        coalesce(is_suspended, false) as is_suspended,
        coalesce(is_self_handled, false) as is_self_handled,
        reported_at,
        -- a ledger without a filing column starts the clock when the hazard is found
        coalesce(filed_at, case when not coalesce(has_filing, false) then reported_at end) as filed_at,
        dispatched_at,
        coalesce(handled_first_at, handled_at, closed_at) as handled_first_at,
        coalesce(handled_at, closed_at) as handled_at,
        -- not where the closing, or the one date of both, stands for it
        handled_at is not null and closed_basis is distinct from 'rectified' as is_handling_told,
        verified_at,
        closed_at,
        closed_at is null and (status = 'closed' or coalesce(is_written_off, false)) as is_closed_undated,
        handled_at is null and closed_at is null and status in ('handled', 'closed') as is_handled_undated,
        voided_at,
        due_at,
        extended_due_at,
        coalesce(extended_due_at, due_at) as due_eff_at,
        updated_at, batch_id, source_sheet, source_row, known_since
    from known
),
happened as (
    select *,
        coalesce(filed_at <= as_at, false) as is_filed,
        coalesce(voided_at <= as_at, false) as is_void,
        coalesce(dispatched_at <= as_at, false) as is_dispatched,
        coalesce(handled_at <= as_at, false) or coalesce(is_handled_undated, false) as is_handled,
        coalesce(verified_at <= as_at, false) as is_verified,
        coalesce(closed_at <= as_at, false) or coalesce(is_closed_undated, false) as is_closed,
        coalesce(due_eff_at < as_at, false) as is_due,
        coalesce(handled_at <= due_eff_at and handled_at <= as_at, false) as is_handled_on_time,
        coalesce(handled_first_at <= due_eff_at and handled_first_at <= as_at, false) as is_first_handled_on_time,
        coalesce(extended_due_at > due_at, false) as is_extended
    from lived
),
judged as (
    select *, is_filed and not is_void and not is_self_handled as is_case from happened
)
select
    record_key, hazard_no, reopen_of, reopen_of is not null as is_reopened,
    grid_code, community, place, part, kind, case_kind, level, description, source, unit, status,
    measure, fund, emergency_plan, has_owner, note, lon, lat, crs, has_filing, closed_basis, rework_count,
    photo_before, photo_after, coalesce(has_photo_column, false) as has_photo_column, is_self_verified, closing_level,
    reported_at,
    case when is_filed then filed_at end as filed_at,
    case when is_dispatched then dispatched_at end as dispatched_at,
    case when handled_first_at <= as_at then handled_first_at end as handled_first_at,
    case when is_handled then handled_at end as handled_at,
    case when is_verified then verified_at end as verified_at,
    case when is_closed then closed_at end as closed_at,
    case when is_void then voided_at end as voided_at,
    due_at, extended_due_at, due_eff_at,
    is_case, is_filed, is_void, is_self_handled, is_suspended, is_dispatched, is_handled, is_verified, is_closed,
    is_due, is_extended, is_handling_told, is_handled_on_time, is_first_handled_on_time,
    is_case and not is_closed as is_open,
    is_case and not is_closed and not is_suspended and is_due and not is_handled_on_time as is_overdue,
    case
        when is_void then 'void'
        when is_self_handled then 'self_handled'
        when is_closed then 'closed'
        when is_verified then 'verified'
        when is_handled then 'handled'
        when is_dispatched then 'dispatched'
        when is_filed then 'filed'
        else 'reported'
    end as stage,
    updated_at, batch_id, source_sheet, source_row, known_since
from judged;

-- In which counts of the period [since, until) does every hazard stand? One row is one hazard reported by as_at.
-- A case enters the stock when filed and leaves it when closed or made void, whichever is first; one that is
-- closed without a date never stood in it. entered_at and left_at are null where that has not happened.
create macro case_counted(since, until, as_at, known_at) as table
with moved as (
    select *,
        case when is_filed and not is_self_handled then filed_at end as entered_at,
        case when is_closed then coalesce(closed_at, filed_at) end as closed_then,
        case when is_void then voided_at end as voided_then
    from hazard_at(as_at, known_at)
),
left_stock as (
    select *,
        case
            when entered_at is null or (closed_then is null and voided_then is null) then null
            else greatest(entered_at, least(coalesce(closed_then, voided_then), coalesce(voided_then, closed_then)))
        end as left_at,
        closed_then is not null and (voided_then is null or closed_then <= voided_then) as is_left_by_closing,
        is_case and not is_suspended and due_eff_at >= since and due_eff_at < least(until, as_at) as is_needed
    from moved
)
select *,
    is_needed as counted_need_to_handle,
    is_needed and is_handled_on_time as counted_handled_on_time,
    is_needed and is_first_handled_on_time as counted_handled_on_time_first,
    is_needed and is_handled as counted_handled_of_due,
    is_needed and not is_handled as counted_overdue_unhandled,
    is_needed and is_closed as counted_closed_of_due,
    is_needed and is_closed and closed_at <= due_eff_at as counted_closed_on_time,
    is_needed and rework_count > 0 as counted_reworked,
    is_case and not is_suspended and not is_handled and due_eff_at >= as_at and due_eff_at < until as counted_not_yet_due,
    is_case and not is_suspended and due_at >= since and due_at < until as counted_due_by_first_limit,
    is_case and is_extended and due_at >= since and due_at < until as counted_extended,
    is_case and is_suspended as counted_suspended,
    is_open and is_suspended as counted_open_suspended,
    reported_at >= since and reported_at < until and not is_reopened as counted_reported,
    reported_at >= since and reported_at < until and not is_reopened and not is_self_handled as counted_reported_to_file,
    reported_at >= since and reported_at < until and not is_reopened and not is_self_handled and is_filed
        as counted_filed_of_reported,
    is_case and filed_at >= since and filed_at < until as counted_filed,
    is_self_handled and is_filed and filed_at >= since and filed_at < until as counted_self_handled,
    is_open as counted_open_stock,
    is_overdue as counted_overdue_stock,
    is_open and level = 'major' as counted_major_open,
    entered_at < since and (left_at is null or left_at >= since) as counted_opening_stock,
    entered_at >= since and entered_at < until as counted_entered,
    entered_at >= since and entered_at < until and not is_reopened as counted_newly_filed,
    entered_at >= since and entered_at < until and is_reopened as counted_reopened,
    entered_at >= since and entered_at < until and is_void as counted_voided_of_entered,
    left_at >= since and left_at < until and is_left_by_closing as counted_closed,
    left_at >= since and left_at < until and not is_left_by_closing as counted_voided,
    entered_at < until and (left_at is null or left_at >= until) as counted_closing_stock
from left_stock;

-- How many cases stand in each count of the period? One row is one grid; every count adds up over grids. `of_kind`
-- narrows it to one kind of hazard.
create macro case_tally(since, until, as_at, known_at, of_kind := '') as table
select
    community,
    grid_code,
    count(*) filter (where counted_need_to_handle) as need_to_handle,
    count(*) filter (where counted_handled_on_time) as handled_on_time,
    count(*) filter (where counted_handled_on_time_first) as handled_on_time_first,
    count(*) filter (where counted_handled_of_due) as handled_of_due,
    count(*) filter (where counted_overdue_unhandled) as overdue_unhandled,
    count(*) filter (where counted_closed_of_due) as closed_of_due,
    count(*) filter (where counted_closed_on_time) as closed_on_time,
    count(*) filter (where counted_reworked) as reworked,
    total(case when counted_reworked then rework_count end) as rework_times,
    count(*) filter (where counted_not_yet_due) as not_yet_due,
    count(*) filter (where counted_due_by_first_limit) as due_by_first_limit,
    count(*) filter (where counted_extended) as extended,
    count(*) filter (where counted_suspended) as suspended,
    count(*) filter (where counted_open_suspended) as open_suspended,
    count(*) filter (where counted_reported) as reported,
    count(*) filter (where counted_reported_to_file) as reported_to_file,
    count(*) filter (where counted_filed_of_reported) as filed_of_reported,
    count(*) filter (where counted_filed) as filed,
    count(*) filter (where counted_self_handled) as self_handled,
    count(*) filter (where counted_open_stock) as open_stock,
    count(*) filter (where counted_overdue_stock) as overdue_stock,
    count(*) filter (where counted_major_open) as major_open,
    count(*) filter (where counted_opening_stock) as opening_stock,
    count(*) filter (where counted_entered) as entered,
    count(*) filter (where counted_newly_filed) as newly_filed,
    count(*) filter (where counted_reopened) as reopened,
    count(*) filter (where counted_voided_of_entered) as voided_of_entered,
    count(*) filter (where counted_closed) as closed,
    count(*) filter (where counted_voided) as voided,
    count(*) filter (where counted_closing_stock) as closing_stock
from case_counted(since, until, as_at, known_at)
where of_kind in ('', kind)
group by community, grid_code;

-- The rates of the cases that fell due, out of a row of counts: select *, unnest(due_rates(counted)) from counted.
create macro due_rates(counted) as (struct_pack(
    on_time_handling_rate := rate(counted['handled_on_time'], counted['need_to_handle']),
    on_time_handling_rate_first := rate(counted['handled_on_time_first'], counted['need_to_handle']),
    handling_rate := rate(counted['handled_of_due'], counted['need_to_handle']),
    overdue_unhandled_rate := rate(counted['overdue_unhandled'], counted['need_to_handle']),
    closing_rate := rate(counted['closed_of_due'], counted['need_to_handle']),
    on_time_closing_rate := rate(counted['closed_on_time'], counted['need_to_handle']),
    rework_rate := rate(counted['reworked'], counted['need_to_handle'])
));

-- All rates of a row of `case_tally`: those of what fell due, and those with a population of their own.
create macro case_rates(counted) as (struct_concat(due_rates(counted), struct_pack(
    extension_rate := rate(counted['extended'], counted['due_by_first_limit']),
    filing_rate := rate(counted['filed_of_reported'], counted['reported_to_file']),
    void_rate := rate(counted['voided_of_entered'], counted['entered'])
)));

-- How much of each group is still going after how long, counting those whose end is not known yet? (Kaplan-Meier)
-- `lifetimes` names a table or step with one row a life: group_no, lasted, is_ended; a life that has not ended has
-- lasted until now and will last longer. One row is one group and one length at which a life ended or was lost from
-- sight.
create macro still_going(lifetimes) as table
with ends as (
    select
        group_no,
        lasted,
        count(*) filter (where is_ended) as ended_then,
        sum(count(*)) over (partition by group_no order by lasted desc) as at_risk
    from query_table(lifetimes)
    group by group_no, lasted
)
select
    group_no,
    lasted,
    product(1.0 - ended_then / cast(at_risk as double)) over (partition by group_no order by lasted) as share_left
from ends;

-- The length at which a curve of `still_going` first comes down to a share; null where it has not.
create macro lasted_until(lasted, share_left, share) as (
    min(lasted) filter (where share_left <= share + 1e-9)
);

-- How long has every case filed in the period stayed open? One row is one case; one closed without a date tells no
-- length. A closing that tells only its day may stand before the filing's hour.
create macro case_lifetime(since, until, as_at, known_at) as table
select
    community, grid_code, kind, unit,
    is_closed as is_ended,
    greatest(0, date_diff('second', filed_at, case when is_closed then closed_at else as_at end) / 86400.0) as lasted_days
from hazard_at(as_at, known_at)
where is_case and filed_at >= since and filed_at < until and not (is_closed and closed_at is null);

-- By what the cases are told apart: their kind, grid, community or unit. Null where the case does not say.
create macro grouped_by(apart, kind, grid_code, community, unit) as (
    case apart
        when 'kind' then kind
        when 'grid' then grid_code
        when 'community' then community
        when 'unit' then unit
        else error('不能按 ' || apart || ' 分组，可用 kind、grid、community、unit')
    end
);

-- Was a hazard found by looking for it, or by a complaint or an order from above? Null for sources that are neither.
create macro found_actively(source) as (
    case
        when source in ('patrol', 'self_check', 'mutual_check', 'snap', 'rider') then true
        when source in ('hotline', 'superior') then false
    end
);

-- When something last happened to an open case.
create macro last_step_of(reported_at, filed_at, dispatched_at, handled_first_at, handled_at, verified_at) as (
    greatest(reported_at, filed_at, dispatched_at, handled_first_at, handled_at, verified_at)
);

-- Did what was closed come back? One row is one dated closing whose place is written: `recurred_at` is when the same
-- kind was first found again at the same place (and in the same part, where `is_part_told`) within so many days,
-- `is_followed` whether all of them have passed.
create macro closing_followed(days, is_part_told, as_at, known_at) as table
with hazards as (
    select * from hazard_at(as_at, known_at) where is_filed and not is_void and place is not null
),
closings as (
    select *, closed_at + to_days(cast(days as integer)) as followed_at from hazards where is_case and closed_at is not null
),
came_back as (
    select
        closings.record_key,
        min(again.filed_at) as recurred_at,
        arg_min(again.hazard_no, (again.filed_at, again.hazard_no)) as recurred_no
    from closings
    join hazards as again
        on again.grid_code is not distinct from closings.grid_code and again.place = closings.place
        and again.kind = closings.kind
        and again.filed_at > closings.closed_at and again.filed_at <= closings.followed_at
        -- a closing that tells only its day may stand before the filing's hour
        and again.record_key <> closings.record_key
    where not is_part_told or again.part is not distinct from closings.part
    group by closings.record_key
)
select closings.*, recurred_at, recurred_no, followed_at <= as_at as is_followed
from closings
left join came_back on came_back.record_key = closings.record_key;

-- What came of the hazards a patrol found (出门一把抓，回来再分工)? One row is one hazard whose source is a patrol.
--   is_spot_handled  handled by the finder, or closed within the length of a round
--   is_loop_due      its limit lies in the period and has passed; is_loop_answered: handled by then, accepted
--   is_to_assign     found in the period and to be dispatched, once dispatched or a workday late; null in a ledger
--                    that never notes a dispatch
create macro patrol_hazard(since, until, as_at, known_at) as table
with hazards as (
    select *, reported_at >= since and reported_at < until and not is_reopened and not is_void as is_found
    from case_counted(since, until, as_at, known_at)
    where source = 'patrol'
),
dispatching as (
    select count(dispatched_at) > 0 as is_noted from hazard_at(as_at, known_at)
)
select
    hazards.*,
    is_found and (
        is_self_handled or coalesce(closed_at <= reported_at + to_minutes(rule.round_minutes), false)
    ) as is_spot_handled,
    counted_need_to_handle as is_loop_due,
    counted_handled_on_time as is_loop_answered,
    case when is_noted then
        is_found and is_case
        and (dispatched_at is not null or today.workday_index - found.workday_index > 1)
    end as is_to_assign,
    case when is_noted then
        is_found and is_case and coalesce(dispatched.workday_index - found.workday_index <= 1, false)
    end as is_assigned_in_time
from hazards
cross join patrol_rule as rule
cross join dispatching
join calendar_day as found on found.day = cast(reported_at as date)
join calendar_day as today on today.day = cast(as_at as date)
left join calendar_day as dispatched on dispatched.day = cast(dispatched_at as date);

-- Can a period be compared with the one before? One row; not where the ledger begins within that one, or after it.
create macro hazard_comparable(since_before, as_at, known_at) as table
select first_at < cast(since_before as date) + 1 as is_comparable
from (select min(reported_at) as first_at from hazard_at(as_at, known_at)) as begun;

-- How do the figures of a page stand beside the period before? One row is one figure. `figures` names a step with one
-- row a figure and period ('now' or 'before'): card, figure, period, value, numerator, denominator.
create macro hazard_figures(figures, since_before, as_at, known_at) as table
with compared as (
    select
        card,
        figure,
        max(value) filter (where period = 'now') as value,
        cast(max(numerator) filter (where period = 'now') as double) as numerator,
        cast(max(denominator) filter (where period = 'now') as double) as denominator,
        max(value) filter (where period = 'before' and is_comparable) as value_before,
        cast(max(numerator) filter (where period = 'before') as double) as numerator_before,
        cast(max(denominator) filter (where period = 'before') as double) as denominator_before
    from query_table(figures)
    cross join hazard_comparable(since_before, as_at, known_at)
    group by card, figure
)
select *, value - value_before as change from compared;

-- Are the cases of the period found early, answered soon and closed for good? One row. A closing belongs to the period
-- in which the last of the days ends that it is watched for, so that its watching is complete.
create macro case_soundness(since, until, as_at, known_at, communities, grids, of_kind) as table
with chosen as materialized (
    select filed_at, closed_at, source, closing_level, is_handled, is_open,
        least(dispatched_at, handled_first_at, handled_at, verified_at, closed_at) as responded_at,
        last_step_of(reported_at, filed_at, dispatched_at, handled_first_at, handled_at, verified_at) as last_step_at
    from hazard_at(as_at, known_at)
    where is_case and in_scope(grid_code, community, grids, communities) and of_kind in ('', kind)
),
filed as (
    select * from chosen where filed_at >= since and filed_at < until
),
-- one that was handled without a date tells no length
lifetimes as (
    select
        1 as group_no,
        responded_at is not null as is_ended,
        greatest(0, date_diff('second', filed_at, coalesce(responded_at, as_at)) / 3600.0) as lasted
    from filed
    where responded_at is not null or not is_handled
),
response as (
    select
        lasted_until(lasted, share_left, 0.5) as first_response_hours,
        lasted_until(lasted, share_left, 0.1) as first_response_p90_hours
    from still_going('lifetimes')
),
responded as (
    select count(*) as timed_count, count(*) filter (where is_ended) as responded_count from lifetimes
),
found as (
    select
        count(*) filter (where found_actively(source)) as found_actively_count,
        count(*) filter (where found_actively(source) is not null) as found_either_way_count
    from filed
),
closed as (
    select
        count(*) filter (where closing_level = 'grid') as closed_in_grid,
        count(*) filter (where closing_level is not null) as closed_with_level
    from chosen
    where closed_at >= since and closed_at < until
),
slept as (
    select
        count(*) filter (where last_step_at < as_at - interval 14 day) as sleeping_stock,
        count(*) as awake_or_asleep
    from chosen
    where is_open
),
watched_90 as (
    select count(*) as followed_90_days, count(recurred_at) as recurred_90_days
    from closing_followed(90, true, as_at, known_at)
    where is_followed and followed_at >= since and followed_at < until
        and in_scope(grid_code, community, grids, communities) and of_kind in ('', kind)
),
watched_30 as (
    select count(*) as followed_30_days, count(recurred_at) as recurred_30_days
    from closing_followed(30, false, as_at, known_at)
    where is_followed and followed_at >= since and followed_at < until
        and in_scope(grid_code, community, grids, communities) and of_kind in ('', kind)
)
select * from response, responded, found, closed, slept, watched_90, watched_30;
