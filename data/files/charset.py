"""Which encoding a text file is in: UTF-8, UTF-16 or GB18030, tried strictly over the whole file."""

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

from data.files.signatures import wide_text
from data.trouble import FileRefused

CHUNK = 1024 * 1024
_BROKEN_UTF8_AFTER = 4
_THREE_BYTES = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_GB18030_BOM = b"\x84\x31\x95\x33"


def encoding_of(name: str, open_again: Callable[[], BinaryIO]) -> str:
    """A Python codec name: utf-8, utf-16-le, utf-16-be or gb18030.

    UTF-8 is settled by a strict pass over everything. GB18030 and UTF-16 are only chosen here: whoever
    decodes the file strictly afterwards finds the bad byte. Raises FileRefused("encoding_unknown").
    """
    with open_again() as file:
        start = file.read(64 * 1024)
    wide = wide_text(start)
    if wide:
        return wide
    if start.startswith(_GB18030_BOM):
        return "gb18030"
    with open_again() as file:
        if _is_utf8(name, file, says_so=start.startswith(codecs.BOM_UTF8)):
            return "utf-8"
    if not _reads_as_chinese(start):
        raise unknown_encoding(name)
    return "gb18030"


def unknown_encoding(name: str, line: int | None = None) -> FileRefused:
    """The refusal of a text that is in no encoding we know, or breaks off being so near `line`."""
    where = f"第 {line} 行附近" if line else ""
    return FileRefused(
        "encoding_unknown",
        f"「{name}」{where}的文字编码无法识别（既不是 UTF-8 也不是 GB18030，或文件有损坏），"
        "请用 WPS 或 Excel 打开核对，另存为 xlsx 再导入。",
    )


def _is_utf8(name: str, file: BinaryIO, says_so: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = characters = 0
    while True:
        chunk = file.read(CHUNK)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            characters += len(_THREE_BYTES.findall(good))
            # Chinese in GB18030 does not pass for several three-byte characters: this is damaged UTF-8.
            if says_so or characters >= _BROKEN_UTF8_AFTER:
                raise unknown_encoding(name, lines + good.count(b"\n") + 1) from None
            return False
        if not chunk:
            return True
        lines += chunk.count(b"\n")
        if characters < _BROKEN_UTF8_AFTER:
            characters += len(_THREE_BYTES.findall(chunk))


def _reads_as_chinese(start: bytes) -> bool:
    """Whether most characters are everyday ones: Big5 decodes as GB18030 too, but into rare ones."""
    text = codecs.getincrementaldecoder("gb18030")(errors="ignore").decode(start)
    foreign = [character for character in text if character > "\x7f"]
    everyday = "".join(foreign).encode("gb2312", errors="ignore")
    return len(foreign) < 8 or len(everyday) >= len(foreign)
