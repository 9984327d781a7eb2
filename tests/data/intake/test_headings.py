"""Every heading of the import contract, as clerks write it, and where the heading row may stand."""

import itertools
from collections.abc import Callable

import pytest

from data.contract import ledgers
from tests.data.intake.office import Office

GRID = ["网格编号", "网格编码", "网格号", "网格代码", "所属网格", "网格名称", "网格"]
COMMUNITY = ["社区", "所属社区", "社区名称", "村社区"]
DATE = "2026-11-20"

# ledger -> [(headings that mean the same, a cell that fits)]; the contract's own table.
CONTRACT: dict[str, list[tuple[list[str], str]]] = {
    "patrol_log": [
        (["巡查编号", "日志编号"], "XC-1"),
        (["巡查日期", "巡查时间", "巡逻日期", "巡逻时间", "走访日期"], DATE),
        (GRID, "WG-0101"),
        (COMMUNITY, "幸福社区"),
        (["巡查人", "巡查人员", "巡查员", "网格员"], "张三"),
        (["巡查方式", "巡查类型"], "步巡"),
        (["走访人次", "走访人数", "服务人次", "走访户数"], "3"),
        (["发现问题数", "发现隐患数", "问题数", "隐患数"], "1"),
        (["巡查内容", "巡查情况", "备注"], "正常"),
        (["更新时间"], DATE),
    ],
    "hazard": [
        (["隐患编号", "编号"], "YH-1"),
        (["发现日期", "发现时间", "上报日期", "上报时间", "排查日期"], DATE),
        (GRID, "WG-0101"),
        (COMMUNITY, "幸福社区"),
        (["企业名称", "单位名称", "场所名称"], "海天五金厂"),
        (["隐患类别", "隐患类型"], "消防"),
        (["隐患等级", "隐患级别"], "一般"),
        (["隐患描述", "隐患内容", "问题描述"], "漏电"),
        (["整改状态", "状态", "整改情况"], "已整改"),
        (["整改完成日期", "销号日期", "闭环日期", "完成时间", "结案时间"], DATE),
        (["整改期限", "整改时限", "办理期限"], "2026-12-20"),
        (["立案时间", "受理时间"], DATE),
        (["派遣时间", "派单时间", "交办时间"], DATE),
        (["首次处置时间"], DATE),
        (["处置完成时间", "处理时间"], DATE),
        (["核查时间", "复查时间", "验收时间"], DATE),
        (["延期至", "延期期限"], "2026-12-30"),
        (["挂账", "缓办"], "否"),
        (["作废时间"], ""),
        (["返工次数"], "0"),
        (["自行处置", "当场整改"], "是"),
        (["来源", "发现途径"], "巡查"),
        (["责任单位", "承办单位"], "安监办"),
        (["事项类别"], "安全"),
        (["经度"], "120.68"),
        (["纬度"], "30.52"),
    ],
    "enterprise": [
        (["企业编号", "商户编号"], "QY-9"),
        (["统一社会信用代码", "信用代码"], "91330481MA00000009"),
        (["企业名称", "单位名称", "商户名称"], "新厂"),
        (GRID, "WG-0101"),
        (COMMUNITY, "幸福社区"),
        (["行业类别", "行业", "类型"], "五金"),
        (["职工人数", "员工人数", "从业人数"], "12"),
        (["联系人", "负责人", "法人"], "李四"),
        (["联系电话", "电话", "手机号"], "13800138000"),
        (["经营状态", "营业状态"], "营业"),
    ],
    "rating": [
        (["企业编号", "企业名称"], "QY-1"),
        (["评定日期", "评定时间", "评价日期"], DATE),
        (["评定颜色", "颜色", "评定等级", "三色评定", "三色等级", "色码"], "绿"),
        (["评定人"], "王五"),
        (["评定说明", "评定理由"], "良好"),
    ],
    "population_flow": [
        (["日期", "登记日期", "流动日期", "返乡日期"], DATE),
        (COMMUNITY, "幸福社区"),
        (["流向", "流动方向", "去向类型", "返乡返岗"], "返乡"),
        (["人数"], "5"),
        (["户籍省份", "籍贯", "户籍地", "来源地", "目的地"], "安徽省"),
        (["企业名称", "用工单位"], "海天五金厂"),
        (["计划返岗日期", "预计返岗时间"], "2027-02-20"),
        (["姓名"], ""),
        (["身份证号", "公民身份号码"], ""),
        (["联系电话", "手机号"], ""),
    ],
}
WAYS: dict[str, Callable[[str], str]] = {
    "as it stands": lambda heading: heading,
    "starred": lambda heading: f"*{heading}",
    "required": lambda heading: f"{heading}（必填）",
    "unit": lambda heading: f"{heading} (人)",
    "line break": lambda heading: f"{heading[:2]}\n{heading[2:]}",
    "spaced": lambda heading: "　".join(heading),
    "colon": lambda heading: f" {heading}：",
}


