-- Shared meanings, each in one place. A macro takes `as_at`, the moment looked at (events after it have not happened),
-- and `known_at`, the moment of knowing (rows loaded after it are not known; null: everything loaded).
-- For every ledger the build adds <table> (current rows), <table>_known(known_at) and <table>_at(as_at, known_at).

-- Is a row within the communities and grids asked for? An empty list asks for all.
create macro in_scope(grid_code, community, grids, communities) as (
    (len(grids) = 0 or list_contains(grids, grid_code))
    and (len(communities) = 0 or list_contains(communities, community))
);

-- Which communities does a choice of grids and communities touch? What belongs to a whole community, such as a round,
-- is told of every community that has a chosen grid.
create macro community_in_scope(grids, communities, known_at) as table
select distinct community from grid_known(known_at)
where community is not null and in_scope(grid_code, community, grids, communities);

-- Which communities are there? One row is one community of the street, summed over its grids.
create view community as
select
    community,
    max(community_code) as community_code,
    max(street) as street,
    count(*) as grid_count,
    sum(households) as households,
    sum(population) as population,
    sum(floating_population) as floating_population
from grid
group by community;

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
    is_due, is_extended, is_handled_on_time, is_first_handled_on_time,
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

-- From when until when is each rating worn, from the ledger itself? One row is one rating as known then; it is worn
-- rated_on <= day < until_on, and never where a later one of the same day replaces it. Questions ask colour_spell_known.
create macro colour_spell_counted(known_at) as table
select
    enterprise_key, scheme, colour,
    lag(colour) over in_turn as colour_before,
    rated_on,
    lead(rated_on, 1, date '9999-12-31') over in_turn as until_on,
    rating_kind, score, reason, batch_id, source_sheet, source_row
from rating_known(known_at)
window in_turn as (
    partition by enterprise_key, scheme order by rated_on, coalesce(updated_at, known_since), record_key
);

-- From when until when is each rating worn? One row is one rating; today's knowledge was worked out at the build.
create macro colour_spell_known(known_at) as table
select * from colour_spell where known_at is null
union all
select * from colour_spell_counted(known_at) where known_at is not null;

-- Which colour does each subject wear? One row is one enterprise or shop under one scheme, by its latest rating.
create macro colour_at(as_at, known_at) as table
select enterprise_key, scheme, colour, colour_before, rated_on, rating_kind, score, reason, batch_id, source_sheet, source_row
from colour_spell_known(known_at)
where rated_on <= cast(as_at as date) and until_on > cast(as_at as date);

-- A rate between 0 and 1, or null for 0/0.
create macro rate(numerator, denominator) as (cast(numerator as double) / nullif(denominator, 0));

-- The sum of counts; 0, not null, where there is nothing to sum.
create macro total(counts) as (cast(coalesce(sum(counts), 0) as bigint));

-- The Wilson score interval of a rate: z is 1.96 for 95 %, 3.09 for 99.8 %. Null for 0/0.
create macro wilson_low(k, n, z) as (
    case when n > 0 then greatest(0.0,
        (k + z * z / 2.0 - z * sqrt(cast(k as double) * (n - k) / n + z * z / 4.0)) / (n + z * z)
    ) end
);
create macro wilson_high(k, n, z) as (
    case when n > 0 then least(1.0,
        (k + z * z / 2.0 + z * sqrt(cast(k as double) * (n - k) / n + z * z / 4.0)) / (n + z * z)
    ) end
);

-- The 95 % interval of a count of independent events (Byar's approximation of Poisson's); z as for Wilson.
create macro poisson_low(k, z) as (
    case when k > 0 then k * power(1 - 1 / (9.0 * k) - z / (3 * sqrt(k)), 3) when k = 0 then 0.0 end
);
create macro poisson_high(k, z) as (
    (k + 1) * power(1 - 1 / (9.0 * (k + 1)) + z / (3 * sqrt(k + 1)), 3)
);

-- Is a visit long enough to count as having been there? Under five minutes is passing by; a stay nobody noted counts.
create macro is_long_visit(stay_minutes) as (coalesce(stay_minutes, 5) >= 5);

-- What did the patrols of each day come to, from the ledger itself? One row is one grid and day with a visit from
-- `since` on. Questions ask patrol_day_at, which says the same from the days summed up when the snapshot was built.
create macro patrol_day_counted(since, as_at, known_at) as table
select
    community,
    grid_code,
    cast(patrolled_at as date) as patrolled_on,
    count(*) as visit_count,
    count(*) filter (where is_long_visit(stay_minutes)) as long_visit_count,
    count(*) filter (where finding_count > 0) as finding_visits,
    count(*) filter (where finding_count = 0 and contact_count = 0) as empty_visit_count,
    count(*) filter (where cast(patrolled_at as time) >= time '19:30' and cast(patrolled_at as time) < time '21:30')
        as evening_visit_count,
    count(stay_minutes) as noted_stay_count,
    total(stay_minutes) as stay_minutes,
    total(finding_count) as finding_count,
    total(contact_count) as contact_count,
    min(patrolled_at) as first_visit_at,
    max(patrolled_at) as last_visit_at,
    max(patrolled_at) filter (where is_long_visit(stay_minutes)) as last_long_visit_at
from patrol_log_at(as_at, known_at)
where patrolled_at >= since
group by community, grid_code, patrolled_on;

-- What did the patrols of each hour come to, from the ledger itself? One row is one grid, day and hour with a visit.
create macro patrol_hour_counted(since, as_at, known_at) as table
select
    community,
    grid_code,
    cast(patrolled_at as date) as patrolled_on,
    hour(patrolled_at) as hour,
    count(*) as visit_count,
    total(finding_count) as finding_count
from patrol_log_at(as_at, known_at)
where patrolled_at >= since
group by community, grid_code, patrolled_on, hour(patrolled_at);

-- Where is the ledger itself counted for a question? From as_at's own day on, which may be half over, and from the
-- beginning where an earlier knowing is asked for; the days before that have been summed up.
create macro counted_from(as_at, known_at) as (
    case when known_at is null then date_trunc('day', as_at) else timestamp '0001-01-01' end
);

