"""When the patrols go: hours by weekdays, day after day, and whether one could tell the next one."""

import pandas as pd

from pages.parts import charts, exhibit, labels, page, words
from pages.parts.ask import ask
from pages.parts.charts.heat import WEEKDAYS
from queries import Scope, patrols

FIRST_HOUR, LAST_HOUR = 7, 22
CALENDAR_WEEKS = 26


def hours(scope: Scope) -> None:
    """Weekdays by hours; hours nobody ever patrols, early and late, are left out while they are empty."""
    rows = ask(patrols.by_hour, scope)
    [told] = ask(patrols.rhythm, scope).to_dict("records")
    untimed = f"；另有 {words.number(told['untimed_visits'])} 次没记钟点" if told["untimed_visits"] else ""
    exhibit.show(
        "星期与钟点",
        rows if rows["visit_count"].sum() else rows.head(0),
        ["weekday", "hour", "visit_count", "finding_count"],
        "by_hour",
        _hours,
        patrols.by_hour,
        empty="这段时间没有记了钟点的巡查。",
        note=f"不可预测度 {words.percent(told['unpredictability'])}：0 为总在同一时段，"
        f"100% 为各时段一样多{untimed}。",
    )


def days(scope: Scope) -> None:
    """A calendar of the visits, half a year and more."""
    covered = scope.reaching(CALENDAR_WEEKS)
    exhibit.show(
        "日历",
        ask(patrols.visits_by_day, covered),
        ["patrolled_on", "is_workday", "visit_count", "finding_count", "covered_grids"],
        "by_day",
        lambda rows: charts.calendar(
            [day.date() for day in rows["patrolled_on"]],
            rows["visit_count"].tolist(),
            labels.term("visit_count"),
            "chart_by_day",
        ),
        patrols.visits_by_day,
        empty="这段时间还没有开始。",
        note=f"每天的巡查次数，{page.period(covered)}。",
        scope=covered,
    )


def _hours(rows: pd.DataFrame) -> None:
    used = rows[rows["visit_count"] > 0]["hour"]
    shown = rows[rows["hour"].between(min(used.min(), FIRST_HOUR), max(used.max(), LAST_HOUR))]
    table = shown.pivot(index="weekday", columns="hour", values="visit_count")
    charts.heat(
        WEEKDAYS,
        [f"{hour}时" for hour in table.columns],
        table.to_numpy().tolist(),
        labels.term("visit_count"),
        "chart_by_hour",
    )
