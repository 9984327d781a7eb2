"""Hostile and broken zips: refused before anything is unpacked, and never believed."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from data.files import WORKBOOK_LIMITS, Limits
from data.files.archive import Archive
from data.trouble import FileRefused
from tests.data.files.handmade import SHEET_PART, parts, table, text, xlsx, zipped

GOOD = parts(table(text("A1", "日期") + text("B1", "网格"), text("A2", "2026-01-05") + text("B2", "WG-0101")))
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"
)


def reason(tmp_path: Path, data: bytes, limits: Limits = WORKBOOK_LIMITS) -> str:
    """Why the archive is refused; "" when it is not."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    try:
        Archive(path, "a.xlsx", limits)
    except FileRefused as refusal:
        assert "「a.xlsx」" in refusal.message
        assert refusal.message.endswith("。")
        return refusal.reason
    return ""


def with_part(name: str, data: bytes) -> bytes:
    """The good workbook with one more part, or another part in place of one."""
    return zipped(GOOD | {name: data})


def test_a_good_workbook_passes(tmp_path: Path) -> None:
    assert reason(tmp_path, zipped(GOOD)) == ""


@pytest.mark.parametrize(
    "part", [SHEET_PART, "xl/sharedStrings.xml", "docProps/core.xml", "xl/x.rels", "xl/d.vml"]
)
def test_a_dtd_in_any_part_is_unsafe(tmp_path: Path, part: str) -> None:
    assert reason(tmp_path, with_part(part, BILLION_LAUGHS.encode())) == "unsafe_content"


def test_a_dtd_behind_a_megabyte_of_comment_is_unsafe(tmp_path: Path) -> None:
    for length in range(1024 * 1024 - 12, 1024 * 1024 + 2, 3):
        noise = random.Random(1).randbytes(length // 2).hex()
        late = f"<!--{noise}-->".encode() + b"<!DOCTYPE x><worksheet/>"
        assert reason(tmp_path, with_part(SHEET_PART, late)) == "unsafe_content"


def test_the_word_doctype_in_a_cell_is_only_text(tmp_path: Path) -> None:
    assert reason(tmp_path, xlsx(table(text("A1", "<!DOCTYPE html><!ENTITY>")))) == ""


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-16-le"])
def test_a_part_in_utf16_is_unreadable_because_the_cell_reader_sees_nothing(
    tmp_path: Path, codec: str
) -> None:
    assert (
        reason(tmp_path, with_part(SHEET_PART, '<?xml version="1.0"?><worksheet/>'.encode(codec)))
        == "unreadable"
    )


def test_a_part_declared_in_another_encoding_is_unreadable(tmp_path: Path) -> None:
    assert (
        reason(tmp_path, with_part(SHEET_PART, b'<?xml version="1.0" encoding="GBK"?><worksheet/>'))
        == "unreadable"
    )


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "xl/../../x.xml", "C:\\x.xml", "xl\\..\\..\\x"]
)
def test_a_part_that_points_outside_is_unsafe(tmp_path: Path, name: str) -> None:
    assert reason(tmp_path, with_part(name, b"x")) == "unsafe_content"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [SHEET_PART, SHEET_PART.upper()])
def test_two_parts_of_one_name_are_unsafe(tmp_path: Path, name: str) -> None:
    out = io.BytesIO(zipped(GOOD))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "<worksheet/>")
    assert reason(tmp_path, out.getvalue()) == "unsafe_content"


def test_a_zip_inside_the_zip_is_unsafe_except_as_an_embedded_workbook(tmp_path: Path) -> None:
    assert reason(tmp_path, with_part("xl/more.bin", zipped({"a": b"a"}))) == "unsafe_content"
    assert reason(tmp_path, with_part("xl/embeddings/Microsoft_Excel.xlsx", zipped(GOOD))) == ""
    assert reason(tmp_path, with_part("xl/media/image1.emz", gzip.compress(b"picture"))) == ""


def test_a_query_kept_by_excel_in_utf16_is_harmless_unless_it_brings_a_dtd(tmp_path: Path) -> None:
    query = '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'
    assert reason(tmp_path, with_part("customXml/item1.xml", query.encode("utf-16"))) == ""
    assert (
        reason(tmp_path, with_part("customXml/item1.xml", BILLION_LAUGHS.encode("utf-16")))
        == "unsafe_content"
    )


def test_a_link_in_the_zip_is_unsafe(tmp_path: Path) -> None:
    out = io.BytesIO(zipped(GOOD))
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert reason(tmp_path, out.getvalue()) == "unsafe_content"


def test_a_zip_bomb_is_too_large(tmp_path: Path) -> None:
    assert reason(tmp_path, with_part("xl/media/a.bin", bytes(201 * 1024 * 1024))) == "too_large"


def test_a_part_that_grows_absurdly_is_unsafe(tmp_path: Path) -> None:
    assert reason(tmp_path, with_part("xl/media/a.bin", bytes(30 * 1024 * 1024))) == "unsafe_content"


def test_a_header_that_lies_about_the_size_is_unsafe(tmp_path: Path) -> None:
    bomb = bytes(30 * 1024 * 1024)
    data = bytearray(with_part("xl/media/a.bin", bomb))
    true_size, true_check = struct.pack("<L", len(bomb)), struct.pack("<L", zlib.crc32(bomb))
    assert data.count(true_size) == 2
    lied = bytes(data).replace(true_size, struct.pack("<L", 1000))
    assert reason(tmp_path, lied) == "unsafe_content"
    assert (
        reason(tmp_path, lied.replace(true_check, struct.pack("<L", zlib.crc32(bytes(1000)))))
        == "unsafe_content"
    )


def test_parts_that_overlap_are_unsafe(tmp_path: Path) -> None:
    data = with_part("xl/media/a.bin", b"x" * 50)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first, last = (archive.infolist()[at].header_offset for at in (-2, -1))
    directory = data.rindex(b"xl/media/a.bin") - 46
    lied = bytearray(data)
    struct.pack_into("<L", lied, directory + 42, first)
    assert last != first
    assert reason(tmp_path, bytes(lied)) == "unsafe_content"


def test_a_part_with_two_names_is_unsafe(tmp_path: Path) -> None:
    data = with_part("xl/media/a.bin", b"x" * 50)
    assert reason(tmp_path, data.replace(b"xl/media/a.bin", b"xl/media/b.bin", 1)) == "unsafe_content"


def test_a_part_with_a_password_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(zipped(GOOD))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert reason(tmp_path, bytes(data)) == "encrypted"


def test_an_archive_cut_short_is_unreadable(tmp_path: Path) -> None:
    data = zipped(GOOD)
    for size in (4, 30, 200, len(data) // 2, len(data) - 1):
        assert reason(tmp_path, data[:size]) == "unreadable"


def test_a_flipped_bit_in_a_part_is_unreadable(tmp_path: Path) -> None:
    data = bytearray(zipped(GOOD))
    data[data.index(SHEET_PART.encode()) + len(SHEET_PART) + 20] ^= 0x10
    assert reason(tmp_path, bytes(data)) == "unreadable"


@pytest.mark.parametrize("seed", range(8))
def test_a_mutated_workbook_is_refused_or_passes_but_never_stumbles(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        data = bytearray(zipped(GOOD))
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        reason(tmp_path, bytes(data))