-- What did the patrols of each day come to by then? One row is one grid and day with a visit.
create macro patrol_day_at(as_at, known_at) as table
select * from patrol_day where patrolled_on < cast(counted_from(as_at, known_at) as date)
union all
select * from patrol_day_counted(counted_from(as_at, known_at), as_at, known_at);

-- What did the patrols of each hour come to by then? One row is one grid, day and hour of the clock with a visit.
create macro patrol_hour_at(as_at, known_at) as table
select * from patrol_hour where patrolled_on < cast(counted_from(as_at, known_at) as date)
union all
select * from patrol_hour_counted(counted_from(as_at, known_at), as_at, known_at);

-- Which places were called on each day, from the ledger itself? One row is one place of a grid and a day on which it was
-- visited long enough, from `since` on. Questions ask place_visit_at.
create macro place_visit_counted(since, as_at, known_at) as table
select
    grid_code,
    place,
    cast(patrolled_at as date) as patrolled_on,
    count(*) as visit_count,
    max(patrolled_at) as last_visit_at
from patrol_log_at(as_at, known_at)
where patrolled_at >= since and place is not null and is_long_visit(stay_minutes)
group by grid_code, place, patrolled_on;

-- Which places had been called on by then? One row is one place of a grid and a day on which it was visited long enough.
create macro place_visit_at(as_at, known_at) as table
select * from place_visit where patrolled_on < cast(counted_from(as_at, known_at) as date)
union all
select * from place_visit_counted(counted_from(as_at, known_at), as_at, known_at);

-- Which rounds (车次) of the 小红车 went out from `since` until `until`, from the ledger itself? One row is one community,
-- day and half-day with a visit. The ledger has no number of the round, so the half-day is it; visits of the evening
-- belong to none, and where the hour was not noted (midnight) the whole day is one round of unknown length. Names never
-- enter the warehouse: `crew_size` is the largest head count told, and a cadre cannot be told from a grid worker. What a
-- round did not note leaves its judgement null. Questions ask patrol_round.
create macro patrol_round_counted(since, until, as_at, known_at) as table
with visits as (
    select
        log.*,
        cast(patrolled_at as date) as patrolled_on,
        case
            when cast(patrolled_at as time) = time '00:00' then 'unknown'
            when cast(patrolled_at as time) < rule.afternoon_from then 'morning'
            when cast(patrolled_at as time) < rule.evening_from then 'afternoon'
            else 'evening'
        end as half_day
    from patrol_log_at(as_at, known_at) as log
    cross join patrol_rule as rule
    where patrolled_at >= since and patrolled_at < until and community is not null
),
rounds as (
    select
        community,
        patrolled_on,
        half_day,
        count(*) as visit_count,
        count(distinct grid_code) as reached_grids,
        max(crew_size) as crew_size,
        min(patrolled_at) as first_visit_at,
        case when half_day <> 'unknown' then
            date_diff('minute', min(patrolled_at), max(patrolled_at + to_minutes(coalesce(stay_minutes, 0))))
        end as round_minutes,
        total(finding_count) as finding_count,
        total(contact_count) as contact_count,
        count(*) filter (where finding_count is null or contact_count is null) as unnoted_count
    from visits
    where half_day <> 'evening'
    group by community, patrolled_on, half_day
),
judged as (
    select
        rounds.*,
        rounds.crew_size >= rule.crew_size as is_crew_met,
        rounds.round_minutes >= rule.round_minutes as is_long_enough,
        case
            when finding_count + contact_count > 0 then false
            when unnoted_count = 0 then true
        end as is_empty
    from rounds
    cross join patrol_rule as rule
)
select *, is_crew_met and is_long_enough as is_round_valid from judged;

-- Which rounds went out on the days since <= day < until? As patrol_round_counted; the days before as_at's own were
-- judged at the build.
create macro patrol_round(since, until, as_at, known_at) as table
select * from patrol_half_day
where patrolled_on >= since and patrolled_on < until and patrolled_on < cast(counted_from(as_at, known_at) as date)
union all
select * from patrol_round_counted(
    greatest(cast(since as timestamp), counted_from(as_at, known_at)), until, as_at, known_at
);

-- Did every community send the round it owed? One row is one community and required day that is over by as_at: a day
-- is over when the evening begins. `round_state` is the best of its rounds; where the whole ledger has not begun yet
-- or does not reach so far it is unreported, which is not the same as not having gone.
create macro round_day(since, until, as_at, known_at) as table
with reach as (
    -- rows of after as_at count here: they show that the ledger was kept until then
    select min(patrolled_on) as first_on, max(patrolled_on) as last_on
    from patrol_day_at(timestamp '9999-12-31', known_at)
),
owed as (
    select
        community.community,
        calendar_day.day as patrolled_on,
        coalesce(calendar_day.day between reach.first_on and reach.last_on, false) as is_reported
    from calendar_day
    cross join patrol_rule as rule
    cross join reach
    cross join community_in_scope([], [], known_at) as community
    where calendar_day.day >= since and calendar_day.day < until
        and calendar_day.day + rule.evening_from <= as_at
        and (rule.required_days = 'every_day' or calendar_day.is_workday)
),
went as (
    select
        community,
        patrolled_on,
        count(*) as round_count,
        total(visit_count) as visit_count,
        max(crew_size) as crew_size,
        max(round_minutes) as round_minutes,
        count(*) filter (where is_round_valid) as valid_count,
        count(*) filter (where is_round_valid is null) as unknown_count,
        count(*) filter (where is_crew_met) as crew_met_count,
        count(*) filter (where is_long_enough) as long_count,
        count(is_crew_met) as crew_told_count,
        count(is_long_enough) as timed_count
    from patrol_round(since, until, as_at, known_at)
    group by community, patrolled_on
)
select
    owed.community,
    owed.patrolled_on,
    coalesce(round_count, 0) as round_count,
    coalesce(visit_count, 0) as visit_count,
    crew_size,
    round_minutes,
    case
        when valid_count > 0 then 'valid'
        when unknown_count > 0 then 'unknown'
        when crew_met_count > 0 or crew_told_count = 0 then 'too_short'
        when long_count > 0 or timed_count = 0 then 'too_few'
        when round_count > 0 then 'both'
        when is_reported then 'none'
        else 'unreported'
    end as round_state
