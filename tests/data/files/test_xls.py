"""xls files: the old format, its passwords and its error cells."""

import io
import struct
from datetime import date
from typing import Any

import xlwt

from data.files import ERROR_MARK, Merge
from data.files.biff import biff_facts
from data.files.ole import workbook_stream
from tests.data.files.conftest import Opener, Refuser
from tests.data.files.reading import rows_of

PASSWORD_RECORD = struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1)


def saved(book: Any) -> bytes:
    """An xlwt workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_xls_opens_with_its_places_dates_merges_and_hidden_sheets(opened: Opener) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("东湖")
    sheet.write(2, 1, "日期")
    sheet.write(3, 1, date(2026, 1, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(3, 2, 12)
    sheet.write_merge(4, 5, 1, 1, "合并")
    sheet.write(4, 2, 12.5)
    sheet.write(5, 2, True)
    book.add_sheet("字典").visibility = 1
    book.add_sheet("密").visibility = 2
    file = opened("a.xls", saved(book))
    assert (file.kind, file.date1904, file.skipped_sheets) == ("xls", False, ("字典", "密"))
    assert file.sheets[0].merges == (Merge(5, 2, 6, 2),)
    assert rows_of(file.sheets[0]) == [
        (3, "", "日期", ""),
        (4, "", "2026-01-05", "12"),
        (5, "", "合并", "12.5"),
        (6, "", "合并", "TRUE"),
    ]


def test_error_cells_of_an_xls_are_marked(opened: Opener) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.row(1).set_cell_error(1, 0x2A)
    sheet.row(2).set_cell_error(0, 0x07)
    other = book.add_sheet("T")
    other.write(0, 0, "甲")
    other.row(0).set_cell_error(2, 0x17)
    file = opened("a.xls", saved(book))
    assert rows_of(file.sheets[0]) == [(2, "", f"{ERROR_MARK}#N/A"), (3, f"{ERROR_MARK}#DIV/0!", "")]
    assert rows_of(file.sheets[1]) == [(1, "甲", "", f"{ERROR_MARK}#REF!")]


def test_days_of_an_xls_that_count_from_1904_are_shifted_and_reported(opened: Opener) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("S")
    sheet.write(0, 0, date(2026, 1, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    file = opened("a.xls", saved(book))
    assert file.date1904
    assert rows_of(file.sheets[0]) == [(1, "2026-01-05")]


def test_an_xls_with_a_password_is_refused_as_encrypted(refused: Refuser) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "甲")
    data = saved(book)
    stream = workbook_stream(data)
    assert stream is not None
    # The password record follows the stream's first record, of 20 bytes.
    locked = stream[:20] + PASSWORD_RECORD + stream[20 : len(stream) - len(PASSWORD_RECORD)]
    assert biff_facts(locked).is_encrypted
    assert refused("a.xls", data.replace(stream[:512], locked[:512])) == "encrypted"


def test_an_xlsx_saved_with_a_password_is_refused_as_encrypted(refused: Refuser) -> None:
    wrapped = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1000)
    )
    assert refused("a.xlsx", wrapped) == "encrypted"
    assert refused("a.xls", wrapped) == "encrypted"


def test_another_old_office_document_named_xls_is_a_mismatch(refused: Refuser) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "甲")
    data = saved(book).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert refused("a.xls", data) == "type_mismatch"


def test_an_xls_cut_short_is_unreadable(refused: Refuser) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(500):
        sheet.write(row, 0, f"内容{row}")
    data = saved(book)
    for size in (100, 600, 1536):
        assert refused("a.xls", data[:size]) in ("unreadable", "type_mismatch")
