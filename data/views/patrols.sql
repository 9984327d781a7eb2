-- Patrols: visits summed up by day and hour, rounds, waits, and calls on enterprises and shops.

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
-- subject under the scheme that wants it visited sooner. A patrol names its place: the subject of that name in the same
-- grid; a finding and a look at its gas are calls too. One never visited is due an interval after the patrol ledger, or
-- the subject itself, begins.
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
looked as (
    select enterprise_key, cast(max(seen_on) as timestamp) as last_look_at
    from subject_seen
    where seen_on <= cast(as_at as date)
    group by enterprise_key
),
begun as (
    select min(patrolled_on) as begun_on from patrol_day_at(as_at, known_at)
),
due as (
    select
        subject.enterprise_key, subject.name, subject.grid_code, subject.community, subject.scheme, subject.colour,
        subject.interval_days,
        greatest(visited.last_visit_at, looked.last_look_at) as last_visit_at,
        case
            when begun.begun_on is null then null
            else interval_days + coalesce(
                cast(greatest(visited.last_visit_at, looked.last_look_at) as date),
                greatest(begun.begun_on, coalesce(firm.registered_on, begun.begun_on))
            )
        end as visit_due_on
    from subject
    cross join begun
    join enterprise_known(known_at) as firm on firm.record_key = subject.enterprise_key
    left join visited on visited.grid_code = subject.grid_code and visited.place = subject.name
    left join looked on looked.enterprise_key = subject.enterprise_key
    where urgency = 1
)
select
    *,
    date_diff('day', cast(last_visit_at as date), cast(as_at as date)) as since_visit_days,
    last_visit_at is not null or visit_due_on < cast(as_at as date) as is_visit_due,
    visit_due_on < cast(as_at as date) as is_visit_overdue
from due;
