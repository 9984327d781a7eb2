"""The stretches of days an office asks for by name."""

from datetime import date

import pytest

from pages.parts.periods import PRESETS

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("本周", date(2026, 11, 16), date(2026, 11, 23)),
        ("上周", date(2026, 11, 9), date(2026, 11, 16)),
        ("近7天", date(2026, 11, 16), date(2026, 11, 23)),
        ("近30天", date(2026, 10, 24), date(2026, 11, 23)),
        ("本月", date(2026, 11, 1), date(2026, 11, 23)),
        ("春运", date(2026, 2, 2), date(2026, 3, 14)),
    ],
)
def test_a_preset_covers_its_days(name: str, since: date, until: date) -> None:
    assert PRESETS[name](SUNDAY) == (since, until)


def test_this_week_reaches_no_further_than_today() -> None:
    assert PRESETS["本周"](date(2026, 11, 18)) == (date(2026, 11, 16), date(2026, 11, 19))


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (date(2027, 1, 21), date(2026, 2, 2), date(2026, 3, 14)),
        (date(2027, 1, 22), date(2027, 1, 22), date(2027, 1, 23)),
        (date(2027, 3, 30), date(2027, 1, 22), date(2027, 3, 3)),
    ],
)
def test_chunyun_is_the_one_under_way_or_the_latest(today: date, since: date, until: date) -> None:
    assert PRESETS["春运"](today) == (since, until)
