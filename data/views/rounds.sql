-- Where tomorrow's round should go, and what a visit leaves behind.

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
    -- of several ratings of a day the last is worn
    select enterprise_key, scheme, rated_on, colour
    from colour_spell_known(known_at)
    where rated_on < until_on and rated_on <= cast(as_at as date)
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
    select firm.enterprise_key, visit.patrolled_on as called_on
    from place_visit_at(as_at, known_at) as visit
    join firm on firm.grid_code = visit.grid_code and firm.name = visit.place
    where visit.patrolled_on >= cast(since as date) - (select max(interval_days) from visit_interval)
    union
    select enterprise_key, seen_on
    from subject_seen
    where seen_on >= cast(since as date) - (select max(interval_days) from visit_interval) and seen_on <= cast(as_at as date)
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
