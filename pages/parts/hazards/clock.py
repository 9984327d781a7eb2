"""Whether limits are kept: the rates week by week, and how old what is overdue has become."""

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, series, words
from pages.parts.ask import ask
from queries import Scope, hazards

RATES = (
    ("按期处置率，严口径", "on_time_handling_rate"),
    ("按期处置率，宽口径", "on_time_handling_rate_first"),
)


def weekly(kind: str) -> None:
    """The rates that are settled once the limit has passed, each beside an earlier time."""
    versus = series.comparison()
    shown = (*RATES, ("按期结案率", "on_time_closing_rate"))
    for column, (title, measure) in zip(st.columns(3, gap="medium"), shown, strict=True):
        with column:
            series.show(title, hazards.case_measures_by_week, "week_on", measure, measure, versus, kind=kind)


def ages(scope: Scope, kind: str) -> None:
    """The overdue stock by days since the limit."""
    rows = ask(hazards.overdue_stock_by_age, scope, kind=kind)
    exhibit.show(
        "超期多久了",
        rows if rows["overdue_stock"].sum() else rows.head(0),
        ["overdue_age", "overdue_stock", "overdue_major"],
        "ages",
        _bars,
        hazards.overdue_stock_by_age,
        {"kind": kind},
        empty="没有超期的隐患。",
        note="从有效期限算起，不满一天算一天；挂账的、按期处置后等核查的不在内。",
    )


def _bars(rows: pd.DataFrame) -> None:
    charts.bars(
        [labels.said("overdue_age", age) for age in rows["overdue_age"]],
        rows["overdue_stock"].tolist(),
        labels.term("overdue_stock"),
        "chart_ages",
        bases=[f"件，其中重大 {words.number(count)}" if count else "件" for count in rows["overdue_major"]],
    )
