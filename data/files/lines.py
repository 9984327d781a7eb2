"""Bytes to physical lines: decoded in chunks, so that a file of any size needs little memory."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from data.files.charset import CHUNK, unknown_encoding
from data.trouble import FileRefused

LONGEST_LINE = 4_000_000


def lines_of(name: str, file: BinaryIO, encoding: str) -> Iterator[list[str]]:
    """Lists of lines without their line ends (CRLF, LF or CR); zero bytes and a byte order mark are dropped.

    Raises FileRefused: encoding_unknown at a byte that cannot be decoded, unreadable at an endless line.
    """
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    carry, done, is_first = "", 0, True
    while True:
        chunk = file.read(CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, errors="ignore")
            raise unknown_encoding(name, done + good.count("\n") + 1) from None
        if is_first and text:
            text, is_first = text.removeprefix("\ufeff"), False
        if "\x00" in text or "\x1a" in text:
            text = text.replace("\x00", "").replace("\x1a", "")
        lines = (carry + text).split("\n")
        carry = lines.pop()
        if len(carry) > LONGEST_LINE:
            raise FileRefused(
                "unreadable",
                f"「{name}」第 {done + len(lines) + 1} 行长达几百万字，不像表格，请核对文件后重新导出。",
            )
        done += len(lines)
        if lines:
            yield lines
        if not chunk:
            if carry:
                yield [carry]
            return