from owed
left join went on went.community = owed.community and went.patrolled_on = owed.patrolled_on;

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
    hazard_no, community, grid_code, kind, unit, level,
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
    select closings.record_key, min(again.filed_at) as recurred_at, arg_min(again.hazard_no, again.filed_at) as recurred_no
    from closings
    join hazards as again
        on again.grid_code = closings.grid_code and again.place = closings.place and again.kind = closings.kind
        and again.filed_at > closings.closed_at and again.filed_at <= closings.followed_at
    where not is_part_told or again.part is not distinct from closings.part
    group by closings.record_key
)
select closings.*, recurred_at, recurred_no, followed_at <= as_at as is_followed
from closings
left join came_back on came_back.record_key = closings.record_key;

-- What speaks against every closing of the period [since, until)? One row is one dated closing. A sign is true, false,
-- or null where the ledger cannot tell (no column, too little history, still being watched): null is never "clean".
-- What is usual is learnt from the two years before the period, of at least `least_history` closings, never from later.
--   is_self_verified   who rectified it is also who checked it
--   is_too_fast        below the 1st percentile of its kind, and below a tenth of its kind's median
--   is_without_photo   no after-photo, in a file most of whose closings have one
--   is_photo_repeated  the after-photo is its own before-photo's or another case's: `repeated` and `unlike` list the
--                      hazard numbers for which that was found true and false
--   is_last_minute     in the last two hours before its limit
--   is_recurred        reopened, or the same kind found again in the same part of the same place, within 30 days
--   is_burst           between the last workday before the weekly meeting and the meeting, its unit closed at least five
--                      within an hour, and three times what 95 % of its closings see
create macro closure_signs(since, until, least_history, meeting_weekday, repeated, unlike, as_at, known_at) as table
with closings as (
    select *,
        -- midnight is what a ledger without hours says
        cast(closed_at as time) <> time '00:00' as is_hour_told,
        cast(closed_at as time) <> time '00:00' and cast(filed_at as time) <> time '00:00' as is_timed,
        due_eff_at is not null and closed_at between due_eff_at - interval 2 hour and due_eff_at as is_just_before_due
    from hazard_at(as_at, known_at)
    where is_case and closed_at is not null and closed_at < until and closed_at >= since - interval 60 day - interval 2 year
),
paced as (
    select *,
        case
            when is_timed then date_diff('second', filed_at, closed_at)
            else 86400 * date_diff('day', cast(filed_at as date), cast(closed_at as date))
        end as closing_seconds,
        count(*) over (
            partition by unit, is_hour_told order by closed_at
            range between interval 30 minute preceding and interval 30 minute following
        ) as closed_within_hour
    from closings
),
before as (
    select * from paced where closed_at < since and closed_at >= since - interval 2 year
),
usual_of_kind as (
    select
        kind, is_timed,
        count(*) as case_count,
        quantile_cont(closing_seconds, 0.01) as fastest_seconds,
        median(closing_seconds) as median_seconds
    from before
    group by kind, is_timed
),
usual_of_unit as (
    select unit, count(*) as case_count, quantile_cont(closed_within_hour, 0.95) as busy_hour
    from before
    where unit is not null and is_hour_told
    group by unit
),
usual_of_limits as (
    select rate(count(*) filter (where is_just_before_due), count(*)) as share_before_due
    from before
    where is_hour_told and due_eff_at is not null
    having count(*) >= least_history
),
usual_of_file as (
    select batch_id, avg(cast(photo_after is not null as integer)) as share_with_photo
    from closings
    where has_photo_column
    group by batch_id
),
meeting_eve as (
    select days.day as eve_on
    from calendar_day as days
    where days.day >= since and days.day < until and not exists (
        select 1 from calendar_day as between_them
        where between_them.is_workday and between_them.day > days.day
            and between_them.day < days.day + (meeting_weekday - days.weekday + 6) % 7 + 1
    )
),
followed as (
    select record_key, recurred_at, recurred_no, is_followed from closing_followed(30, true, as_at, known_at)
),
reopened as (
    select reopen_of, min(reported_at) as reopened_at, arg_min(hazard_no, reported_at) as reopened_no
    from hazard_at(as_at, known_at) where reopen_of is not null
    group by reopen_of
),
signs as (
    select
        paced.* exclude (is_self_verified),
        is_self_verified,
        case
            when usual_of_kind.case_count >= least_history
            then closing_seconds < fastest_seconds and closing_seconds < median_seconds / 10
        end as is_too_fast,
        case when has_photo_column and share_with_photo >= 0.5 then photo_after is null end as is_without_photo,
        case
            when list_contains(repeated, paced.hazard_no) then true
            when list_contains(unlike, paced.hazard_no) then false
        end as is_photo_repeated,
        case when is_hour_told and due_eff_at is not null then is_just_before_due end as is_last_minute,
        case
            when followed.recurred_at is not null or reopened.reopened_at <= closed_at + interval 30 day then true
            when followed.is_followed then false
        end as is_recurred,
        case
            when not is_hour_told or paced.unit is null then null
            when eve_on is null then false
            when usual_of_unit.case_count >= least_history then closed_within_hour >= greatest(5, 3 * busy_hour)
        end as is_burst,
        coalesce(recurred_no, reopened_no) as recurred_no,
        -- where many close so late, a late closing by itself is no sign
        coalesce((select share_before_due from usual_of_limits) <= 0.01, true) as is_last_minute_rare
    from paced
    left join usual_of_kind
        on usual_of_kind.kind is not distinct from paced.kind and usual_of_kind.is_timed = paced.is_timed
    left join usual_of_unit on usual_of_unit.unit = paced.unit
    left join usual_of_file on usual_of_file.batch_id = paced.batch_id
    left join meeting_eve on eve_on = cast(closed_at as date)
    left join followed on followed.record_key = paced.record_key
    left join reopened on reopened.reopen_of = paced.hazard_no and reopened.reopened_at >= paced.closed_at
    where closed_at >= since
)
select *,
    list_filter(
        [
            case when is_self_verified then 'self_verified' end,
            case when is_too_fast then 'too_fast' end,
            case when is_without_photo then 'without_photo' end,
            case when is_photo_repeated then 'photo_repeated' end,
            case when is_last_minute then 'last_minute' end,
            case when is_recurred then 'recurred' end,
            case when is_burst then 'burst' end
        ],
        lambda sign: sign is not null
    ) as signs,
    coalesce(
        is_self_verified or is_too_fast or is_without_photo or is_photo_repeated or is_recurred or is_burst
        or (is_last_minute and is_last_minute_rare),
        false
    ) as is_to_review,
    -- only where all three can be judged: what speaks against it must not count alone
    case
        when is_self_verified is not null and is_without_photo is not null and is_recurred is not null
        then not (is_self_verified or is_without_photo or is_recurred or coalesce(is_photo_repeated, false))
    end as is_really_closed
