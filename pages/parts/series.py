"""A measure over days or weeks, beside the same stretch of an earlier time that the reader chose."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from data import settings
from data.glossary import Word
from pages.parts import charts, exhibit, filters, labels, page, words
from pages.parts.ask import Question, ask
from pages.parts.charts import Series
from queries import Scope
from queries.scope import COMPARISONS

CHOICE, NOTHING = "versus", "none"
SAID = {
    "none": "不比较",
    "previous": "上期",
    "weeks": "上周同段",
    "year": "去年同段",
    "lunar": "农历同段",
}
WEEK = timedelta(weeks=1)


def comparison() -> str:
    """The choice all series of the page follow, kept in the link; a page draws it once, above the first."""
    return page.one_of(CHOICE, (NOTHING, *COMPARISONS), SAID.__getitem__)


def show(
    title: str,
    question: Question,
    on: str,
    measure: str,
    key: str,
    versus: str = NOTHING,
    weeks: int = 13,
    **values: Any,
) -> None:
    """The `measure` of `question` over its day column `on`, for at least so many weeks up to the chosen days.

    `versus` is what `comparison` answered; the earlier line stands at the same places. `values` are the
    question's own.
    """
    scope = filters.current().reaching(weeks)
    rows, term = ask(question, scope, **values), labels.term(measure)
    lines = [_line("本期", rows, on, measure)]
    if versus != NOTHING:
        earlier = ask(question, scope.moved(versus), **values)
        lines.append(_line(SAID[versus], earlier, on, measure, lines[0].places))
    columns = dict.fromkeys((on, measure, term.numerator, term.denominator))
    exhibit.show(
        title,
        rows if rows[measure].notna().any() else rows.head(0),
        [name for name in columns if name in rows],
        key,
        lambda _: charts.lines(lines, term, f"chart_{key}"),
        question,
        values,
        note=_note(scope, rows, on, term),
        scope=scope,
    )


def _line(
    name: str, rows: pd.DataFrame, on: str, measure: str, places: Sequence[date | str | float] = ()
) -> Series:
    """One line; with `places` it is laid over those of another, each value in its own order."""
    days = [day.date() for day in rows[on]]
    values = [None if words.is_missing(value) else float(value) for value in rows[measure]]
    said = [f"{name} {words.day(day, settings.today())}" for day in days]
    if not places:
        return Series(name, days, values, said)
    return Series(name, places[: len(days)], values[: len(places)], said[: len(places)], is_before=True)


def _note(scope: Scope, rows: pd.DataFrame, on: str, term: Word) -> str:
    """The days the line covers, what the measure is counted from, and that its last week still runs."""
    counted = "按周，" if on.startswith("week") else ""
    base = f"分母：{labels.label(term.denominator)}" if term.denominator and term.unit == "%" else ""
    running = ""
    if (
        counted
        and len(rows)
        and scope.as_at
        and scope.as_at < rows[on].iloc[-1] + WEEK - timedelta(seconds=1)
    ):
        is_over = scope.as_at.date() < settings.today()
        running = "最后一周不满七天" if is_over else "最后一周进行中"
    return "；".join(part for part in (counted + page.period(scope), base, running) if part) + "。"
