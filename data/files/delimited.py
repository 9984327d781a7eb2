"""Opening csv and tsv files, plain or gzipped: encoding, delimiter, records, all in one stream."""

import csv
import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

from data.files.charset import encoding_of
from data.files.kind import Kind, check_content
from data.files.limits import Limits
from data.files.lines import lines_of
from data.files.records import RecordReader
from data.files.sheets import BLOCK_ROWS, Sheet
from data.files.writing import SheetWriter, no_cycle_search
from data.trouble import FileRefused

_BLOCK_CHARACTERS = 8_000_000
_DELIMITERS = (",", "\t", ";")
_DECLARED = re.compile(r'"?sep=(.)"?,*')
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


class _Unpacked(gzip.GzipFile):
    """A gzip stream that refuses to grow beyond the limits."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        super().__init__(path, "rb")
        self._office_name, self._limits, self._total = name, limits, 0

    def read(self, size: int | None = -1) -> bytes:
        try:
            chunk = super().read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise FileRefused(
                "unreadable", f"「{self._office_name}」的压缩内容不完整或已损坏，请重新导出或重新下载。"
            ) from None
        self._total += len(chunk)
        self._limits.check_unpacked(self._office_name, self._total)
        return chunk


def read_delimited(path: Path, name: str, kind: Kind, limits: Limits, scratch: Path) -> tuple[Sheet, str]:
    """The one sheet of a csv or tsv file and its encoding. Raises FileRefused."""

    def open_again() -> BinaryIO:
        return cast(BinaryIO, _Unpacked(path, name, limits)) if kind.content == "gzip" else path.open("rb")

    if kind.content == "gzip":
        with open_again() as file:
            check_content(name, replace(kind, content="text"), file.read(64 * 1024))
    encoding = encoding_of(name, open_again)
    delimiter, has_declaration = _delimiter_of(_first_lines(name, open_again, encoding), kind.delimiter)
    writer = SheetWriter(scratch, "csv", limits, f"「{name}」")
    reader = RecordReader(name, delimiter)

    def flush(lines: list[str], is_last: bool) -> None:
        numbers, rows = reader.read(lines, is_last)
        if any('="' in line for line in lines):
            rows = [[_without_formula(cell) for cell in row] for row in rows]
        if has_declaration and numbers and numbers[0] == 1:
            numbers, rows = numbers[1:], rows[1:]
        writer.write(numbers, rows)

    with open_again() as file, no_cycle_search():
        pending: list[str] = []
        size = 0
        for lines in lines_of(name, file, encoding):
            pending += lines
            size += sum(map(len, lines))
            while len(pending) >= BLOCK_ROWS or (pending and size > _BLOCK_CHARACTERS):
                flush(pending[:BLOCK_ROWS], is_last=False)
                pending, size = pending[BLOCK_ROWS:], 0
        flush(pending, is_last=True)
    return writer.finish(""), encoding


def _first_lines(name: str, open_again: Callable[[], BinaryIO], encoding: str) -> list[str]:
    with open_again() as file:
        for lines in lines_of(name, file, encoding):
            return list(islice((line for line in lines if line.strip()), 40))
    return []


def _delimiter_of(lines: list[str], usual: str) -> tuple[str, bool]:
    """The delimiter that cuts most lines into the same number of cells; True if a `sep=` line says it."""
    declared = _DECLARED.fullmatch(lines[0].strip(" ")) if lines else None
    if declared:
        return declared[1], True
    best, best_score = usual, (0, 0)
    for delimiter in sorted(_DELIMITERS, key=lambda one: one != usual):
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        if (count, width) > best_score:
            best, best_score = delimiter, (count, width)
    return best, False


def _without_formula(cell: str) -> str:
    """`="0012"`, the way some systems keep Excel from cutting zeros, is the text 0012."""
    wrapped = _TEXT_FORMULA.fullmatch(cell)
    return wrapped[1] if wrapped else cell
