"""Cells as workbooks hold them: serials, formats, formulas, errors, numbers that were text, merges."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.data.intake.office import Office

PATROL = ["巡查编号", "巡查日期", "网格编号", "走访人次"]


def patrols_of(office: Office, *rows: list[object], name: str = "巡查.xlsx") -> list[tuple[object, ...]]:
    path = office.workbook(name, {"一": [PATROL, *rows]})
    report = office.load(path).files[0]
    assert (report.file_reason, report.rejected) == (None, [])
    return office.ask("select patrol_no, patrolled_at, grid_code, contact_count from patrol_log order by 1")


def test_dates_times_and_serials(fresh_office: Office) -> None:
    found = patrols_of(
        fresh_office,
        ["A", date(2026, 11, 1), "WG-0101", 1],
        ["B", datetime(2026, 11, 1, 9, 30), "WG-0101", 1],
        ["C", 46327, "WG-0101", 1],
        ["D", 46327.395833333336, "WG-0101", 1],
        ["E", "46327", "WG-0101", 1],
        ["F", 20261101, "WG-0101", 1],
        ["G", "2026-11-01 24:00", "WG-0101", 1],
        ["H", "2026-11-01T09:30:00Z", "WG-0101", 1],
        ["I", "2026-11-01T09:30:00+09:00", "WG-0101", 1],
        ["J", "2026年11月1日9时30分", "WG-0101", 1],
        ["K", "２０２６．１１．１　９：３０", "WG-0101", 1],
        ["L", "2026/11/1 9:30:15", "WG-0101", 1],
    )
    half_past_nine = datetime(2026, 11, 1, 9, 30)
    assert [row[1] for row in found] == [
        datetime(2026, 11, 1),
        half_past_nine,
        datetime(2026, 11, 1),
        half_past_nine,
        datetime(2026, 11, 1),
        datetime(2026, 11, 1),
        datetime(2026, 11, 2),
        datetime(2026, 11, 1, 17, 30),
        datetime(2026, 11, 1, 8, 30),
        half_past_nine,
        half_past_nine,
        datetime(2026, 11, 1, 9, 30, 15),
    ]


def test_the_1904_system(fresh_office: Office) -> None:
    path = fresh_office.desk / "苹果.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, PATROL)
    sheet.write_row(1, 0, ["A", 46327 - 1462, "WG-0101", 1])
    sheet.write_string(2, 0, "B")
    sheet.write_datetime(
        2, 1, datetime(2026, 11, 1, 9, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    )
    sheet.write_row(2, 2, ["WG-0101", 1])
    book.close()
    assert fresh_office.load(path).files[0].rejected == []
    assert fresh_office.ask("select patrolled_at from patrol_log order by patrol_no") == [
        (datetime(2026, 11, 1),),
        (datetime(2026, 11, 1, 9, 30),),
    ]


def test_an_old_xls(fresh_office: Office) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("巡查")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    rows: list[list[object]] = [
        ["街道巡查台账"],
        list(PATROL),
        ["A", date(2026, 11, 1), "WG-0101", 3.0],
        ["B", 46327, "wg-0102", "1,200"],
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, style) if isinstance(cell, date) else sheet.write(
                row, column, cell
            )
    path = fresh_office.desk / "巡查.xls"
    book.save(str(path))
    report = fresh_office.load(path).files[0]
    assert (report.accepted, report.rejected) == ({"patrol_log": 2}, [])
    assert fresh_office.ask(
        "select patrolled_at, grid_code, contact_count from patrol_log order by patrol_no"
    ) == [
        (datetime(2026, 11, 1), "WG-0101", 3),
        (datetime(2026, 11, 1), "WG-0102", 1200),
    ]


COUNTS: list[tuple[object, int | None]] = [
    (3, 3), (3.0, 3), ("３", 3), ("1,200", 1200), ("１，２００", 1200), ("12人次", 12), ("12 户", 12),
    ("5.0", 5), ("-", None), ("/", None), ("—", None), ("无", None), ("", None), (None, None),
    ("0", 0), (" 7\u200b", 7),
]  # fmt: skip


def test_counts_that_are_read(fresh_office: Office) -> None:
    rows = [[f"A{n:02}", date(2026, 11, 1), "WG-0101", cell] for n, (cell, _) in enumerate(COUNTS)]
    found = patrols_of(fresh_office, *rows)
    assert [row[3] for row in found] == [count for _, count in COUNTS]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (3, -1, "negative_count"),
        (3, "－２", "negative_count"),
        (3, 2.5, "not_a_number"),
        (3, "12.5%", "not_a_number"),
        (3, "约20", "not_a_number"),
        (3, True, "not_a_number"),
        (3, "3至5", "not_a_number"),
        (3, date(2026, 1, 5), "not_a_number"),
        (1, time(9, 30), "date_invalid"),
        (1, "昨天", "date_invalid"),
        (1, "2026-02-30", "date_invalid"),
        (1, True, "date_invalid"),
        (1, 5, "date_invalid"),
        (1, "1/5", "date_ambiguous"),
        (1, "26-1-5", "date_ambiguous"),
        (1, "5/1/2026", "date_ambiguous"),
        (1, "2026年1月5日-8日", "date_ambiguous"),
        (1, "1月5日-8日", "date_ambiguous"),
        (1, date(2026, 11, 23), "date_out_of_range"),
        (1, date(2014, 12, 31), "date_out_of_range"),
        (1, 46349, "date_out_of_range"),
        (1, None, "missing_required"),
        (1, "/", "missing_required"),
        (2, "无", "missing_required"),
        (2, "WG-0909", "unknown_grid"),
        (2, 101, "unknown_grid"),
    ],
)
def test_cells_that_are_refused(office: Office, column: int, cell: object, reason: str) -> None:
    row: list[object] = ["A", date(2026, 11, 1), "WG-0101", 3]
    row[column] = cell
    report = office.check(office.workbook("巡查.xlsx", {"一": [PATROL, row]}))
    assert [(each.sheet, each.row, each.reason) for each in report.rejected] == [("一", 2, reason)]


def formula_book(path: Path, cells: dict[str, tuple[str, object]]) -> None:
    """A workbook with formulas and what they last came to; None for never worked out."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("一")
    sheet.write_row(0, 0, ["隐患编号", "发现日期", "网格", "隐患描述", "返工次数", "企业名称"])
    sheet.write_row(1, 0, ["YH-1", "2026-11-01", "WG-0101", "漏电", 1, "海天五金厂"])
    for place, (formula, value) in cells.items():
        sheet.write_formula(place, formula, None, value)
    book.close()


