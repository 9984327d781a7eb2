"""The zip inside an xlsx: every part's true size and prolog is checked before anything opens it."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from data.files.kind import mismatch
from data.files.limits import MEGABYTE, Limits
from data.trouble import FileRefused

MOST_PARTS = 10_000
MOST_GROWTH = 400
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_DECLARED_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_DESCRIPTIONS = (
    (b"wordprocessingml", "Word 文档"),
    (b"presentationml", "PPT 演示文稿"),
    (b"ms-excel.sheet.binary", "xlsb 二进制表格"),
    (b"ms-excel.sheet.macroEnabled", "带宏的 xlsm 表格"),
    (b"ms-excel.template", "表格模板"),
    (b"spreadsheetml.template", "表格模板"),
)


class Archive:
    """A checked zip: part names (forward slashes) and their bytes. Raises FileRefused if anything is odd."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path, self._name = path, name
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
        except Exception:
            # Python's reader has a dozen ways to stumble over a damaged directory; all mean the same here.
            raise self._damaged() from None
        self._entries = {entry.orig_filename.replace("\\", "/"): entry for entry in entries}
        self._check_directory(entries, limits)
        self._check_is_workbook()
        self._check_parts(limits)

    def names(self) -> list[str]:
        """Every part's name."""
        return list(self._entries)

    def part(self, name: str) -> bytes | None:
        """One part unpacked; names are compared without regard to case. None where there is no such part."""
        wanted = name.lower()
        for known, entry in self._entries.items():
            if known.lower() == wanted:
                with self._path.open("rb") as file:
                    return b"".join(self._unpacked(file, entry))
        return None

    def _check_directory(self, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
        if len(entries) > MOST_PARTS or len({name.lower() for name in self._entries}) < len(entries):
            raise self._unsafe("里面有重名的或过多的内部文件")
        for name, entry in self._entries.items():
            if name.startswith("/") or ":" in name or ".." in name.split("/") or "\x00" in name:
                raise self._unsafe("内部文件指向压缩包以外的位置")
            if (entry.external_attr >> 16) & 0o170000 == 0o120000:
                raise self._unsafe("里面有指向别处的链接")
            if entry.flag_bits & 0x1:
                raise FileRefused("encrypted", f"「{self._name}」设了密码，请取消密码另存后再导入。")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self._damaged()
        limits.check_unpacked(self._name, sum(entry.file_size for entry in entries))
        end = 0
        for entry in sorted(entries, key=lambda one: one.header_offset):
            if entry.header_offset < end:
                raise self._unsafe("内部文件互相重叠")
            end = entry.header_offset + 30 + entry.compress_size
            if entry.file_size > max(5 * MEGABYTE, MOST_GROWTH * entry.compress_size):
                raise self._unsafe(f"内部文件解压后膨胀超过 {MOST_GROWTH} 倍")

    def _check_is_workbook(self) -> None:
        types = self.part("[Content_Types].xml") or b""
        for mark, really in _DESCRIPTIONS:
            if mark in types:
                raise mismatch(self._name, really)
        if b"spreadsheetml.sheet.main" in types or self._has("xl/workbook.xml"):
            return
        if self._has("content.xml"):
            raise mismatch(self._name, "ods 等其他软件的文档")
        raise mismatch(self._name, "普通压缩包", "archive")

    def _has(self, name: str) -> bool:
        return any(known.lower() == name for known in self._entries)

    def _check_parts(self, limits: Limits) -> None:
        total = 0
        with self._path.open("rb") as file:
            for name, entry in self._entries.items():
                is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
                tail = b""
                for position, chunk in enumerate(self._unpacked(file, entry)):
                    total += len(chunk)
                    limits.check_unpacked(self._name, total)
                    if not position:
                        self._check_start(name, chunk, is_xml)
                    # The tail of the chunk before, so that a mark cut in two is still seen.
                    seen = (tail + chunk).replace(b"\x00", b"")
                    if is_xml and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):
                        raise self._unsafe("里面有 DTD 或实体声明")
                    tail = chunk[-16:]

    def _check_start(self, name: str, start: bytes, is_xml: bool) -> None:
        if not is_xml:
            # Embedded workbooks are zips and compressed pictures are gzips, and neither is ever opened.
            if start.startswith(_ARCHIVES) and not name.lower().startswith(("xl/embeddings/", "xl/media/")):
                raise self._unsafe("里面还套着压缩包")
            return
        # Queries kept by Excel in customXml are UTF-16 and harmless; a sheet in UTF-16 would read as empty.
        if name.lower().startswith("customxml/"):
            return
        declared = _DECLARED_ENCODING.match(start.removeprefix(b"\xef\xbb\xbf"))
        if b"\x00" in start[:4] or start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise self._unusual()
        if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
            raise self._unusual()

    def _unpacked(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The true bytes of a part, counted as they appear: what the directory says is not believed."""
        file.seek(entry.header_offset)
        header = file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise self._damaged()
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        coding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
        if file.read(name_length) != entry.orig_filename.encode(coding, errors="replace"):
            raise self._unsafe("内部文件的名称前后不一致")
        file.seek(extra_length, 1)
        inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        left, size, check = entry.compress_size, 0, 0
        data = b""
        while left or data:
            if not data:
                data = file.read(min(left, MEGABYTE))
                left -= len(data)
                if not data:
                    raise self._damaged()
            try:
                chunk = inflate.decompress(data, MEGABYTE) if inflate else data
            except zlib.error:
                raise self._damaged() from None
            data = inflate.unconsumed_tail if inflate else b""
            size += len(chunk)
            check = zlib.crc32(chunk, check)
            if size > entry.file_size:
                raise self._unsafe("内部文件的真实大小与登记的不一致")
            if inflate and inflate.eof:
                data, left = b"", 0
            if chunk:
                yield chunk
        if size != entry.file_size or check != entry.CRC or (inflate and not inflate.eof):
            raise self._damaged()

    def _unsafe(self, what: str) -> FileRefused:
        return FileRefused(
            "unsafe_content",
            f"「{self._name}」{what}，可能是恶意文件，没有打开，"
            "请核对来源，用 WPS 或 Excel 重新另存为 xlsx 再导入。",
        )

    def _damaged(self) -> FileRefused:
        return FileRefused(
            "unreadable",
            f"「{self._name}」不完整或已损坏，请重新下载，或用 WPS 或 Excel 打开修复后另存为 xlsx 再导入。",
        )

    def _unusual(self) -> FileRefused:
        return FileRefused(
            "unreadable", f"「{self._name}」的内部写法不常见，请用 WPS 或 Excel 打开后另存为 xlsx 再导入。"
        )
