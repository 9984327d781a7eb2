"""What is no data is passed over, and nothing that is data is taken for a remark."""

import pytest

from tests.data.intake.office import Office

HEADINGS = ["企业名称", "隐患编号", "发现日期", "网格", "隐患描述"]
ROW = ["海天五金厂", "YH-1", "2026-11-01", "WG-0101", "漏电"]

REMARKS = [
    ["合计"],
    ["合  计", "", "", "", "12"],
    ["合计：12条"],
    ["", "小计", "3"],
    ["1", "总计", "3"],
    ["11月", "累计：", "3"],
    ["幸福社区小计", "3"],
    ["本页合计（条）", "3"],
    ["示例", "YH-0", "2026-01-01", "WG-0101", "请按此填写"],
    ["示例：海天五金厂", "YH-0", "2026-01-01", "WG-0101", "请按此填写"],
    ["（示例）", "YH-0", "不知道", "WG-9999", ""],
    ["填写说明：日期写成 2026-11-22", "", "", "", ""],
    ["填写说明", "必填", "日期", "编码", "文字"],
    ["注：本表每周五报送"],
    ["备注：1.以上数据截至周五"],
    ["说明:无"],
    ["填表人：王五", "", "审核人：赵六", "", "制表日期：2026-11-20"],
    ["填表人", "王五", "审核", "赵六"],
    ["填表人王五", "", "审核人赵六"],
    ["审核：", "赵六"],
    ["制表：综合信息指挥室"],
    ["", "", "填表人：王五"],
    ["以下空白"],
    ["", "以下空白"],
    ["清禾街道2026年11月隐患排查整治台账，本页共3条"],
    ["企业名称", "隐患编号", "发现日期", "网格", "隐患描述"],
    ["企业名称*", "隐患编号", "发现\n日期", "网格", "隐患描述（必填）"],
    ["", "", "", "", ""],
    ["　", " ", "\u200b", "", ""],
]

RECORDS = [
    ["合计商行", "YH-2", "2026-11-01", "WG-0101", "漏电"],
    ["总计量检测有限公司", "YH-2", "2026-11-01", "WG-0101", "漏电"],
    ["示例小吃店", "YH-2", "2026-11-01", "WG-0101", "漏电"],
    ["海天五金厂", "YH-2", "2026-11-01", "WG-0101", "合计"],
    ["海天五金厂", "YH-2", "2026-11-01", "WG-0101", "小计"],
    ["注塑车间", "YH-2", "2026-11-01", "WG-0101", "填表人：王五"],
    ["备注印刷厂", "YH-2", "2026-11-01", "WG-0101", "示例"],
    ["审核中心", "YH-2", "2026-11-01", "WG-0101", "见说明"],
    ["说明书印刷厂", "YH-2", "2026-11-01", "WG-0101", "注：已复查"],
    ["", "YH-2", "2026-11-01", "WG-0101", ""],
    ["小计算机店", "YH-2", "2026-11-01", "WG-0101", ""],
]

UNFINISHED = [
    ["平安饭店", "", "", "", ""],
    ["", "YH-2", "", "", ""],
    ["", "", "2026-11-02", "", ""],
    ["", "", "", "", "灭火器过期"],
    ["平安饭店", "-", "/", "—", "无"],
]


@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: "|".join(remark)[:20])
def test_a_remark_is_neither_counted_nor_rejected(office: Office, remark: list[str]) -> None:
    padded = remark + [""] * (len(HEADINGS) - len(remark))
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, padded, ROW))
    report = office.check(office.file("隐患.csv", text))
    assert (report.accepted, report.merged, report.rejected) == ({"hazard": 1}, 0, [])


def test_remarks_of_a_workbook_are_passed_over_too(office: Office) -> None:
    report = office.check(office.workbook("隐患.xlsx", {"一": [HEADINGS, *REMARKS, ROW, *REMARKS]}))
    assert (report.accepted, report.merged, report.rejected) == ({"hazard": 1}, 0, [])


def test_records_are_never_taken_for_remarks(office: Office) -> None:
    records = [[record[0], f"YH-{number}", *record[2:]] for number, record in enumerate(RECORDS, start=2)]
    report = office.check(office.workbook("隐患.xlsx", {"一": [HEADINGS, ROW, *records]}))
    assert (report.accepted, report.rejected) == ({"hazard": len(records) + 1}, [])


def test_an_unfinished_row_is_rejected_not_passed_over(office: Office) -> None:
    report = office.check(office.workbook("隐患.xlsx", {"一": [HEADINGS, ROW, *UNFINISHED]}))
    assert [(each.row, each.reason) for each in report.rejected] == [
        (row, "missing_required") for row in range(3, 3 + len(UNFINISHED))
    ]


def test_a_numbered_but_empty_row_is_blank(office: Office) -> None:
    rows = [["序号", *HEADINGS], [1, *ROW], [2], [3], [4, *ROW[:1], "YH-9", *ROW[2:]]]
    report = office.check(office.workbook("隐患.xlsx", {"一": rows}))
    assert (report.accepted, report.rejected) == ({"hazard": 2}, [])


def test_a_heading_across_the_table_is_passed_over(office: Office) -> None:
    rows = [HEADINGS, ["幸福社区"], ROW, ["平安社区"], [*ROW[:1], "YH-2", *ROW[2:]]]
    report = office.check(office.workbook("隐患.xlsx", {"一": rows}, ["A2:E2", "A4:E4"]))
    assert (report.accepted, report.rejected) == ({"hazard": 2}, [])
