"""One natural key twice: in one file, and across files."""

import json
from datetime import datetime

from tests.data.intake.office import Office

HEAD = "隐患编号,发现日期,网格,隐患描述"


def test_rows_that_are_the_same_after_cleaning_are_merged(office: Office) -> None:
    text = f"{HEAD}\nYH-1,2026-11-01,WG-0101,漏电\nyh-1,2026/11/1,wg－0101, 漏电 \n"
    report = office.check(office.file("隐患.csv", text))
    assert (report.accepted, report.merged, report.rejected) == ({"hazard": 1}, 1, [])


def test_rows_that_contradict_each_other_are_all_rejected(office: Office) -> None:
    text = (
        f"{HEAD}\nYH-1,2026-11-01,WG-0101,漏电\nYH-2,2026-11-01,WG-0101,漏水\nYH-1,2026-11-01,WG-0101,堆物\n"
    )
    report = office.check(office.file("隐患.csv", text))
    assert report.accepted == {"hazard": 1}
    assert [(each.row, each.reason, each.value) for each in report.rejected] == [
        (2, "duplicate_conflict", "YH-1"),
        (4, "duplicate_conflict", "YH-1"),
    ]


def test_the_newest_version_wins_where_rows_say_when_they_were_written(fresh_office: Office) -> None:
    text = (
        f"{HEAD},更新时间\nYH-1,2026-11-01,WG-0101,旧,2026-11-02 08:00\n"
        "YH-1,2026-11-01,WG-0101,新,2026-11-03 08:00\nYH-1,2026-11-01,WG-0101,更旧,2026-11-01 08:00\n"
    )
    report = fresh_office.load(fresh_office.file("隐患.csv", text)).files[0]
    assert (report.accepted, report.merged, report.rejected) == ({"hazard": 1}, 2, [])
    assert fresh_office.ask("select description, updated_at from hazard") == [
        ("新", datetime(2026, 11, 3, 8))
    ]


def test_a_later_file_corrects_but_its_blanks_erase_nothing(fresh_office: Office) -> None:
    fresh_office.load(
        fresh_office.file("一.csv", f"{HEAD},责任单位\nYH-1,2026-11-01,WG-0101,漏电,城管中队\n")
    )
    fresh_office.load(fresh_office.file("二.csv", f"{HEAD},责任单位\nYH-1,2026-11-01,WG-0102,漏电,\n"))
    assert fresh_office.ask("select grid_code, unit from hazard") == [("WG-0102", "城管中队")]
    assert fresh_office.ask("select count(*) from hazard_version") == [(2,)]


def test_an_older_version_never_overwrites_a_newer_one(fresh_office: Office) -> None:
    fresh_office.load(
        fresh_office.file("一.csv", f"{HEAD},更新时间\nYH-1,2026-11-01,WG-0101,新,2026-11-05\n")
    )
    fresh_office.load(
        fresh_office.file("二.csv", f"{HEAD},更新时间\nYH-1,2026-11-01,WG-0101,旧,2026-11-04\n")
    )
    assert fresh_office.ask("select description from hazard") == [("新",)]


def test_undo_takes_the_last_load_back(fresh_office: Office) -> None:
    fresh_office.load(fresh_office.file("一.csv", f"{HEAD}\nYH-1,2026-11-01,WG-0101,漏电\n"))
    fresh_office.load(fresh_office.file("二.csv", f"{HEAD}\nYH-2,2026-11-01,WG-0101,漏水\n"))
    assert fresh_office.store.undo().file_names == ("二.csv",)
    assert fresh_office.ask("select hazard_no from hazard") == [("YH-1",)]
    again = fresh_office.load(fresh_office.desk / "二.csv")
    assert again.files[0].file_reason is None


def test_contradicting_rows_keep_their_harmless_cells(office: Office) -> None:
    head = "隐患编号,发现日期,所属网格,隐患描述,联系电话"
    text = f"{head}\nYH-1,2026-11-01,WG-0101,漏电,13800138000\nYH-1,2026-11-01,WG-0101,,13800138000\n"
    first, second = office.check(office.file("隐患.csv", text)).rejected
    told = {"隐患编号": "YH-1", "发现日期": "2026-11-01 00:00:00"}
    assert json.loads(second.cells).items() >= told.items()
    assert json.loads(first.cells) == json.loads(second.cells) | {"隐患描述": "漏电"}
    assert "13800138000" not in first.cells


def test_sheets_of_a_workbook_merge_rows_of_their_own(office: Office) -> None:
    patrols = ["巡查编号", "巡查日期", "网格"]
    one, other = ["YH-1", "2026-11-01", "WG-0101", "漏电"], ["XC-1", "2026-11-01", "WG-0101"]
    sheets = {"隐患": [HEAD.split(","), one, one], "巡查": [patrols, other, other, other]}
    report = office.check(office.workbook("两表.xlsx", sheets))
    assert (report.accepted, report.merged) == ({"hazard": 1, "patrol_log": 1}, 3)