from signs;

-- Which subjects are there, and which colour does each wear? One row is one enterprise or shop under one scheme: the
-- scheme of its kind, rated or not, and any other it was rated under. Deregistered ones and empty shops are gone.
create macro subject_colour_at(as_at, known_at) as table
with subject as (
    select
        record_key as enterprise_key, subject_kind, name, industry, grid_code, community,
        state is null or not regexp_matches(state, '注销|吊销|空铺|搬迁|迁出|倒闭|关闭') as is_active
    from enterprise_known(known_at)
),
worn as (
    select * from colour_at(as_at, known_at)
),
pairs as (
    select enterprise_key, subject_kind as scheme from subject
    union
    select enterprise_key, scheme from worn
)
select
    pairs.enterprise_key, pairs.scheme, subject.name, subject.industry, subject.grid_code, subject.community,
    coalesce(worn.colour, 'unrated') as colour,
    worn.colour_before, worn.rated_on, worn.rating_kind, worn.score, worn.reason,
    worn.batch_id, worn.source_sheet, worn.source_row
from pairs
join subject on subject.enterprise_key = pairs.enterprise_key
left join worn on worn.enterprise_key = pairs.enterprise_key and worn.scheme = pairs.scheme
where subject.is_active;

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

-- How much of the patrols did every grid get, beside the hazards it had? One row is one grid. The hazard-heavy grids
-- are the fifth with most hazards of the period; those that tie are in together.
create macro grid_dose(since, until, as_at, known_at, grids, communities) as table
with places as (
    select grid_code, grid_name, community from grid_known(known_at)
    where in_scope(grid_code, community, grids, communities)
),
visits as (
    select
        grid_code,
        total(visit_count) as visit_count,
        total(noted_stay_count) as noted_stay_count,
        total(stay_minutes) as stay_minutes,
        total(finding_count) as finding_count,
        total(evening_visit_count) as evening_visit_count,
        total(long_visit_count) as long_visit_count
    from patrol_day_at(as_at, known_at)
    where patrolled_on >= since and patrolled_on < until
    group by grid_code
),
hazards as (
    select grid_code, count(*) as hazard_count
    from hazard_at(as_at, known_at)
    where reported_at >= since and reported_at < until and not is_void
    group by grid_code
),
dosed as (
    select
        places.*,
        coalesce(visit_count, 0) as visit_count,
        coalesce(finding_count, 0) as finding_count,
        coalesce(evening_visit_count, 0) as evening_visit_count,
        coalesce(long_visit_count, 0) > 0 as is_covered,
        case when coalesce(visit_count, 0) = 0 or noted_stay_count > 0 then coalesce(stay_minutes, 0) end as stay_minutes,
        coalesce(hazard_count, 0) as hazard_count,
        rank() over (order by coalesce(hazard_count, 0) desc) as hazard_place
    from places
    left join visits on visits.grid_code = places.grid_code
    left join hazards on hazards.grid_code = places.grid_code
)
select
    *,
    stay_minutes * 7 * 86400.0 / nullif(
        date_diff('second', cast(since as timestamp), least(cast(until as timestamp), as_at)), 0
    ) as weekly_stay_minutes,
    hazard_count > 0 and hazard_place <= ceil((select count(*) from places) / 5.0) as is_hazard_heavy
from dosed;

-- How long has every grid waited for a visit of five minutes or more? One row is one grid. `is_waiting`: longer than the
-- rule's hours; of a grid never visited that can be said once the patrol ledger is as old as that.
create macro grid_wait(as_at, known_at) as table
with last_visit as (
    select grid_code, max(last_long_visit_at) as last_visit_at from patrol_day_at(as_at, known_at) group by grid_code
),
begun as (
    select min(first_visit_at) as begun_at from patrol_day_at(as_at, known_at)
)
select
    places.community, places.grid_code, places.grid_name,
    last_visit_at,
    date_diff('second', last_visit_at, as_at) / 3600.0 as unvisited_hours,
    last_visit_at + to_hours(grid_interval_hours) as runs_out_at,
    case
        when last_visit_at is not null then last_visit_at + to_hours(grid_interval_hours) < as_at
        when begun_at + to_hours(grid_interval_hours) < as_at then true
    end as is_waiting
from grid_known(known_at) as places
cross join patrol_rule
cross join begun
left join last_visit on last_visit.grid_code = places.grid_code;

-- When was every enterprise and shop last called on, and by when is it to be called on again? One row is one active
-- subject under the scheme that wants it visited sooner. A visit names its place: the subject of that name in the same
-- grid. One never visited is due an interval after the patrol ledger, or the subject itself, begins.
create macro subject_visit_at(as_at, known_at) as table
with subject as (
    select
        colours.*,
        interval_days,
        row_number() over (partition by enterprise_key order by interval_days, colours.scheme) as urgency
    from subject_colour_at(as_at, known_at) as colours
    join visit_interval on visit_interval.scheme = colours.scheme and visit_interval.colour = colours.colour
),
visited as (
    select grid_code, place, max(last_visit_at) as last_visit_at
    from place_visit_at(as_at, known_at)
    group by grid_code, place
),
begun as (
    select min(patrolled_on) as begun_on from patrol_day_at(as_at, known_at)
),
due as (
    select
        subject.enterprise_key, subject.name, subject.grid_code, subject.community, subject.scheme, subject.colour,
        subject.interval_days,
        visited.last_visit_at,
        case
            when begun.begun_on is null then null
            else interval_days + coalesce(
                cast(visited.last_visit_at as date),
                greatest(begun.begun_on, coalesce(firm.registered_on, begun.begun_on))
            )
        end as visit_due_on
    from subject
    cross join begun
    join enterprise_known(known_at) as firm on firm.record_key = subject.enterprise_key
    left join visited on visited.grid_code = subject.grid_code and visited.place = subject.name
    where urgency = 1
)
select
    *,
    date_diff('day', cast(last_visit_at as date), cast(as_at as date)) as since_visit_days,
    last_visit_at is not null or visit_due_on < cast(as_at as date) as is_visit_due,
    visit_due_on < cast(as_at as date) as is_visit_overdue
