"""Working-time arithmetic: literal cases around holidays, and a twin that walks minute by minute."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.days.calendar import calendar_days
from data.days.work_clock import work_clock
from data.days.worktime import (
    LimitUnit,
    add_work_hours,
    add_workdays,
    due_at,
    due_at_each,
    work_hours_between,
    workdays_between,
)
from data.trouble import Trouble

MINUTE = timedelta(minutes=1)
CALENDAR = calendar_days()
WORKDAYS = set(CALENDAR.loc[CALENDAR["is_workday"], "day"].dt.date)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def is_office_minute(moment: datetime) -> bool:
    clock_time = f"{moment:%H:%M}"
    in_span = "08:30" <= clock_time < "11:30" or "13:30" <= clock_time < "17:00"
    return in_span and moment.date() in WORKDAYS


def walked(moment: datetime, minutes: int) -> datetime:
    """The plain twin of add_work_hours: one minute after the other."""
    while not minutes and not is_office_minute(moment):
        moment += MINUTE
    while minutes:
        minutes -= is_office_minute(moment)
        moment += MINUTE
    return moment


@pytest.mark.parametrize(
    ("moment", "hours", "reached"),
    [
        ("2026-03-02 09:00", 1, "2026-03-02 10:00"),
        ("2026-03-02 11:00", 1, "2026-03-02 14:00"),
        ("2026-03-02 08:30", 3, "2026-03-02 11:30"),
        ("2026-03-02 08:30", 6.5, "2026-03-02 17:00"),
        ("2026-03-02 12:00", 1, "2026-03-02 14:30"),
        ("2026-03-02 16:30", 5, "2026-03-03 15:00"),
        ("2026-03-06 18:00", 1, "2026-03-09 09:30"),
        ("2026-02-14 16:00", 2, "2026-02-24 09:30"),
        ("2026-02-13 16:00", 2, "2026-02-14 09:30"),
        ("2026-02-18 10:00", 0, "2026-02-24 08:30"),
        ("2026-03-02 11:30", 0, "2026-03-02 13:30"),
        ("2026-03-02 17:00", 0, "2026-03-03 08:30"),
        ("2026-03-02 09:07:30", 0.25, "2026-03-02 09:22:30"),
    ],
)
def test_working_hours_run_only_inside_office_hours(moment: str, hours: float, reached: str) -> None:
    assert add_work_hours(at(moment), hours) == at(reached)


@pytest.mark.parametrize(
    ("moment", "n", "reached"),
    [
        ("2026-02-13 10:00", 1, "2026-02-14 10:00"),
        ("2026-02-14 10:00", 1, "2026-02-24 10:00"),
        ("2026-02-18 10:00", 1, "2026-02-24 10:00"),
        ("2026-02-27 10:00", 2, "2026-03-02 10:00"),
        ("2026-02-18 10:00", 0, "2026-02-24 10:00"),
        ("2026-02-24 10:00", 0, "2026-02-24 10:00"),
        ("2026-02-24 10:00", -1, "2026-02-14 10:00"),
        ("2026-02-18 10:00", -1, "2026-02-14 10:00"),
    ],
)
def test_working_days_skip_holidays_and_take_in_worked_saturdays(moment: str, n: int, reached: str) -> None:
    assert add_workdays(at(moment), n) == at(reached)


def test_working_days_between_count_the_first_day_but_not_the_last() -> None:
    assert workdays_between(at("2026-02-13 17:00"), at("2026-02-25 08:00")) == 3
    assert workdays_between(at("2026-02-25"), at("2026-02-13")) == -3
    assert workdays_between(at("2026-02-15"), at("2026-02-24")) == 0


def test_working_hours_between_two_moments() -> None:
    assert work_hours_between(at("2026-02-14 16:00"), at("2026-02-24 09:30")) == 2
    assert work_hours_between(at("2026-03-02 11:45"), at("2026-03-02 13:00")) == 0
    assert work_hours_between(at("2026-03-03"), at("2026-03-02")) == -6.5


@pytest.mark.parametrize(
    ("value", "unit", "due"),
    [
        (1, "work_day", "2026-02-24 23:59:59"),
        (5, "work_day", "2026-02-28 23:59:59"),
        (0, "work_day", "2026-02-14 23:59:59"),
        (2, "work_hour", "2026-02-14 17:00"),
        (6.5, "work_hour", "2026-02-24 15:00"),
        (24, "natural_hour", "2026-02-15 15:00"),
        (0.5, "natural_hour", "2026-02-14 15:30"),
        (3, "natural_day", "2026-02-17 23:59:59"),
    ],
)
def test_a_matter_filed_on_a_worked_saturday_is_due_by_its_unit(
    value: float, unit: LimitUnit, due: str
) -> None:
    assert due_at(at("2026-02-14 15:00"), value, unit) == at(due)


def test_a_matter_filed_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert due_at(at("2026-02-22 20:00"), 1, "work_day") == at("2026-02-24 23:59:59")


def test_the_column_of_due_moments_equals_one_at_a_time_and_leaves_the_unknown_unknown() -> None:
    matters = pd.DataFrame(
        [
            ("2026-02-14 15:00", 2, "work_day"),
            ("2026-02-14 15:00", 2, "work_hour"),
            (None, 2, "work_day"),
            ("2026-03-02 09:00", None, "work_day"),
            ("2026-03-02 09:00", 1.5, "work_day"),
            ("2026-03-02 09:00", -1, "natural_day"),
            ("2031-12-30 09:00", 5, "work_day"),
            ("2014-05-05 09:00", 1, "work_hour"),
            ("2026-03-02 09:00", 1, None),
        ],
        columns=["filed_at", "value", "unit"],
        index=range(10, 19),
    ).astype({"filed_at": "datetime64[us]"})
    due = due_at_each(matters["filed_at"], matters["value"], matters["unit"])
    assert due.index.tolist() == list(range(10, 19))
    assert due.iloc[:2].tolist() == [pd.Timestamp("2026-02-25 23:59:59"), pd.Timestamp("2026-02-14 17:00")]
    assert due.iloc[2:].isna().all()


def test_an_empty_column_has_no_due_moments() -> None:
    empty = pd.Series([], dtype="datetime64[us]")
    assert due_at_each(empty, pd.Series([], dtype=float), pd.Series([], dtype=str)).empty


def test_a_due_day_beyond_the_calendar_is_said_in_words() -> None:
    with pytest.raises(Trouble, match="工作日历只有 2015-01-01 至 2031-12-31"):
        due_at(at("2031-12-30 09:00"), 5, "work_day")
    with pytest.raises(Trouble, match="请检查日期"):
        workdays_between(at("2014-12-31"), at("2015-02-01"))


@pytest.mark.parametrize(
    ("value", "unit"), [(1.5, "work_day"), (-1, "work_hour"), (1, "week"), (float("nan"), "work_day")]
)
def test_a_limit_that_is_none_is_our_own_fault(value: float, unit: LimitUnit) -> None:
    with pytest.raises(ValueError, match="no such limit"):
        due_at(at("2026-03-02 09:00"), value, unit)


def test_an_office_sets_its_own_hours_and_holidays(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(
        '[office_hours]\nspans = ["09:00-12:00", "14:00-18:00"]\n'
        '[[holiday]]\nname = "三月三"\nfirst_on = 2026-04-20\nlast_on = 2026-04-21\nsource = "手工"\n',
        encoding="utf-8",
    )
    clock = work_clock(path)
    assert add_work_hours(at("2026-04-17 17:00"), 2, clock) == at("2026-04-22 10:00")
    assert due_at(at("2026-04-17 17:00"), 1, "work_day", clock) == at("2026-04-22 23:59:59")


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ('["9:00-12:00"]', "办公时间「9:00-12:00」应写成 08:30-11:30"),
        ('["14:00-18:00", "09:00-12:00"]', "要从早到晚，且不能重叠"),
        ('["12:00-09:00"]', "要从早到晚"),
        ("[]", "要写成 spans = "),
        ('"09:00-12:00"', "要写成 spans = "),
    ],
)
def test_office_hours_written_wrongly_are_refused(tmp_path: Path, spans: str, sentence: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(f"[office_hours]\nspans = {spans}\n", encoding="utf-8")
    with pytest.raises(Trouble, match=sentence.replace("[", r"\[")):
        work_clock(path)


def test_working_hours_equal_those_walked_minute_by_minute() -> None:
    chance = random.Random(20260217)
    first = datetime.combine(date(2026, 1, 1), datetime.min.time())
    for _ in range(150):
        moment = first + chance.randrange(90 * 24 * 60) * MINUTE
        minutes = chance.choice([0, 1, 180, 210, 390, chance.randrange(1500)])
        reached = add_work_hours(moment, minutes / 60)
        assert reached == walked(moment, minutes), (moment, minutes)
        assert round(work_hours_between(moment, reached) * 60) == minutes


def test_due_moments_never_decrease_with_the_limit() -> None:
    filed = pd.Series([at("2026-02-13 16:59:59")] * 200)
    due = due_at_each(filed, pd.Series(range(200)) / 4, pd.Series(["work_hour"] * 200))
    assert due.is_monotonic_increasing and due.notna().all()