def csv_of(headings: list[str], cells: list[str]) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (headings, cells)) + "\n"


@pytest.mark.parametrize("ledger", CONTRACT)
def test_every_heading_is_recognised_in_its_ledger(office: Office, ledger: str) -> None:
    fields = CONTRACT[ledger]
    for turn in range(max(len(headings) for headings, _ in fields)):
        headings = [each[turn % len(each)] for each, _ in fields]
        cells = [cell for _, cell in fields]
        report = office.check(office.file("表.csv", csv_of(headings, cells)))
        assert (report.file_reason, report.accepted, report.rejected) == (None, {ledger: 1}, []), headings


@pytest.mark.parametrize("ledger", CONTRACT)
def test_every_heading_tells_a_field_of_its_own(ledger: str) -> None:
    known = {heading: field.name for field in ledgers()[ledger].fields for heading in field.headings}
    for headings, _ in CONTRACT[ledger]:
        assert {heading for heading in headings if heading not in known} == set()
    twice = [
        h
        for h, n in itertools.groupby(sorted(h for f in ledgers()[ledger].fields for h in f.headings))
        if len(list(n)) > 1
    ]
    assert twice == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("ledger", CONTRACT)
def test_marks_notes_and_line_breaks_do_not_hide_a_heading(office: Office, ledger: str, way: str) -> None:
    fields = list(reversed(CONTRACT[ledger]))
    headings = ["序号", *(WAYS[way](each[0]) for each, _ in fields), "自编列"]
    cells = ["1", *(cell for _, cell in fields), "随便"]
    report = office.check(office.file("表.csv", csv_of(headings, cells)))
    assert (report.file_reason, report.accepted, report.rejected) == (None, {ledger: 1}, [])


@pytest.mark.parametrize(("blank_rows", "reason"), [(0, None), (13, None), (14, "no_header")])
def test_the_heading_row_stands_within_the_first_fifteen(
    office: Office, blank_rows: int, reason: str | None
) -> None:
    text = "清禾街道隐患台账\n" + "\n" * blank_rows + "隐患编号,发现日期,网格\nYH-1,2026-11-01,WG-0101\n"
    assert office.check(office.file("表.csv", text)).file_reason == reason


@pytest.mark.parametrize(
    ("top", "bottom", "cells"),
    [
        ("隐患编号,发现,,整改,", ",日期,网格,期限,完成日期", "YH-1,2026-11-01,WG-0101,2026-11-09,2026-11-05"),
        ("隐患,,所在,", "编号,描述,网格,社区", None),
        ("隐患编号,发现日期,网格,照片,", ",,,整改前,整改后", "YH-1,2026-11-01,WG-0101,有,有"),
        ("巡查,,,网格,", "日期,人员,方式,编码,名称", "2026-11-01,张三,步巡,WG-0101,第一网格"),
    ],
)
def test_two_levels_are_joined_in_a_csv_too(office: Office, top: str, bottom: str, cells: str | None) -> None:
    if cells is None:
        top, bottom, cells = top + ",发现", bottom + ",日期", "YH-1,漏电,WG-0101,幸福社区,2026-11-01"
    report = office.check(office.file("表.csv", f"台账\n{top}\n{bottom}\n{cells}\n"))
    assert (report.file_reason, sum(report.accepted.values()), report.rejected) == (None, 1, [])


def test_two_levels_with_only_some_groups_merged(office: Office) -> None:
    rows = [
        ["隐患台账", None, None, None, None],
        ["隐患编号", "发现", None, "整改", None],
        [None, "日期", "网格", "期限", "完成日期"],
        ["YH-1", "2026-11-01", "WG-0101", "2026-11-05", "2026-11-04"],
        ["隐患编号", "发现", None, "整改", None],
        [None, "日期", "网格", "期限", "完成日期"],
        ["YH-2", "2026-11-01", "WG-0101", "2026-11-05", "2026-11-04"],
    ]
    report = office.check(office.workbook("隐患.xlsx", {"一": rows}, ["A1:E1", "B2:C2", "A2:A3"]))
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"hazard": 2}, [])