def without_values(path: Path) -> None:
    """The same workbook as a program leaves that writes formulas and never works them out."""
    book = openpyxl.load_workbook(path)
    book.save(path)


@pytest.mark.parametrize(
    ("place", "value", "reasons"),
    [
        ("A2", "YH-7", []),
        ("B2", 46327, []),
        ("B2", "#N/A", ["cell_error"]),
        ("A2", "#REF!", ["cell_error"]),
        ("C2", "#VALUE!", ["cell_error"]),
        ("D2", "#DIV/0!", []),
        ("E2", "#NUM!", ["cell_error"]),
        ("F2", "#N/A", []),
        ("A2", None, ["formula_no_value"]),
        ("B2", None, ["formula_no_value"]),
        ("C2", None, ["formula_no_value"]),
        ("D2", None, []),
        ("E2", None, ["formula_no_value"]),
        ("F2", None, []),
    ],
)
def test_a_formula_counts_as_its_stored_result(
    office: Office, place: str, value: object, reasons: list[str]
) -> None:
    path = office.desk / "公式.xlsx"
    formula_book(path, {place: ("=NOW()", value)})
    if value is None:
        without_values(path)
    report = office.check(path)
    assert [each.reason for each in report.rejected] == reasons
    assert report.accepted == {"hazard": 1 - len(reasons)}


@pytest.mark.parametrize("heading", ["网格名称", "所属网格", "网格编码", "社区"])
def test_a_broken_place_is_told_as_broken(office: Office, heading: str) -> None:
    headings = ["隐患编号", "发现日期", heading] + (["网格"] if heading == "社区" else [])
    path = office.workbook(
        "隐患.xlsx", {"一": [headings, ["YH-1", "2026-11-01", "=NOW()", "WG-0101"][: len(headings)]]}
    )
    assert [each.reason for each in office.check(path).rejected] == ["formula_no_value"]