from due;

-- What was known of every grid when the rounds of a day set out? One row is one grid and one day of [since, until), by
-- what had happened before that day and by as_at.
--   gap_days         since the last long visit; for a grid never visited, since the patrol ledger begins
--   hazards_lately   of the 91 days before, up to the last visit: what came later nobody has looked for
--   hazards_per_day  as though the grid had been watched for 28 more days, with the street's average found in them
--   unseen_hazards   what came since the last visit at that rate; each has waited half the gap: unseen_wait
--   red_yellow_due   red and yellow subjects not called on within their interval; null where no visit names a subject
--   colour_weight    1 where none of them is due, 2 where all are
create macro round_outlook(since, until, as_at, known_at) as table
with rounds as (
    select day as round_on from calendar_day where day >= cast(since as date) and day < cast(until as date)
),
visited as (
    select grid_code, patrolled_on, last_long_visit_at from patrol_day_at(as_at, known_at) where long_visit_count > 0
),
begun as (
    select min(patrolled_on) as begun_on from patrol_day_at(as_at, known_at)
),
waiting as (
    select
        rounds.round_on, place.community, place.grid_code, place.grid_name, visited.last_long_visit_at,
        visited.patrolled_on as last_visit_on,
        greatest(rounds.round_on - 91, begun.begun_on) as watched_from,
        case when begun.begun_on < rounds.round_on
            then rounds.round_on - coalesce(visited.patrolled_on, begun.begun_on)
        end as gap_days
    from grid_known(known_at) as place
    cross join rounds
    cross join begun
    asof left join visited on visited.grid_code = place.grid_code and visited.patrolled_on < rounds.round_on
),
lately as (
    select waiting.round_on, waiting.grid_code, count(*) as hazards_lately
    from waiting
    join hazard_at(as_at, known_at) as hazard
        on hazard.grid_code = waiting.grid_code
        and cast(hazard.reported_at as date) >= waiting.watched_from
        and cast(hazard.reported_at as date) <= waiting.last_visit_on
        and coalesce(hazard.voided_at >= waiting.round_on, true)
    where not hazard.is_reopened
    group by waiting.round_on, waiting.grid_code
),
watched as (
    select
        waiting.*,
        coalesce(lately.hazards_lately, 0) as hazards_lately,
        greatest(coalesce(waiting.last_visit_on - waiting.watched_from + 1, 0), 0) as watched_days
    from waiting
    left join lately on lately.round_on = waiting.round_on and lately.grid_code = waiting.grid_code
),
street as (
    -- where nothing was ever found, nobody tells what was
    select round_on, rate(nullif(sum(hazards_lately), 0), sum(watched_days)) as hazards_per_day
    from watched
    group by round_on
),
rated as (
    select enterprise_key, scheme, rated_on, colour
    from rating_at(as_at, known_at)
    qualify row_number() over (
        partition by enterprise_key, scheme, rated_on order by coalesce(updated_at, known_since) desc, record_key desc
    ) = 1
),
worn as (
    select
        rounds.round_on, subject.enterprise_key, subject.grid_code,
        coalesce(rated.colour, 'unrated') as colour, interval_days
    from subject_colour_at(as_at, known_at) as subject
    cross join rounds
    asof left join rated
        on rated.enterprise_key = subject.enterprise_key
        and rated.scheme = subject.scheme
        and rated.rated_on < rounds.round_on
    join visit_interval
        on visit_interval.scheme = subject.scheme and visit_interval.colour = coalesce(rated.colour, 'unrated')
    -- as in subject_visit_at: the scheme that wants a subject visited sooner
    qualify row_number() over (
        partition by rounds.round_on, subject.enterprise_key order by interval_days, subject.scheme
    ) = 1
),
firm as (
    select record_key as enterprise_key, name, grid_code, registered_on from enterprise_known(known_at)
),
called as (
    select distinct firm.enterprise_key, visit.patrolled_on as called_on
    from place_visit_at(as_at, known_at) as visit
    join firm on firm.grid_code = visit.grid_code and firm.name = visit.place
    where visit.patrolled_on >= cast(since as date) - (select max(interval_days) from visit_interval)
),
due as (
    select
        worn.round_on, worn.grid_code,
        count(*) as red_yellow_count,
        count(*) filter (
            where worn.round_on > interval_days + coalesce(
                called.called_on, greatest(begun.begun_on, coalesce(firm.registered_on, begun.begun_on))
            )
        ) as red_yellow_due
    from worn
    cross join begun
    join firm on firm.enterprise_key = worn.enterprise_key
    asof left join called on called.enterprise_key = worn.enterprise_key and called.called_on < worn.round_on
    where worn.colour in ('red', 'yellow')
    group by worn.round_on, worn.grid_code
),
named as (
    select min(called_on) as named_on from called
),
told as (
    select
        watched.*,
        (watched.hazards_lately + 28 * street.hazards_per_day) / (watched.watched_days + 28) as hazards_per_day,
        coalesce(due.red_yellow_count, 0) as red_yellow_count,
        case when named.named_on < watched.round_on then coalesce(due.red_yellow_due, 0) end as red_yellow_due
    from watched
    cross join named
    join street on street.round_on = watched.round_on
    left join due on due.round_on = watched.round_on and due.grid_code = watched.grid_code
)
select
    round_on, community, grid_code, grid_name, last_long_visit_at, last_visit_on, gap_days,
    hazards_lately, watched_days, hazards_per_day,
    hazards_per_day * gap_days as unseen_hazards,
    hazards_per_day * gap_days * gap_days / 2 as unseen_wait,
    red_yellow_count, red_yellow_due,
    1 + coalesce(rate(red_yellow_due, red_yellow_count), 0) as colour_weight
from told;

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

