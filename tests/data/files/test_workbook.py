"""xlsx files as Excel, WPS, openpyxl and XlsxWriter write them, and as nobody should."""

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.files import ERROR_MARK, NO_RESULT, Limits, Merge
from tests.data.files.conftest import Opener, Refuser
from tests.data.files.handmade import (
    MAIN,
    STRICT_MAIN,
    STRICT_RELATIONS,
    parts,
    table,
    text,
    xlsx,
    zipped,
)
from tests.data.files.reading import rows_of


def saved(book: Any) -> bytes:
    """An openpyxl workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_of_every_type_become_text(opened: Opener) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["文字", 1200, 12.5, True, date(2026, 1, 5), datetime(2026, 1, 5, 9, 30), time(9, 30), None])
    sheet.append(["00123", 0.1 + 0.2, -3, False, datetime(2026, 1, 5), 114.30000000000001, 1e-7, " 前后 "])
    rows = rows_of(opened("a.xlsx", saved(book)).sheets[0])
    assert rows[0] == (1, "文字", "1200", "12.5", "TRUE", "2026-01-05", "2026-01-05 09:30:00", "09:30:00", "")
    assert rows[1] == (2, "00123", "0.3", "-3", "FALSE", "2026-01-05", "114.3", "1e-07", " 前后 ")


def test_an_identity_number_kept_as_a_number_shows_its_damage(opened: Opener) -> None:
    book = openpyxl.Workbook()
    book.active.append([440301199001011234, 9007199254740992, 9007199254740991, 13800138000])
    row = rows_of(opened("a.xlsx", saved(book)).sheets[0])[0]
    assert row == (1, "4.403011990010113e+17", "9.007199254740992e+15", "9007199254740991", "13800138000")


@pytest.mark.parametrize(
    ("number_format", "value", "expected"),
    [
        ('yyyy"年"m"月"d"日"', 46027, "2026-01-05"),
        ('[$-804]yyyy"年"m"月"d"日";@', 46027, "2026-01-05"),
        ("yyyy/m/d h:mm", 46027.3958333333, "2026-01-05 09:30:00"),
        ("yyyy-mm-dd hh:mm:ss", 46027.99999999, "2026-01-06"),
        ("[h]:mm", 1.5, "36:00:00"),
        ('#,##0"人次"', 1200, "1200"),
        ('0"d"', 5, "5"),
        ("[Red]0", 5, "5"),
    ],
)
def test_number_formats_tell_dates_from_numbers(
    opened: Opener, number_format: str, value: float, expected: str
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": number_format}))
    book.close()
    assert rows_of(opened("a.xlsx", out.getvalue()).sheets[0]) == [(1, expected)]


def test_days_that_count_from_1904_are_shifted_and_reported(opened: Opener) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 1, 5), 44565])
    file = opened("a.xlsx", saved(book))
    assert file.date1904
    assert rows_of(file.sheets[0]) == [(1, "2026-01-05", "44565")]


def test_rows_and_columns_keep_their_places(opened: Opener) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C4"], sheet["D4"], sheet["C9"], sheet["B9"] = "编号", "社区", 1, "东湖"
    assert rows_of(opened("a.xlsx", saved(book)).sheets[0]) == [
        (4, "", "", "编号", "社区"),
        (9, "", "东湖", "1", ""),
    ]


def test_hidden_sheets_are_skipped_and_named_but_hidden_rows_are_data(opened: Opener) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "东湖社区"
    sheet.append(["编号", "社区"])
    sheet.append([1, "东湖"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for name, state in (("字典", "hidden"), ("密", "veryHidden")):
        book.create_sheet(name).append([name])
        book[name].sheet_state = state
    book.create_sheet("Sheet3")
    book.create_chartsheet("图表")
    file = opened("a.xlsx", saved(book))
    assert file.skipped_sheets == ("字典", "密")
    assert [(one.name, one.row_count) for one in file.sheets] == [("东湖社区", 2), ("Sheet3", 0)]
    assert rows_of(file.sheets[0])[1] == (2, "1", "东湖")


def test_a_workbook_whose_only_rows_are_hidden_away_is_empty(refused: Refuser) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("字典").append(["甲"])
    book["字典"].sheet_state = "hidden"
    assert refused("a.xlsx", saved(book)) == "file_empty"


def test_vertical_merges_are_filled_down_and_horizontal_ones_are_not_filled_right(opened: Opener) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["台账", "", ""],
        ["社区", "网格", "数"],
        ["东湖", "甲", 1],
        [None, "乙", 2],
        [None, None, None],
    ):
        sheet.append(row)
    for merged in ("A1:C1", "A3:A5", "B4:C5"):
        sheet.merge_cells(merged)
    opened_sheet = opened("a.xlsx", saved(book)).sheets[0]
    assert rows_of(opened_sheet) == [
        (1, "台账", "", ""),
        (2, "社区", "网格", "数"),
        (3, "东湖", "甲", "1"),
        (4, "东湖", "乙", ""),
    ]
    assert set(opened_sheet.merges) == {Merge(1, 1, 1, 3), Merge(3, 1, 5, 1), Merge(4, 2, 5, 3)}


def test_a_record_merged_over_two_rows_stays_one_row(opened: Opener) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["编号", "社区"], [1, "东湖"], [None, None], [2, "南湖"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    assert [row[0] for row in rows_of(opened("a.xlsx", saved(book)).sheets[0])] == [1, 2, 4]


def test_a_formula_without_a_stored_result_is_marked(opened: Opener) -> None:
    book = openpyxl.Workbook()
    book.active.append(["数", "=A2+1"])
    book.active.append([1, '=IF(A2>0,"有","")'])
    book.active.append([2, 5])
    assert rows_of(opened("a.xlsx", saved(book)).sheets[0]) == [
        (1, "数", NO_RESULT),
        (2, "1", NO_RESULT),
        (3, "2", "5"),
    ]


def test_a_formula_counts_as_its_stored_result(opened: Opener) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1+1", None, 2)
    sheet.write_formula("B1", '="甲"&"乙"', None, "甲乙")
    sheet.write_formula("C1", "=NA()", None, "#N/A")
    sheet.write_formula("D1", "=1/0", None, "#DIV/0!")
    sheet.write("E1", "#N/A 是文字")
    book.close()
    assert rows_of(opened("a.xlsx", out.getvalue()).sheets[0]) == [
        (1, "2", "甲乙", f"{ERROR_MARK}#N/A", f"{ERROR_MARK}#DIV/0!", "#N/A 是文字")
    ]


def test_an_empty_text_result_is_blank_and_not_missing(opened: Opener) -> None:
    cells = '<c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f aca="false">C1</f></c><c r="C1"><v>3</v></c>'
    assert rows_of(opened("a.xlsx", xlsx(table(cells))).sheets[0]) == [(1, "", NO_RESULT, "3")]


def test_a_sheet_of_nothing_but_unfinished_formulas_keeps_its_places(opened: Opener) -> None:
    cells = "<sheetData><row r='5'><c r='C5'><f>A1</f></c></row></sheetData>"
    assert rows_of(opened("a.xlsx", xlsx(cells)).sheets[0]) == [(5, "", "", NO_RESULT)]


def test_formulas_in_cells_without_references_are_counted_along(opened: Opener) -> None:
    rows = "<row><c><v>1</v></c><c><f>A1</f></c></row><row><c t='e'><v>#REF!</v></c></row>"
    cells = f"<sheetData>{rows}</sheetData>"
    assert rows_of(opened("a.xlsx", xlsx(cells)).sheets[0]) == [
        (1, "1", NO_RESULT),
        (2, f"{ERROR_MARK}#REF!", ""),
    ]


def test_a_lying_dimension_is_not_believed(opened: Opener) -> None:
    for dimension in ("A1", "A1:XFD1048576", "C3:D4"):
        content = f'<dimension ref="{dimension}"/>' + table(
            text("A1", "甲") + text("D1", "乙"), text("A2", "丙")
        )
        assert rows_of(opened("a.xlsx", xlsx(content)).sheets[0]) == [
            (1, "甲", "", "", "乙"),
            (2, "丙", "", "", ""),
        ]


def test_rich_text_is_joined_and_phonetic_text_left_out(opened: Opener) -> None:
    shared = "<si><r><t>东</t></r><r><rPr><b/></rPr><t>湖</t></r><rPh sb='0' eb='2'><t>dong hu</t></rPh></si>"
    runs = '<r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh>'
    inline = f'<c r="B1" t="inlineStr"><is>{runs}</is></c>'
    content = xlsx(table('<c r="A1" t="s"><v>0</v></c>' + inline), shared=shared)
    assert rows_of(opened("a.xlsx", content).sheets[0]) == [(1, "东湖", "甲乙")]


def test_a_strict_open_xml_file_opens(opened: Opener) -> None:
    content = table(text("A1", "日期") + '<c r="B1" t="d"><v>2026-01-05T09:30:00</v></c>')
    data = xlsx(content, main=STRICT_MAIN, relations=STRICT_RELATIONS)
    assert rows_of(opened("a.xlsx", data).sheets[0]) == [(1, "日期", "2026-01-05 09:30:00")]


def test_prefixed_tags_are_understood(opened: Opener) -> None:
    whole = (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="2"><x:c r="A2"><x:v>5</x:v>'
        '</x:c><x:c r="B2"><x:f>A2</x:f></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert rows_of(opened("a.xlsx", xlsx(whole)).sheets[0]) == [(2, "5", NO_RESULT)]


def test_backslashes_in_part_names_are_understood(opened: Opener) -> None:
    content = parts(table('<c r="A1"><v>5</v></c><c r="B1"><f>A1</f></c>'))
    data = zipped(
        {
            name.replace("xl/", "xl\\") if name != "[Content_Types].xml" else name: part
            for name, part in content.items()
        }
    )
    assert rows_of(opened("a.xlsx", data).sheets[0]) == [(1, "5", NO_RESULT)]


def test_line_breaks_and_escapes_in_cells_are_read(opened: Opener) -> None:
    content = table(text("A1", "甲_x000D_\n乙") + text("B1", "<b>&"))
    assert rows_of(opened("a.xlsx", xlsx(content)).sheets[0]) == [(1, "甲\n乙", "<b>&")]


def test_formats_far_outside_the_table_do_no_harm(opened: Opener) -> None:
    content = (
        f'<sheetData><row r="1">{text("A1", "甲")}</row>'
        '<row r="1048576" s="1"><c r="XFD1048576" s="0"/><c r="XFC1048576" s="0"></c></row></sheetData>'
    )
    assert rows_of(opened("a.xlsx", xlsx(content)).sheets[0]) == [(1, "甲")]


def test_a_stray_cell_in_the_last_row_does_no_harm(opened: Opener) -> None:
    last = f'<row r="1048576">{text("B1048576", "乙")}</row>'
    content = f'<sheetData><row r="1">{text("A1", "甲")}</row>{last}</sheetData>'
    assert rows_of(opened("a.xlsx", xlsx(content)).sheets[0]) == [(1, "甲", ""), (1048576, "", "乙")]


def test_a_workbook_with_too_many_rows_is_refused(opened: Opener, refused: Refuser) -> None:
    limits = Limits(None, None, 3)
    four = table(*(text(f"A{row}", "甲") for row in range(1, 5)))
    five = table(*(text(f"A{row}", "甲") for row in range(1, 6)))
    assert opened("a.xlsx", xlsx(four), limits).sheets[0].row_count == 4
    assert refused("a.xlsx", xlsx(five), limits) == "too_large"


def test_a_workbook_with_too_many_columns_is_refused(refused: Refuser) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(range(513)))
    assert refused("a.xlsx", saved(book)) == "too_large"


def test_many_sheets_keep_their_order(opened: Opener) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(12):
        book.create_sheet(f"社区{number}").append([number, "=A1"])
    file = opened("a.xlsx", saved(book))
    assert [rows_of(sheet) for sheet in file.sheets] == [
        [(1, str(number), NO_RESULT)] for number in range(12)
    ]
