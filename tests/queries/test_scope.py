"""What may be asked for, and what it is compared with."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from data.trouble import Trouble
from queries import Scope
from queries.scope import COMPARISONS, looked_at


def test_equal_scopes_are_equal_whatever_the_order_of_their_places() -> None:
    one = Scope(date(2026, 11, 16), date(2026, 11, 23), communities=("二号社区", "一号社区", "一号社区"))
    other = Scope(date(2026, 11, 16), date(2026, 11, 23), communities=("一号社区", " 二号社区 "))
    assert one == other
    assert hash(one) == hash(other)


def test_a_scope_cannot_be_changed() -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23))
    with pytest.raises(AttributeError):
        scope.since = date(2026, 1, 1)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("since", "until", "before_since", "before_until"),
    [
        (date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 9), date(2026, 11, 16)),
        (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 13), date(2026, 11, 14)),
        (date(2026, 11, 8), date(2026, 11, 18), date(2026, 10, 25), date(2026, 11, 4)),
        (date(2026, 10, 1), date(2026, 11, 1), date(2026, 8, 27), date(2026, 9, 27)),
    ],
    ids=["a week", "a day", "ten days", "a month"],
)
def test_a_period_is_compared_with_the_same_weekdays_whole_weeks_before(
    since: date, until: date, before_since: date, before_until: date
) -> None:
    before = Scope(since, until).before()
    assert (before.since, before.until) == (before_since, before_until)
    assert before.since.weekday() == since.weekday()
    assert before.until <= since


def test_a_running_week_is_compared_with_as_much_of_the_week_before() -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 18, 12))
    assert scope.before().as_at == datetime(2026, 11, 11, 12)


def test_spring_festival_is_compared_with_the_same_lunar_days_a_year_ago() -> None:
    # 正月初一: 2025-01-29, 2026-02-17
    scope = Scope(date(2026, 2, 2), date(2026, 3, 14), as_at=datetime(2026, 3, 13, 23, 59, 59), is_lunar=True)
    before = scope.before()
    assert (before.since, before.until) == (date(2025, 1, 14), date(2025, 2, 23))
    assert before.as_at == datetime(2025, 2, 22, 23, 59, 59)


def test_a_period_is_looked_at_as_it_ended_or_as_far_as_the_data_goes() -> None:
    friday = datetime(2026, 11, 20, 18)
    assert looked_at(date(2026, 11, 16), friday) == datetime(2026, 11, 15, 23, 59, 59, 999_999)
    assert looked_at(date(2026, 11, 23), friday) == friday
    assert looked_at(date(2026, 12, 1), friday) == friday


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"since": date(2026, 11, 23)},
            "开始日期 2026-11-23 应早于结束日期 2026-11-23（结束日期当天不计入）。",
        ),
        ({"since": date(2010, 1, 1)}, "从 2010-01-01 到 2026-11-23 超过十年，请缩短时段。"),
        (
            {"since": datetime(2026, 11, 16)},
            "开始日期应是日期，如 2026-11-16，现在是「2026-11-16 00:00:00」。",
        ),
        ({"until": "2026-11-23"}, "结束日期应是日期，如 2026-11-16，现在是「2026-11-23」。"),
        ({"grids": ("WG-0101", " ")}, "网格里有空白的名称，请去掉或填上。"),
        ({"communities": "一号社区"}, "社区应是一组名称，现在只是一段文字「一号社区」。"),
        (
            {"as_at": datetime(2026, 11, 22, 18, tzinfo=UTC)},
            "截止时刻应是不带时区的北京时间，如 2026-11-22 18:00，现在是「2026-11-22 18:00:00+00:00」。",
        ),
        (
            {"known_at": date(2026, 11, 22)},
            "知晓时刻应是不带时区的北京时间，如 2026-11-22 18:00，现在是「2026-11-22」。",
        ),
    ],
)
def test_a_scope_that_makes_no_sense_says_what_to_write(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Trouble) as trouble:
        Scope(**{"since": date(2026, 11, 16), "until": date(2026, 11, 23), **wrong})
    assert str(trouble.value) == sentence


def test_a_period_moves_to_four_places_as_far_gone() -> None:
    """2026-02-17 and 2025-01-29 were 正月初一."""
    scope = Scope(date(2026, 2, 16), date(2026, 2, 21), as_at=datetime(2026, 2, 20, 18))
    found = {to: (scope.moved(to).since, scope.moved(to).as_at) for to in COMPARISONS}
    assert found == {
        "previous": (date(2026, 2, 11), datetime(2026, 2, 15, 18)),
        "weeks": (date(2026, 2, 9), datetime(2026, 2, 13, 18)),
        "year": (date(2025, 2, 16), datetime(2025, 2, 20, 18)),
        "lunar": (date(2025, 1, 28), datetime(2025, 2, 1, 18)),
    }


def test_a_leap_day_has_a_year_before() -> None:
    assert Scope(date(2024, 2, 28), date(2024, 2, 29)).moved("year").until == date(2023, 2, 28)


def test_a_line_over_weeks_begins_on_a_monday_and_ends_with_the_period() -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23))
    assert scope.reaching(13).since == date(2026, 8, 24)
    assert scope.reaching(13).until == scope.until
    assert Scope(date(2025, 1, 1), date(2026, 1, 1)).reaching(13).since == date(2025, 1, 1)
