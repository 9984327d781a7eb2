"""Every row reason of the import contract, one wrong cell at a time."""

import pytest

from tests.data.intake.office import Office

PATROL = {
    "巡查编号": "XC-1",
    "巡查日期": "2026-11-20",
    "社区": "幸福社区",
    "网格编号": "WG-0101",
    "巡查人": "张三",
    "走访人次": "3",
}
HAZARD = {
    "隐患编号": "YH-1",
    "发现日期": "2026-11-01",
    "网格": "WG-0101",
    "隐患等级": "一般",
    "隐患描述": "灭火器过期",
    "整改状态": "已整改",
    "整改期限": "2026-11-10",
    "销号日期": "2026-11-09",
}
RATING = {"企业编号": "QY-1", "评定日期": "2026-11-01", "评定颜色": "绿"}
FLOW = {"日期": "2026-11-20", "社区": "幸福社区", "流向": "返乡", "身份证号": "330481199003070010"}


def checked_reasons(office: Office, row: dict[str, str], changes: dict[str, str]) -> list[str]:
    whole = {**row, **changes}
    cells = [f'"{value}"' for value in whole.values()]
    path = office.file("台账.csv", ",".join(whole) + "\n" + ",".join(cells) + "\n")
    report = office.check(path)
    assert report.file_reason is None, report.message
    return [each.reason for each in report.rejected]


@pytest.mark.parametrize("row", [PATROL, HAZARD, RATING, FLOW], ids=["patrol", "hazard", "rating", "flow"])
def test_a_good_row_is_accepted(office: Office, row: dict[str, str]) -> None:
    assert checked_reasons(office, row, {}) == []


@pytest.mark.parametrize(
    ("row", "changes", "reason"),
    [
        (PATROL, {"巡查日期": ""}, "missing_required"),
        (PATROL, {"网格编号": "—"}, "missing_required"),
        (PATROL, {"巡查日期": "1月5日"}, "date_ambiguous"),
        (PATROL, {"巡查日期": "05/01/2026"}, "date_ambiguous"),
        (PATROL, {"巡查日期": "2026-13-01"}, "date_invalid"),
        (PATROL, {"巡查日期": "2026-11-23"}, "date_out_of_range"),
        (PATROL, {"巡查日期": "2014-12-31"}, "date_out_of_range"),
        (PATROL, {"走访人次": "-3"}, "negative_count"),
        (PATROL, {"走访人次": "约20"}, "not_a_number"),
        (PATROL, {"网格编号": "WG-9999"}, "unknown_grid"),
        (PATROL, {"社区": "无名社区"}, "unknown_community"),
        (PATROL, {"社区": "平安社区"}, "grid_community_mismatch"),
        (HAZARD, {"销号日期": "2026-10-31"}, "closed_before_reported"),
        (HAZARD, {"隐患等级": "特别严重"}, "unknown_level"),
        (HAZARD, {"整改状态": "差不多了"}, "unknown_status"),
        (HAZARD, {"隐患描述": "漏" * 5001}, "text_too_long"),
        (HAZARD, {"发现日期": "#N/A"}, "cell_error"),
        (RATING, {"评定颜色": "橙"}, "unknown_colour"),
        (RATING, {"企业编号": "QY-9"}, "unknown_enterprise"),
        (FLOW, {"流向": "串门"}, "unknown_direction"),
        (FLOW, {"身份证号": "330481199003070014"}, "bad_id_number"),
        (FLOW, {"日期": "2027-02-01"}, "date_out_of_range"),
    ],
)
def test_one_wrong_cell_rejects_its_row_with_its_reason(
    office: Office, row: dict[str, str], changes: dict[str, str], reason: str
) -> None:
    assert checked_reasons(office, row, changes) == [reason]


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (PATROL, {"巡查日期": "2026年11月20日 9:30"}),
        (PATROL, {"网格编号": "ｗｇ－0101"}),
        (PATROL, {"走访人次": "１，２００人次"}),
        (PATROL, {"走访人次": "无"}),
        (HAZARD, {"整改期限": "2027-05-01"}),
        (HAZARD, {"隐患等级": "重大隐患"}),
        (HAZARD, {"隐患描述": "#N/A"}),
        (RATING, {"评定颜色": "红牌"}),
        (FLOW, {"日期": "2027-01-21"}),
        (FLOW, {"流向": "流出"}),
    ],
)
def test_what_offices_write_is_accepted(office: Office, row: dict[str, str], changes: dict[str, str]) -> None:
    assert checked_reasons(office, row, changes) == []


def test_a_personal_value_is_never_echoed(office: Office) -> None:
    path = office.file(
        "流动.csv", "日期,社区,流向,姓名,身份证号\n2026-11-20,幸福社区,返乡,王小明,330481199003070014\n"
    )
    (rejected,) = office.check(path).rejected
    assert rejected.value == "***"
    assert "王小明" not in rejected.cells
    assert "330481199003070014" not in str(rejected)


def test_the_sentence_names_row_heading_value_and_what_to_do(office: Office) -> None:
    path = office.file("巡查.csv", "巡查日期,网格编号\n2026-11-20,WG-0101\n2026/13/1,WG-0101\n")
    (rejected,) = office.check(path).rejected
    assert rejected.row == 3
    assert rejected.message == "第3行「巡查日期」是「2026/13/1」,应为日期,如 2026-11-22"
