"""How numbers, days and changes are written."""

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from pages.parts import words


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0"),
        (1284, "1,284"),
        (99_999, "99,999"),
        (248_600, "24.9 万"),
        (-12, "−12"),
        (2.5, "2.5"),
        (None, "—"),
    ],
)
def test_counts_are_written_as_an_office_writes_them(amount: float | None, said: str) -> None:
    assert words.number(amount) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (0.0, "0.0%"),
        (0.0004, "<0.1%"),
        (0.714, "71.4%"),
        (0.9998, ">99.9%"),
        (1.0, "100.0%"),
        (float("nan"), "—"),
    ],
)
def test_a_rate_is_only_said_to_be_none_or_all_where_it_is(rate: float, said: str) -> None:
    assert words.percent(rate) == said


def test_rates_move_in_points() -> None:
    assert words.change(0.884, 0.855, "%") == "+2.9 百分点"
    assert words.change(0.8841, 0.8842, "%") == "持平"


def test_counts_move_in_per_cent_and_small_ones_as_they_are() -> None:
    assert words.change(227, 234, "件") == "−7 (−3%)"
    assert words.change(3, 1, "件") == "1→3"
    assert words.change(-82, -41, "件") == "−41→−82"
    assert words.change(5, None, "件") == "无可比数"


def test_a_period_names_its_last_day_not_the_one_after() -> None:
    assert words.days(date(2026, 11, 16), date(2026, 11, 23)) == "11月16日—11月22日"
    assert words.days(date(2026, 11, 16), date(2026, 11, 17)) == "11月16日"


def test_the_year_is_written_where_it_is_not_this_one() -> None:
    assert words.day(date(2025, 12, 1), date(2026, 11, 22)) == "2025年12月1日"
    assert words.days(date(2025, 12, 29), date(2026, 1, 5), date(2026, 1, 4)) == "2025年12月29日—2026年1月4日"


def test_midnight_is_what_a_ledger_without_hours_says() -> None:
    assert words.moment(datetime(2026, 11, 22)) == "11月22日"
    assert words.moment(datetime(2026, 11, 22, 18)) == "11月22日 18:00"


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "—"),
        (25 / 1440, "25 分钟"),
        (0.5, "12 小时"),
        (1.52, "36.5 小时"),
        (2.0, "2 天"),
        (2.21, "2.2 天"),
    ],
)
def test_a_length_of_time_is_told_in_the_unit_that_says_enough(days: float | None, told: str) -> None:
    assert words.lasting(days) == told


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(minutes=20), "不到 1 小时"),
        (timedelta(hours=47), "47 小时"),
        (timedelta(days=9, hours=3), "9 天"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_says_enough(passed: timedelta, said: str) -> None:
    assert words.age(passed) == said


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_every_kind_of_nothing_is_missing(nothing: object) -> None:
    assert words.is_missing(nothing)


def test_text_of_a_ledger_cannot_become_markdown() -> None:
    assert words.literal("[点我](x) **a** :red[b]") == r"\[点我\]\(x\) \*\*a\*\* \:red\[b\]"


def test_a_small_area_keeps_two_places_under_a_density() -> None:
    assert words.part_of(8, 0.137) == "8 / 0.14"
    assert words.part_of(43, 52) == "43 / 52"
    assert words.part_of(9, 22.48) == "9 / 22.5"
    assert words.part_of(None, 0.3) == "— / 0.30"
