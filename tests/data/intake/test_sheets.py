"""Workbooks as offices have them: titles, two-level headings, merges, notes, several sheets."""

from datetime import date, datetime
from typing import Any

from tests.data.intake.office import Office

HEADINGS = ["隐患编号", "发现日期", "网格", "隐患描述"]


def test_what_is_not_data_is_neither_counted_nor_rejected(office: Office) -> None:
    rows = [
        ["清禾街道2026年11月隐患排查整治台账"],
        ["填报单位：安监办", None, "填报日期：2026-11-20"],
        HEADINGS,
        ["示例", "2026-01-01", "WG-0101", "请按此填写"],
        ["YH-1", "2026-11-01", "WG-0101", "漏电"],
        [],
        ["小计", None, None, "1"],
        HEADINGS,
        ["YH-2", "2026-11-02", "WG-0102", "通道堆物"],
        ["合计", None, None, "2"],
        ["注：本表每周五报送"],
        ["填表人：王五", None, "审核人：赵六"],
    ]
    report = office.check(office.workbook("隐患.xlsx", {"11月": rows}))
    assert (report.accepted, report.rejected) == ({"hazard": 2}, [])


def test_row_numbers_are_the_sheet_s_own(office: Office) -> None:
    rows = [
        ["标题"],
        [],
        HEADINGS,
        ["YH-1", "2026-11-01", "WG-0101", "漏电"],
        [],
        ["YH-2", "不知道", "WG-0101", "漏水"],
    ]
    report = office.check(office.workbook("隐患.xlsx", {"11月": rows}))
    assert [(each.sheet, each.row, each.heading) for each in report.rejected] == [("11月", 6, "发现日期")]


def test_two_level_merged_headings_are_joined(office: Office) -> None:
    rows = [
        ["隐患台账", None, None, None, None],
        ["隐患编号", "发现", None, "整改", None],
        [None, "日期", "网格", "期限", "完成日期"],
        ["YH-1", date(2026, 11, 1), "WG-0101", date(2026, 11, 5), date(2026, 11, 4)],
    ]
    merges = ["A1:E1", "A2:A3", "B2:C2", "D2:E2"]
    report = office.check(office.workbook("隐患.xlsx", {"Sheet1": rows}, merges))
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"hazard": 1}, [])


def test_vertically_merged_cells_are_filled_down_but_blanks_are_not(office: Office) -> None:
    rows = [
        ["网格编号", "巡查日期", "巡查人"],
        ["WG-0101", date(2026, 11, 1), "甲"],
        [None, date(2026, 11, 2), "乙"],
        [None, date(2026, 11, 3), "丙"],
    ]
    report = office.check(office.workbook("巡查.xlsx", {"巡查": rows}, ["A2:A3"]))
    assert report.accepted == {"patrol_log": 2}
    assert [(each.row, each.reason) for each in report.rejected] == [(4, "missing_required")]


def test_several_sheets_of_one_ledger_and_strange_ones_beside_them(office: Office) -> None:
    sheets: dict[str, list[Any]] = {
        "幸福社区": [HEADINGS, ["YH-1", "2026-11-01", "WG-0101", "漏电"]],
        "平安社区": [HEADINGS, ["YH-2", "2026-11-01", "WG-0201", "漏水"]],
        "价目表": [["商品", "价格", "库存"], ["酱油", 12, 3]],
        "Sheet3": [],
    }
    report = office.check(office.workbook("隐患.xlsx", sheets))
    assert (report.accepted, report.rejected) == ({"hazard": 2}, [])
    assert any("价目表" in note for note in report.notes)


def test_firms_and_their_ratings_in_one_workbook(office: Office) -> None:
    sheets: dict[str, list[Any]] = {
        "评定": [["企业名称", "评定日期", "颜色"], ["新开张小吃店", date(2026, 11, 1), "黄"]],
        "企业": [["企业编号", "企业名称", "网格"], ["QY-7", "新开张小吃店", "WG-0102"]],
    }
    report = office.check(office.workbook("企业.xlsx", sheets))
    assert (report.accepted, report.rejected) == ({"enterprise": 1, "rating": 1}, [])


def test_numbers_dates_and_serials_of_cells_are_read_as_meant(fresh_office: Office) -> None:
    rows = [
        ["隐患编号", "发现日期", "网格", "返工次数"],
        [1001, datetime(2026, 11, 1, 9, 30), "WG-0101", 2.0],
        [1002, 46348, "WG-0101", "１"],
    ]
    report = fresh_office.load(fresh_office.workbook("隐患.xlsx", {"Sheet1": rows}))
    assert report.files[0].rejected == []
    assert fresh_office.ask("select hazard_no, reported_at, rework_count from hazard order by 1") == [
        ("1001", datetime(2026, 11, 1, 9, 30), 2),
        ("1002", datetime(2026, 11, 22), 1),
    ]


def test_a_sheet_of_explanations_is_only_told_of(office: Office) -> None:
    sheets: dict[str, list[Any]] = {
        "隐患": [HEADINGS, ["YH-1", "2026-11-01", "WG-0101", "漏电"]],
        "填写说明": [["列名", "是否必填", "怎么填"], ["隐患编号", "是", "不要重复"]],
        "字典": [["隐患等级"], ["一般"], ["重大"]],
    }
    report = office.check(office.workbook("隐患.xlsx", sheets))
    assert report.accepted == {"hazard": 1}
    assert report.notes == [
        "没有读取工作表「填写说明」，它不是台账。",
        "没有读取工作表「字典」，它不是台账。",
    ]


def test_an_escaped_carriage_return_is_a_line_break(fresh_office: Office) -> None:
    rows = [
        ["隐患_x000D_\n编号", "发现日期_x000D_", "网格", "隐患描述"],
        ["YH-1_x000D_", "2026-11-01", "WG-0101_x000d_\n", "一楼漏电_x000D_\n二楼_x000D_漏水"],
    ]
    report = fresh_office.load(fresh_office.workbook("隐患.xlsx", {"一": rows})).files[0]
    assert (report.accepted, report.rejected) == ({"hazard": 1}, [])
    assert fresh_office.ask("select hazard_no, grid_code, description from hazard") == [
        ("YH-1", "WG-0101", "一楼漏电\n二楼\n漏水")
    ]
