"""Files that are safe to open."""

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest

from pages.parts import exports

RISKY = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1a", "－a", "＠a"]


@pytest.mark.parametrize("text", RISKY)
def test_no_text_runs_as_a_formula_in_a_csv(text: str) -> None:
    assert exports.harmless(text) == f"'{text}"
    assert f"'{text}" in exports.as_csv(pd.DataFrame({"内容": [text]})).decode("utf-8-sig")


@pytest.mark.parametrize("text", ["-12", "+3.5", "幸福里", "12-3"])
def test_plain_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert exports.harmless(text) == text


def test_a_csv_opens_in_excel_with_its_chinese() -> None:
    assert exports.as_csv(pd.DataFrame({"社区": ["柳岸"]})).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", [*RISKY, "http://example.invalid", "00123"])
def test_text_stays_text_in_a_workbook(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(pd.DataFrame({"内容": [text]}), "表")))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_numbers_and_days_stay_what_they_are_and_notes_have_their_own_sheet() -> None:
    rows = pd.DataFrame({"件": [3], "日期": [date(2026, 11, 22)], "是否": [True], "空": [None]})
    book = openpyxl.load_workbook(io.BytesIO(exports.as_xlsx(rows, "表", ("时段 本周",))))
    assert book.sheetnames == ["表", "说明"]
    assert [cell.value for cell in book["说明"]["A"]] == ["表", "时段 本周"]
    sheet = book["表"]
    assert [cell.value for cell in sheet[1]] == ["件", "日期", "是否", "空"]
    assert sheet["A2"].value == 3
    assert sheet["B2"].value.date() == date(2026, 11, 22)
    assert sheet["C2"].value == "是"
    assert sheet["D2"].value is None


def test_no_two_downloads_share_a_name() -> None:
    assert exports.file_name("表", "csv") != exports.file_name("表", "csv")
