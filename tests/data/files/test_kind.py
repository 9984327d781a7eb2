"""The kind of a file: by name, by content, and what is said when the two disagree."""

import gzip

import pytest

from data.files.kind import kind_of
from data.trouble import FileRefused
from tests.data.files.conftest import Opener, Refuser
from tests.data.files.handmade import table, text, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
HTML = "<html><body><table><tr><td>巡查日期</td></tr></table></body></html>"


@pytest.mark.parametrize(
    "name", ["a.et", "a.ods", "a.txt", "a.docx", "a.pdf", "a.jpg", "a.zip", "a.xlsm", "a", "a.csv.exe"]
)
def test_a_type_we_do_not_read_is_refused(refused: Refuser, name: str) -> None:
    assert refused(name, b"anything") == "unsupported_type"


def test_a_wps_table_is_told_to_be_saved_as_xlsx() -> None:
    with pytest.raises(FileRefused, match="另存为 xlsx"):
        kind_of("网格台账.et")


def test_the_temporary_file_of_an_open_table_is_refused_as_such() -> None:
    with pytest.raises(FileRefused, match="临时文件"):
        kind_of("~$隐患台账.xlsx")


@pytest.mark.parametrize("name", ["台账.CSV", "台账.Xlsx", "台账.CSV.GZ", "台账 .tsv"])
def test_the_case_of_a_file_name_does_not_matter(name: str) -> None:
    assert kind_of(name).name in ("csv", "xlsx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.xls", HTML.encode("gb18030")),
        ("台账.xls", ("\ufeff" + HTML).encode("utf-16-le")),
        ("台账.xls", b"\xef\xbb\xbf \r\n" + HTML.encode()),
        (
            "台账.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        ),
        ("台账.xls", "日期\t网格\r\n2026-01-05\tWG-0101\r\n".encode("gb18030")),
        ("台账.xls", xlsx(table(text("A1", "日期")))),
        ("台账.xlsx", OLE),
        ("台账.xlsx", "日期,网格\n".encode()),
        ("台账.xlsx", zipped({"readme.md": b"hello"})),
        ("台账.xlsx", zipped({"[Content_Types].xml": b"wordprocessingml", "word/document.xml": b"<w/>"})),
        (
            "台账.xlsx",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"}),
        ),
        ("台账.csv", xlsx(table(text("A1", "日期")))),
        ("台账.csv", OLE),
        ("台账.csv", HTML.encode()),
        ("台账.csv", bytes(range(256)) * 40),
        ("台账.csv", bytes(5000)),
        ("台账.csv", gzip.compress(b"a,b\n", mtime=0)),
        ("台账.csv", b"%PDF-1.7 ..."),
        ("台账.csv.gz", b"a,b\n1,2\n"),
        ("台账.csv.gz", gzip.compress(HTML.encode(), mtime=0)),
        ("网格.geojson", xlsx(table(text("A1", "日期")))),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(refused: Refuser, name: str, data: bytes) -> None:
    assert refused(name, data) == "type_mismatch"


@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx", "台账.xls", "台账.csv.gz", "网格.geojson"])
def test_a_file_of_no_bytes_is_empty(refused: Refuser, name: str) -> None:
    assert refused(name, b"") == "file_empty"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("台账.csv", b"\xef\xbb\xbf\r\n , ,\r\n\r\n"),
        ("台账.csv", "　\n\u00a0,\n".encode("gb18030")),
        ("台账.csv.gz", gzip.compress(b"", mtime=0)),
        ("台账.xlsx", xlsx("<sheetData/>")),
        ("台账.xlsx", xlsx(table(text("A1", " ")))),
        ("网格.geojson", b" \n"),
    ],
)
def test_a_file_of_nothing_but_blanks_is_empty(refused: Refuser, name: str, data: bytes) -> None:
    assert refused(name, data) == "file_empty"


def test_a_file_that_is_not_there_is_unreadable(refused: Refuser) -> None:
    assert refused("没有.csv") == "unreadable"


def test_an_opened_file_knows_its_sha256(opened: Opener) -> None:
    file = opened("a.csv", b"a,b\n1,2\n")
    assert file.sha256 == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470"
    assert (file.kind, file.date1904, file.skipped_sheets, file.features) == ("csv", False, (), None)