def test_an_identity_number_that_excel_made_a_float(office: Office) -> None:
    rows = [
        ["日期", "社区", "流向", "姓名", "身份证号"],
        ["2026-11-20", "幸福社区", "返乡", "王小明", 330481199003070010],
        ["2026-11-20", "幸福社区", "返乡", "李小红", "330481199003070010"],
        ["2026-11-20", "幸福社区", "返乡", "赵大力", 330481900307001],
    ]
    report = office.check(office.workbook("返乡.xlsx", {"一": rows}))
    assert [(each.row, each.reason, each.value) for each in report.rejected] == [(2, "bad_id_number", "***")]


@pytest.mark.parametrize(("code", "written"), [("330481001001001", 330481001001001), ("0744", "0744")])
def test_codes_of_digits_survive(fresh_office: Office, code: str, written: object) -> None:
    fresh_office.load(fresh_office.file("网格.csv", f"社区,网格编码,网格名称\n长安社区,{code},长一网格\n"))
    row = [["隐患编号", "发现日期", "网格"], ["0007", "2026-11-01", written]]
    report = fresh_office.load(fresh_office.workbook("隐患.xlsx", {"一": row})).files[0]
    assert report.rejected == []
    assert fresh_office.ask("select hazard_no, grid_code from hazard") == [("0007", code)]


def test_hidden_rows_and_columns_are_data_and_hidden_sheets_are_not(office: Office) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (PATROL, ["A", "2026-11-01", "WG-0101", 1], ["B", "2026-11-01", "WG-0101", 1]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for title, state in (("字典", "hidden"), ("密", "veryHidden")):
        other = book.create_sheet(title)
        other.append(PATROL)
        other.append(["C", "不是日期", "WG-0101", 1])
        other.sheet_state = state
    path = office.desk / "巡查.xlsx"
    book.save(path)
    report = office.check(path)
    assert (report.accepted, report.rejected) == ({"patrol_log": 2}, [])


def test_a_conflict_across_sheets_names_both_places(office: Office) -> None:
    head = ["隐患编号", "发现日期", "网格", "隐患描述"]
    sheets = {
        "一": [head, ["YH-1", "2026-11-01", "WG-0101", "漏电"], ["YH-2", "2026-11-01", "WG-0101", "漏电"]],
        "二": [head, ["YH-1", "2026-11-01", "WG-0101", "漏水"], ["YH-2", "2026-11-01", "WG-0101", "漏电"]],
    }
    report = office.check(office.workbook("隐患.xlsx", sheets))
    assert (report.accepted, report.merged) == ({"hazard": 1}, 1)
    assert [(each.sheet, each.row, each.reason) for each in report.rejected] == [
        ("一", 2, "duplicate_conflict"),
        ("二", 2, "duplicate_conflict"),
    ]


def test_a_value_merged_over_rows_and_the_numbers_beside_it(office: Office) -> None:
    rows = [
        ["社区", "网格", "隐患编号", "发现日期"],
        ["幸福社区", "第一网格", "YH-1", date(2026, 11, 1)],
        [None, None, "YH-2", date(2026, 11, 2)],
        [None, "第二网格", "YH-3", date(2026, 11, 2)],
        [None, None, None, None],
        ["平安社区", "第一网格", "YH-4", date(2026, 11, 2)],
    ]
    report = office.check(office.workbook("隐患.xlsx", {"一": rows}, ["A2:A5", "B2:B3"]))
    assert (report.accepted, report.rejected) == ({"hazard": 4}, [])


@pytest.mark.parametrize("spoil", [lambda data: data[:400], lambda data: data[:-400]])
def test_a_spoilt_workbook_is_unreadable(office: Office, spoil: Callable[[bytes], bytes]) -> None:
    path = office.workbook("坏.xlsx", {"一": [PATROL]})
    path.write_bytes(spoil(path.read_bytes()))
    assert office.check(path).file_reason == "unreadable"


def test_a_workbook_with_a_document_type_is_unsafe(office: Office) -> None:
    good = office.workbook("好.xlsx", {"一": [PATROL, ["A", "2026-11-01", "WG-0101", 1]]})
    bad = office.desk / "恶.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.namelist():
            data = source.read(part)
            if part.endswith("sheet1.xml"):
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + data.partition(b"?>")[2]
            target.writestr(part, data)
    assert office.check(bad).file_reason == "unsafe_content"
