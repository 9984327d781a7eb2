"""A colour set by hand needs two different people, a reason and an end within thirty days."""

from pathlib import Path

import pytest

from tests.data.intake.office import Office
from tests.data.intake.test_three_colour_ledgers import everything_held

HEAD = "企业编号,企业名称,调整后颜色,生效日期,终止日期,调整理由,提出人,批准人"
PEOPLE = "欧阳晓峰,司徒婉清"
NAMES = ("欧阳晓峰", "司徒婉清", "尉迟建国")


def file(office: Office, *rows: str) -> Path:
    return office.file("人工调整.csv", "\n".join([HEAD, *rows]) + "\n")


def row(days: str = "2026-11-01,2026-11-30", people: str = PEOPLE) -> str:
    return f"QY-1,海天五金厂,黄,{days},重大活动保障,{people}"


@pytest.mark.parametrize(
    ("people", "heading"),
    [
        ("欧阳晓峰,欧阳晓峰", "批准人"),
        ("欧阳晓峰,欧阳 晓峰", "批准人"),
        ("欧阳晓峰（安监办）,欧阳晓峰", "批准人"),
        ("欧阳晓峰、司徒婉清,司徒婉清", "批准人"),
        ("欧阳晓峰,", "批准人"),
        ("欧阳晓峰,—", "批准人"),
        (",司徒婉清", "提出人"),
        (",", "提出人"),
        ("安监办,街道办", "批准人"),
        ("欧阳*峰,司徒*清", "批准人"),
        ("欧阳晓峰,本人", "批准人"),
    ],
)
def test_two_different_people_must_be_named(office: Office, people: str, heading: str) -> None:
    report = office.check(file(office, row(people=people)))
    (rejected,) = report.rejected
    assert (rejected.reason, rejected.heading) == ("override_needs_two_people", heading)
    assert "人工调整要由一人提出、另一人批准，请写全两个人的姓名" in rejected.message
    assert not any(name in str(report.as_json()) + rejected.cells for name in NAMES)


@pytest.mark.parametrize(
    "people", [PEOPLE, "欧阳晓峰,欧阳晓峰、司徒婉清", "安监办 欧阳晓峰,司徒婉清（副主任）"]
)
def test_two_people_are_two_however_they_are_written(office: Office, people: str) -> None:
    report = office.check(file(office, row(people=people.replace("、", "/"))))
    assert (report.accepted, report.rejected) == ({"rating_override": 1}, [])


def test_without_columns_for_the_two_no_row_is_taken(office: Office) -> None:
    text = "企业编号,调整后颜色,生效日期,终止日期,调整理由\nQY-1,黄,2026-11-01,2026-11-30,保障\n"
    report = office.check(office.file("人工调整.csv", text))
    assert [(each.reason, each.heading, each.value) for each in report.rejected] == [
        ("override_needs_two_people", "提出人", "")
    ]


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ("2026-11-01,2026-11-01", None),
        ("2026-11-01,2026-12-01", None),
        ("2026-11-01,2026-12-02", "override_too_long"),
        ("2026-11-01,2027-11-01", "override_too_long"),
        ("2026-11-01,2026-10-31", "ends_before_start"),
        ("2026-12-20,2027-01-10", None),
        ("2026-11-01,", "missing_required"),
        (",2026-11-01", "missing_required"),
        ("2026-11-01,长期", "date_invalid"),
    ],
)
def test_it_ends_within_thirty_days_and_not_before_it_begins(
    office: Office, days: str, reason: str | None
) -> None:
    report = office.check(file(office, row(days)))
    assert [each.reason for each in report.rejected] == ([reason] if reason else [])


def test_the_sentences_say_which_date_to_mend(office: Office) -> None:
    report = office.check(file(office, row("2026-11-01,2026-12-02"), row("2026-11-05,2026-11-04")))
    assert [each.message for each in report.rejected] == [
        "第2行「终止日期」是「2026-12-02」,人工调整最长 30 天，请把终止日期写在生效日期之后 30 天以内",
        "第3行「终止日期」是「2026-11-04」,早于开始的日子，请核对两个日期",
    ]


def test_names_are_nowhere_kept_whether_a_row_is_taken_or_not(fresh_office: Office) -> None:
    rows = (row(), row("2026-10-01,2026-12-01"), row("2026-09-01,2026-09-10", "尉迟建国,尉迟建国"))
    report = fresh_office.load(file(fresh_office, *rows))
    assert [each.value for each in report.files[0].rejected] == ["2026-12-01", "***"]
    told = everything_held(fresh_office) + str(report.as_json())
    assert "override_needs_two_people" in told
    assert not any(name in told for name in NAMES)
    columns = {column for column, *_ in fresh_office.ask("describe rating_override")}
    assert not columns & {"proposer_name", "approver_name"}


@pytest.mark.parametrize(
    ("headings", "scheme"), [("企业编号,企业名称", "enterprise"), ("商户编号,店铺名称", "shop")]
)
def test_the_scheme_follows_from_what_the_file_calls_its_subjects(
    fresh_office: Office, headings: str, scheme: str
) -> None:
    head = HEAD.replace("企业编号,企业名称", headings)
    fresh_office.load(fresh_office.file("人工调整.csv", f"{head}\n{row()}\n"))
    assert fresh_office.ask("select scheme from rating_override") == [(scheme,)]
