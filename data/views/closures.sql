-- What speaks against a closing being real.

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
-- whether a closing was real is asked as the 30-day recurrence is: of the place and kind, whatever the part
back_at_place as (
    select record_key from closing_followed(30, false, as_at, known_at) where recurred_at is not null
),
reopened as (
    select
        reopen_of,
        min(reported_at) as reopened_at,
        arg_min(hazard_no, (reported_at, hazard_no)) as reopened_no
    from hazard_at(as_at, known_at) where reopen_of is not null
    group by reopen_of
),
signs as (
    select
        paced.*,
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
        coalesce(followed.is_followed, false) as is_followed,
        case
            when back_at_place.record_key is not null or reopened.reopened_at <= closed_at + interval 30 day then true
            when followed.is_followed then false
        end as is_back,
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
    left join back_at_place on back_at_place.record_key = paced.record_key
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
        when is_self_verified is not null and is_without_photo is not null and is_back is not null
        then not (is_self_verified or is_without_photo or is_back or coalesce(is_photo_repeated, false))
    end as is_really_closed
from signs;