-- How long after every visit did somebody else report a hazard there? One row is one visit of noted length from `since`
-- on, watched until that report, or until the next visit begins, or until as_at, as `still_going` wants it. What patrols
-- find themselves tells of their own coming and counts for nothing.
create macro visit_aftermath(since, as_at, known_at) as table
with visits as (
    select
        grid_code, community, stay_minutes,
        patrolled_at + to_minutes(stay_minutes) as left_at,
        lead(patrolled_at, 1, as_at) over (partition by grid_code order by patrolled_at, record_key) as seen_until
    from patrol_log_at(as_at, known_at)
    where patrolled_at >= since
),
reports as (
    select grid_code, reported_at from hazard_at(as_at, known_at)
    where source is distinct from 'patrol' and not is_reopened and not is_void
)
select
    visits.grid_code, visits.community,
    case when stay_minutes < 5 then 1 when stay_minutes < 10 then 2 when stay_minutes < 15 then 3 else 4 end as group_no,
    ['under_5', 'from_5', 'from_10', 'from_15'][group_no] as stay_bin,
    coalesce(reported_at <= seen_until, false) as is_ended,
    date_diff('second', left_at, least(seen_until, coalesce(reported_at, seen_until))) / 86400.0 as lasted
from visits
asof left join reports on reports.grid_code = visits.grid_code and reports.reported_at > visits.left_at
where left_at < seen_until;

-- How many people left, returned or stayed on a day, from the ledger itself? One row is one community, grid, day and
-- direction. A community that sends both a register of persons and daily counts tells the same people twice: day by
-- day the larger of the two holds, for the whole community, because counts seldom name a grid where registers do.
create macro flow_counted(as_at, known_at) as table
with told as (
    select
        moved_on, community, grid_code, direction,
        total(case when person_key is not null then coalesce(person_count, 1) end) as registered,
        total(case when person_key is null then person_count end) as counted
    from population_flow_at(as_at, known_at)
    group by moved_on, community, grid_code, direction
),
weighed as (
    select *, sum(registered) over whole >= sum(counted) over whole as is_register_larger
    from told
    window whole as (partition by moved_on, community, direction)
)
select
    moved_on, community, grid_code, direction,
    case when is_register_larger then registered else counted end as person_count
from weighed
where case when is_register_larger then registered else counted end > 0;

-- How many people left, returned or stayed on a day? As flow_counted; today's knowledge was counted at the build.
create macro flow_at(as_at, known_at) as table
select * from flow_day where known_at is null and moved_on <= cast(as_at as date)
union all
select * from flow_counted(as_at, known_at) where known_at is not null;

-- How fresh is each ledger? One row is one ledger that holds something: its newest event by then, and its records.
create macro ledger_freshness(as_at, known_at) as table
select 'enterprise' as ledger, cast(null as timestamp) as newest_at, count(*) as record_count
from enterprise_known(known_at) having count(*) > 0
union all
select 'finding', cast(max(found_on) as timestamp), count(*) from finding_at(as_at, known_at) having count(*) > 0
union all
select 'grid', null, count(*) from grid_known(known_at) having count(*) > 0
union all
select 'hazard', max(reported_at), count(*) from hazard_at(as_at, known_at) having count(*) > 0
union all
select 'migration_index', cast(max(indexed_on) as timestamp), count(*) from migration_index_at(as_at, known_at)
having count(*) > 0
union all
select 'patrol_log', max(last_visit_at), total(visit_count) from patrol_day_at(as_at, known_at) having count(*) > 0
union all
select 'points', max(occurred_at), count(*) from points_at(as_at, known_at) having count(*) > 0
union all
select 'population_flow', cast(max(moved_on) as timestamp), count(*) from population_flow_at(as_at, known_at)
having count(*) > 0
union all
select 'public_report', max(reported_at), count(*) from public_report_at(as_at, known_at) having count(*) > 0
union all
select 'rating', cast(max(rated_on) as timestamp), count(*) from rating_at(as_at, known_at) having count(*) > 0
union all
select 'resumption', cast(max(applied_on) as timestamp), count(*) from resumption_at(as_at, known_at) having count(*) > 0
union all
select 'service_order', max(requested_at), count(*) from service_order_at(as_at, known_at) having count(*) > 0
union all
select 'suggestion', max(submitted_at), count(*) from suggestion_at(as_at, known_at) having count(*) > 0
union all
select 'vacated_room', cast(max(vacant_from) filter (where vacant_from <= cast(as_at as date)) as timestamp), count(*)
from vacated_room_at(as_at, known_at) having count(*) > 0
union all
select 'worker', cast(max(left_on) filter (where left_on <= cast(as_at as date)) as timestamp), count(*)
from worker_at(as_at, known_at) having count(*) > 0;

-- How many people of those who left in the running Spring Festival season have not come back? One row is one
-- community and grid; outside the forty days of travel there is none.
create macro away_at(as_at, known_at) as table
with season as (
    select new_year_on from calendar_day where day = cast(as_at as date) and chunyun_day is not null
)
select
    flow.community, flow.grid_code,
    total(case when direction = 'leave' then person_count end) as left_count,
    total(case when direction = 'return' then person_count end) as returned_count
