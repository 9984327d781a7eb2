-- How did the reports of each kind move from week to week? The kinds beyond the first few stand together.
with weeks as (
    select day as week_on from calendar_day
    where weekday = 1 and day > $since - 7 and day < $until and day <= $as_at
),
reports as (
    select cast(date_trunc('week', reported_at) as date) as week_on, kind
    from report_counted($since, $until, $as_at, $known_at)
    where counted_reported and kind is not null and in_scope(grid_code, community, $grids, $communities)
),
ranked as (
    select kind, row_number() over (order by count(*) desc, kind) as place_no from reports group by kind
),
named as (
    select *, case when place_no <= $rows then kind else '其他' end as shown_as from ranked
),
shown as (
    select shown_as, min(place_no) as place_no from named group by shown_as
)
select
    weeks.week_on,
    shown.shown_as as report_kind,
    count(reports.kind) as report_count
from weeks
cross join shown
left join named on named.shown_as = shown.shown_as
left join reports on reports.week_on = weeks.week_on and reports.kind = named.kind
group by weeks.week_on, shown.shown_as, shown.place_no
order by weeks.week_on, shown.place_no;
