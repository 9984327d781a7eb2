"""A due cell that says how long there is: 3个工作日, 5工作时."""

from datetime import datetime

import pytest

from tests.data.intake.office import Office


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ("3个工作日", datetime(2026, 2, 26, 23, 59, 59)),  # 2-15 to 2-23 is the Spring Festival
        ("1工作日内", datetime(2026, 2, 24, 23, 59, 59)),
        ("2天", datetime(2026, 2, 16, 23, 59, 59)),
        ("4小时", datetime(2026, 2, 14, 20, 0)),
        ("2个工作时", datetime(2026, 2, 24, 9, 30)),  # Saturday 2-14 works until 17:00, then not before 2-24
        ("2026-02-20", datetime(2026, 2, 20, 23, 59, 59)),
    ],
)
def test_a_limit_ends_by_the_calendar(fresh_office: Office, limit: str, due: datetime) -> None:
    text = (
        f"隐患编号,发现日期,网格,立案时间,整改期限\nYH-1,2026-02-14 15:00,WG-0101,2026-02-14 16:00,{limit}\n"
    )
    report = fresh_office.load(fresh_office.file("隐患.csv", text)).files[0]
    assert (report.accepted, report.rejected) == ({"hazard": 1}, [])
    assert fresh_office.ask("select due_at from hazard") == [(due,)]


def test_what_is_neither_a_day_nor_a_limit_is_refused(office: Office) -> None:
    text = "隐患编号,发现日期,网格,整改期限\nYH-1,2026-02-14,WG-0101,尽快\n"
    assert [each.reason for each in office.check(office.file("隐患.csv", text)).rejected] == ["date_invalid"]