from flow_at(as_at, known_at) as flow
join season on flow.moved_on >= season.new_year_on - 40 and flow.moved_on <= season.new_year_on + 60
where direction in ('leave', 'return')
group by flow.community, flow.grid_code;

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
--   tells_...     whether this channel's ledgers ever tell such a moment: where they do not, its lack means nothing
create macro report_at(as_at, known_at) as table
with own as (
    select
        case when regexp_matches(channel, '热线|12345') then 'hotline' else source end as report_channel,
        case when duplicate_of <> record_key then duplicate_of end as repeats_key,
        regexp_matches(status, '重复') and not regexp_matches(status, '[非不未无]重复') as is_marked,
        handled_at is null and regexp_matches(status, '^已(处|办|完|解|整)|办结|结案') as is_handled_undated,
        record_key, report_no, duplicate_of, reported_at, kind, place, grid_code, community, unit, platform, reporter_key,
        is_valid, status, dispatched_at, handled_at, feedback_at, satisfaction, batch_id, source_sheet, source_row
    from public_report_at(as_at, known_at)
),
every as (
    select * from own
    union all by name
    select
        'hotline' as report_channel, record_key, hazard_no as report_no, reported_at, kind, place, grid_code, community,
        unit, case when is_void then false when is_filed then true end as is_valid,
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
    is_valid is not false and not is_duplicate as is_to_handle
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
    -- what was handled without being dispatched was never to be
    select 'dispatch' as clock, *, reported_at as began_at, dispatched_at as ended_at
    from reports
    where tells_dispatch and (dispatched_at is not null or (handled_at is null and not is_handled_undated))
    union all
    select 'handling', *, dispatched_at, handled_at from reports where tells_handling and not is_handled_undated
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

-- A quantile of a gamma distribution, z being the normal one of the same share (Wilson and Hilferty).
create macro gamma_quantile(shape, pace, z) as (
    shape / pace * power(greatest(0.0, 1 - 1 / (9.0 * shape) + z / (3 * sqrt(shape))), 3)
);

-- The area in m2 of a polygon told as GeoJSON in degrees, on a plane laid at its first corner: right to 0.1 % for
-- anything smaller than a city. Null without a polygon.
create macro ring_degrees2(ring) as (
    abs(list_sum(list_transform(range(1, len(ring)), lambda corner:
        (ring[corner][1] - ring[1][1]) * (ring[corner + 1][2] - ring[1][2])
        - (ring[corner + 1][1] - ring[1][1]) * (ring[corner][2] - ring[1][2])
    ))) / 2
);
create macro polygon_parts(polygon) as (
    case json_extract_string(polygon, '$.type')
        when 'Polygon' then [cast(json_extract(polygon, '$.coordinates') as double[][][])]
        else cast(json_extract(polygon, '$.coordinates') as double[][][][])
    end
);
create macro polygon_m2(polygon) as (
    list_sum(list_transform(polygon_parts(polygon), lambda part:
        2 * ring_degrees2(part[1]) - list_sum(list_transform(part, lambda ring: ring_degrees2(ring)))
    ))
    * (111132.95 - 559.85 * cos(2 * radians(polygon_parts(polygon)[1][1][1][2])))
    * (111412.88 * cos(radians(polygon_parts(polygon)[1][1][1][2]))
        - 93.5 * cos(3 * radians(polygon_parts(polygon)[1][1][1][2])))
);

-- How is a measure of a grid read? One row is one measure: a count, a rate of 0-1, or a density, so many per so many;
-- under `smallest` a denominator says too little to be coloured, under `smallest_ranked` too little to be ranked.
create view grid_scale as
select * from (
    values
        ('visit_count', 'count', null, null, null),
        ('patrol_minutes', 'count', null, null, null),
        ('unvisited_days', 'count', null, null, null),
        ('filed', 'count', null, null, null),
        ('open_stock', 'count', null, null, null),
        ('overdue_stock', 'count', null, null, null),
        ('on_time_handling_rate', 'rate', 1, 5, 30),
        ('recurrence_rate', 'rate', 1, 5, 30),
        ('filed_per_1000_residents', 'density', 1000, 100, 500),
        ('filed_per_100_firms', 'density', 100, 5, 30),
        ('filed_per_km2', 'density', 1, 0, 0),
        ('report_count', 'count', null, null, null),
        ('red_enterprises', 'count', null, null, null),
        ('red_shops', 'count', null, null, null),
        ('floating_people', 'count', null, null, null)
) as scale (measure, kind, per, smallest, smallest_ranked);

-- What do the ledgers tell of each grid in the period [since, until)? One row is one measure and grid, also one that
-- no ledger names. `seen_at` is as_at, or the last of several moments asked about at once.
--   is_reported   the grid stands in the measure's ledger by then, and its community has not fallen silent there:
--                 its newest row is at most a week older than the period, which has begun. A 0 is then a true 0.
create macro grid_told(since, until, as_at, seen_at, known_at) as table
with places as (
    select
        community, grid_code, floating_population,
        -- fewer than five people are not shown, as a denominator neither
        case when population = 0 or population >= 5 then population end as population,
        coalesce(area_m2, polygon_m2(polygon)) / 1000000 as area_km2
    from grid_known(known_at)
),
walked as (
    select
        community, grid_code,
        total(case when patrolled_on >= since then visit_count end) as visit_count,
        total(case when patrolled_on >= since then noted_stay_count end) as noted_stay_count,
        total(case when patrolled_on >= since then stay_minutes end) as stay_minutes,
        max(last_long_visit_at) as last_long_visit_at,
        since <= as_at and max(max(patrolled_on)) over (partition by community) >= cast(since as date) - 7 as is_heard
    from patrol_day_at(seen_at, known_at)
    where patrolled_on < until
    group by community, grid_code
),
heard as (
    select community, since <= as_at and max(reported_at) >= cast(since as timestamp) - interval 7 day as is_heard
    from hazard_known(known_at)
    where reported_at <= as_at
    group by community
),
cases as (
    select tally.*, heard.is_heard
    from case_tally(since, until, as_at, known_at) as tally
    left join heard on heard.community is not distinct from tally.community
),
returns as (
    select
        community, grid_code,
        count(*) as followed,
        count(recurred_at) as recurred
    from closing_followed(90, true, as_at, known_at)
    where is_followed and followed_at >= since and followed_at < until
    group by community, grid_code
),
firms as (
    select
        community, grid_code,
        count(distinct enterprise_key) as firm_count,
        count(*) filter (where scheme = 'enterprise') as enterprise_count,
        count(*) filter (where scheme = 'enterprise' and colour <> 'unrated') as rated_enterprises,
        count(*) filter (where scheme = 'enterprise' and colour = 'red') as red_enterprises,
        count(*) filter (where scheme = 'shop') as shop_count,
        count(*) filter (where scheme = 'shop' and colour <> 'unrated') as rated_shops,
        count(*) filter (where scheme = 'shop' and colour = 'red') as red_shops
    from subject_colour_at(as_at, known_at)
    group by community, grid_code
),
said as (
    select
        community, grid_code,
        count(*) filter (where counted_reported) as report_count,
        since <= as_at and max(max(reported_at)) over (partition by community)
            >= cast(since as timestamp) - interval 7 day as is_heard
    from report_counted(since, until, as_at, known_at)
    group by community, grid_code
),
told as (
    select 'visit_count' as measure, community, grid_code,
        visit_count as numerator, null as denominator, is_heard as is_reported
    from walked
    union all
    -- visits whose stay nobody noted do not make 0 minutes
    select 'patrol_minutes', community, grid_code, stay_minutes, null,
        is_heard and (noted_stay_count > 0 or visit_count = 0)
    from walked
    union all
    select 'unvisited_days', community, grid_code,
        date_diff('second', last_long_visit_at, cast(as_at as timestamp)) / 86400.0, null, is_heard
    from walked
    union all
    select 'filed', community, grid_code, filed, null, is_heard from cases
    union all
    select 'open_stock', community, grid_code, open_stock, null, is_heard from cases
    union all
    select 'overdue_stock', community, grid_code, overdue_stock, null, is_heard from cases
    union all
    select 'on_time_handling_rate', community, grid_code, handled_on_time, need_to_handle, is_heard from cases
    union all
    select 'recurrence_rate', cases.community, cases.grid_code,
        coalesce(recurred, 0), coalesce(followed, 0), is_heard
    from cases
    left join returns on returns.community = cases.community and returns.grid_code = cases.grid_code
    union all
    select 'filed_per_1000_residents', cases.community, cases.grid_code, filed, population, is_heard
    from cases
    left join places on places.community = cases.community and places.grid_code = cases.grid_code
    union all
    select 'filed_per_100_firms', cases.community, cases.grid_code, filed, firm_count, is_heard
    from cases
    left join firms on firms.community = cases.community and firms.grid_code = cases.grid_code
    union all
    select 'filed_per_km2', cases.community, cases.grid_code, filed, area_km2, is_heard
    from cases
    left join places on places.community = cases.community and places.grid_code = cases.grid_code
    union all
    select 'report_count', community, grid_code, report_count, null, is_heard from said
    union all
    -- a grid without enterprises has none that is red; one whose enterprises were never rated has told nothing
    select 'red_enterprises', community, grid_code, red_enterprises, rated_enterprises,
        rated_enterprises > 0 or enterprise_count = 0
    from firms
    union all
    select 'red_shops', community, grid_code, red_shops, rated_shops, rated_shops > 0 or shop_count = 0 from firms
    union all
    select 'floating_people', community, grid_code, floating_population, null, floating_population is not null
    from places
),
lines as (
    select scale.*, community, grid_code
    from grid_scale as scale
    cross join places
)
select
    coalesce(lines.measure, told.measure) as measure,
    coalesce(lines.community, told.community) as community,
    coalesce(lines.grid_code, told.grid_code) as grid_code,
    lines.grid_code is not null as is_registered,
    cast(told.numerator as double) as numerator,
    cast(told.denominator as double) as denominator,
    coalesce(told.is_reported, false) as is_reported
from lines
full join told
    on told.measure = lines.measure and told.community = lines.community and told.grid_code = lines.grid_code;

-- What is a measure's value in each grid, and how sure is it? Columns and rows of grid_told, and
--   value         null where not reported and for 0/0; a density is so many per `per`
--   is_small      a rate or density whose denominator says too little to be coloured
--   value_low     the 95 % interval: Wilson's for a rate, Byar's for a density; counts have none
create macro grid_valued(since, until, as_at, seen_at, known_at) as table
select
    told.measure, community, grid_code, is_registered, kind, smallest_ranked, is_reported,
    case when is_reported then numerator end as numerator,
    case when is_reported then denominator end as denominator,
    case
        when not is_reported then null
        when kind = 'count' then numerator
        else per * numerator / nullif(denominator, 0)
    end as value,
    is_reported and coalesce(denominator < smallest, false) as is_small,
    case
        when not is_reported then null
        when kind = 'rate' then wilson_low(numerator, denominator, 1.96)
        when kind = 'density' then per * poisson_low(numerator, 1.96) / nullif(denominator, 0)
    end as value_low,
    case
        when not is_reported then null
        when kind = 'rate' then wilson_high(numerator, denominator, 1.96)
        when kind = 'density' then per * poisson_high(numerator, 1.96) / nullif(denominator, 0)
    end as value_high
from grid_told(since, until, as_at, seen_at, known_at) as told
join grid_scale as scale on scale.measure = told.measure;

-- Where does each grid stand among the others in one measure? One row is one grid of grid_valued. Ranked are rates and
-- densities on denominators enough, over the whole street, from the better side (the higher, unless is_lower_better).
-- A place is only sure against the grids whose intervals lie wholly to one side: place_low is 1 + the surely better,
-- place_high is the ranked less the surely worse.
create macro grid_placed(asked, is_lower_better, since, until, as_at, known_at) as table
with grids as (
    select * from grid_valued(since, until, as_at, as_at, known_at) where measure = asked
),
ranked as (
    select
        community, grid_code,
        case when is_lower_better then value else -value end as badness,
        case when is_lower_better then value_low else -value_high end as badness_low,
        case when is_lower_better then value_high else -value_low end as badness_high
    from grids
    where is_registered and value is not null and denominator >= smallest_ranked
),
placed as (
    select
        own.community, own.grid_code,
        1 + count(*) filter (where other.badness < own.badness) as place_no,
        1 + count(*) filter (where other.badness_high < own.badness_low) as place_low,
        count(*) - count(*) filter (where other.badness_low > own.badness_high) as place_high
    from ranked as own
    cross join ranked as other
    group by own.community, own.grid_code
)
select grids.*, place_no, place_low, place_high
from grids
left join placed on placed.community = grids.community and placed.grid_code = grids.grid_code;

-- Which records of the period stand at a place of their own? One row is one hazard reported (not void), one visit or one
-- report of the public with a point; people have none here.
create macro located(since, until, as_at, known_at) as table
select 'hazard' as ledger, hazard_no as record_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from hazard_at(as_at, known_at)
where lon is not null and lat is not null and not is_void and reported_at >= since and reported_at < until
union all
select 'patrol_log', patrol_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from patrol_log_at(as_at, known_at)
where lon is not null and lat is not null and patrolled_at >= since and patrolled_at < until
union all
select 'public_report', report_no, community, grid_code, lon, lat, crs, batch_id, source_sheet, source_row
from public_report_at(as_at, known_at)
where lon is not null and lat is not null and reported_at >= since and reported_at < until;
