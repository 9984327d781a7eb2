"""The child process: what it refuses, and how its death is told."""

import random
from pathlib import Path

import openpyxl
import pytest
import xlwt

from data.files import isolated, open_file
from data.trouble import FileRefused
from tests.data.files.conftest import Refuser
from tests.data.files.handmade import parts, table, text, xlsx, zipped
from tests.data.files.test_archive import BILLION_LAUGHS
from tests.data.files.test_workbook import saved
from tests.data.files.test_xls import saved as saved_xls

FAR_ROWS = "".join(
    f'<row r="{row}">{text(f"A{row}", "甲")}{text(f"SR{row}", "乙")}</row>' for row in (1, 1_048_576)
)


def test_billion_laughs_is_unsafe(refused: Refuser) -> None:
    assert refused("a.xlsx", xlsx(BILLION_LAUGHS)) == "unsafe_content"


def test_a_workbook_cut_short_is_unreadable(refused: Refuser) -> None:
    data = xlsx(table(text("A1", "甲")))
    assert refused("a.xlsx", data[: len(data) // 2]) == "unreadable"


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row r='1'><c r='A1'><v>3",
        "<sheetData><row r='1'><c r='A1' t='s'><v>99</v></c></row></sheetData>",
        "<sheetData><row r='0'><c r='A0'><v>1</v></c></row></sheetData>",
    ],
)
def test_a_sheet_that_does_not_hold_together_is_unreadable(refused: Refuser, sheet: str) -> None:
    assert refused("a.xlsx", xlsx(sheet, shared="<si><t>甲</t></si>")) == "unreadable"


def test_a_workbook_without_its_sheet_is_unreadable(refused: Refuser) -> None:
    content = parts(table(text("A1", "甲")))
    del content["xl/_rels/workbook.xml.rels"]
    assert refused("a.xlsx", zipped(content)) == "unreadable"


@pytest.mark.parametrize("cell", ["XFD1048576", "A99999999999", "ZZZZZZZ1", "SS1"])
def test_a_cell_beyond_the_grid_is_refused_at_once(refused: Refuser, cell: str) -> None:
    sheet = f'<sheetData><row r="1">{text("A1", "甲")}</row><row r="2">{text(cell, "乙")}</row></sheetData>'
    assert refused("a.xlsx", xlsx(sheet)) == "too_large"


def test_a_child_that_outgrows_its_memory_is_told_as_too_large(refused: Refuser) -> None:
    assert refused("a.xlsx", xlsx(f"<sheetData>{FAR_ROWS}</sheetData>")) == "too_large"


def test_a_child_that_takes_too_long_is_told_as_too_large(
    refused: Refuser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "SECONDS", 0)
    assert refused("a.xlsx", xlsx(table(text("A1", "甲")))) == "too_large"


def test_the_caller_may_stand_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(xlsx(table(text("A1", "甲"))))
    Path("scratch").mkdir()
    file = open_file(Path("a.xlsx"), Path("scratch"), name="上传的台账.xlsx")
    assert file.sheets[0].head[0].cells == ("甲",)


def _good_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in range(40):
        book.active.append([f"XC{row}", row, row / 7, "=A1", "东湖社区", None])
    book.active.merge_cells("A3:A9")
    book.create_sheet("藏").sheet_state = "hidden"
    return saved(book)


def _good_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(40):
        sheet.write(row, 0, f"XC{row}")
        sheet.write(row, 1, row / 7)
        sheet.row(row).set_cell_error(2, 0x2A)
    sheet.write_merge(41, 44, 0, 0, "合并")
    return saved_xls(book)


def _mutated_parts(dice: random.Random) -> bytes:
    """Damage inside the parts, zipped again correctly, so that it reaches the cell reader."""
    content = parts(
        '<dimension ref="A1:D9"/>'
        + table(
            *(
                f'<c r="A{row}" t="s"><v>0</v></c><c r="B{row}"><f>1</f><v>{row}</v></c>'
                for row in range(1, 9)
            )
        )
        + '<mergeCells count="1"><mergeCell ref="A3:A5"/></mergeCells>',
        shared="<si><t>甲</t></si>",
    )
    name = dice.choice([name for name in content if name.startswith("xl/")])
    part = bytearray(content[name])
    for _ in range(dice.randint(1, 5)):
        part[dice.randrange(len(part))] = dice.choice(b'<>/"=0123456789ABZ csrvft&;:-')
    return zipped(content | {name: bytes(part)})


@pytest.mark.parametrize("kind", ["xlsx", "xls", "parts"])
def test_mutated_workbooks_open_or_are_refused(tmp_path: Path, kind: str) -> None:
    good = {"xlsx": _good_xlsx, "xls": _good_xls}
    dice = random.Random(20261122)
    outcomes = set()
    for _ in range(10):
        if kind == "parts":
            data = _mutated_parts(dice)
        else:
            mutated = bytearray(good[kind]())
            for _ in range(dice.randint(1, 10)):
                mutated[dice.randrange(len(mutated))] = dice.randrange(256)
            data = bytes(mutated)
        path = tmp_path / ("a.xls" if kind == "xls" else "a.xlsx")
        path.write_bytes(data)
        try:
            open_file(path, tmp_path)
            outcomes.add("opened")
        except FileRefused as refusal:
            outcomes.add(refusal.reason)
    assert outcomes <= {
        "opened",
        "unreadable",
        "unsafe_content",
        "type_mismatch",
        "too_large",
        "encrypted",
        "file_empty",
    }
    assert "unreadable" in outcomes or kind == "xls"
