"""The longer life of a hazard: what closes it, what order its steps must have, what a due date means."""

from datetime import datetime

import pytest

from tests.data.intake.office import Office


def test_a_rectified_date_closes_only_where_nothing_else_could(fresh_office: Office) -> None:
    alone = "隐患编号,发现日期,网格,整改完成日期\nA-1,2026-11-01,WG-0101,2026-11-03\n"
    reviewed = "隐患编号,发现日期,网格,整改完成日期,复查时间\nB-1,2026-11-01,WG-0101,2026-11-03,\n"
    written_off = (
        "隐患编号,发现日期,网格,整改完成日期,销号日期\nC-1,2026-11-01,WG-0101,2026-11-03,2026-11-05\n"
    )
    for name, text in (("a", alone), ("b", reviewed), ("c", written_off)):
        assert fresh_office.load(fresh_office.file(f"{name}.csv", text)).exit_status == 0
    assert fresh_office.ask(
        "select hazard_no, handled_at, closed_at, closed_basis from hazard order by 1"
    ) == [
        ("A-1", datetime(2026, 11, 3), datetime(2026, 11, 3), "rectified"),
        ("B-1", datetime(2026, 11, 3), None, None),
        ("C-1", datetime(2026, 11, 3), datetime(2026, 11, 5), "written_off"),
    ]


def test_a_due_date_without_a_time_lasts_to_the_end_of_its_day(fresh_office: Office) -> None:
    text = (
        "隐患编号,发现日期,网格,整改期限\n"
        "A-1,2026-11-01,WG-0101,2026-11-05\nA-2,2026-11-01,WG-0101,2026-11-05 10:00\n"
    )
    fresh_office.load(fresh_office.file("a.csv", text))
    assert fresh_office.ask("select due_at from hazard order by hazard_no") == [
        (datetime(2026, 11, 5, 23, 59, 59),),
        (datetime(2026, 11, 5, 10),),
    ]


@pytest.mark.parametrize(
    ("filed", "dispatched", "verdict"),
    [
        ("2026-11-02 09:00", "2026-11-02 08:00", ["times_out_of_order"]),
        ("2026-11-02 09:00", "2026-11-02", []),
        ("2026-11-02 09:00", "", []),
        ("2026-11-03", "2026-11-02 08:00", ["times_out_of_order"]),
    ],
)
def test_steps_must_follow_each_other(
    office: Office, filed: str, dispatched: str, verdict: list[str]
) -> None:
    text = f"隐患编号,发现日期,网格,立案时间,派遣时间\nA-1,2026-11-01,WG-0101,{filed},{dispatched}\n"
    assert [each.reason for each in office.check(office.file("a.csv", text)).rejected] == verdict


def test_free_text_keeps_no_phone_and_no_identity_number(fresh_office: Office) -> None:
    text = (
        "隐患编号,发现日期,网格,隐患描述\n"
        "A-1,2026-11-01,WG-0101,请联系业主13800138000，证号330481199003070010\n"
    )
    fresh_office.load(fresh_office.file("a.csv", text))
    ((description,),) = fresh_office.ask("select description from hazard")
    assert "13800138000" not in str(description)
    assert "330481199003070010" not in str(description)


def test_what_closes_on_the_day_of_its_report_is_in_order(office: Office) -> None:
    text = (
        "隐患编号,发现日期,网格,整改完成日期\n"
        "A-1,2026-11-05 12:00,WG-0101,2026-11-05 09:00\nA-2,2026-11-05,WG-0101,2026-11-04\n"
    )
    report = office.check(office.file("a.csv", text))
    assert report.accepted == {"hazard": 1}
    assert [(each.row, each.reason) for each in report.rejected] == [(3, "closed_before_reported")]


def test_a_version_time_to_come_is_out_of_range(office: Office) -> None:
    text = (
        "隐患编号,发现日期,网格,更新时间\n"
        "A-1,2026-11-05,WG-0101,2026-11-22 23:00\nA-2,2026-11-05,WG-0101,2026-11-23\n"
    )
    report = office.check(office.file("a.csv", text))
    assert [(each.row, each.reason) for each in report.rejected] == [(3, "date_out_of_range")]
