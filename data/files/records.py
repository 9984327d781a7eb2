"""Physical lines to csv records: quoted line breaks are kept, a stray quote cannot swallow the rest."""

import csv
import re

from data.trouble import FileRefused

LONGEST_RECORD_LINES = 2_000
LONGEST_RECORD = 2_000_000
MOST_STRAY_QUOTES = 1_000
_UP_TO_CLOSING_QUOTE = re.compile(r'(?:[^"]++|"")*+"')
csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_RECORD))


class RecordReader:
    """Turns lines into rows of cells, and tells on which physical line each row starts.

    A quoted cell may run over many lines. When its closing quote never comes, comes after 2,000 lines, or is
    not followed by a delimiter, the opening quote was a stray one: its line is then read alone, as it stands.
    """

    def __init__(self, name: str, delimiter: str) -> None:
        self._name, self._delimiter = name, delimiter
        other = f"[^{re.escape(delimiter)}]*+"
        field = rf'(?:"(?:[^"]++|"")*+"{other}|[^"{re.escape(delimiter)}]{other}|)'
        self._is_closed = re.compile(f"{field}(?:{re.escape(delimiter)}{field})*+").fullmatch
        self._waiting: list[str] = []
        self._next_line = 1
        self._stray_quotes = 0

    def read(self, lines: list[str], is_last: bool) -> tuple[list[int], list[list[str]]]:
        """The rows these lines complete, and their line numbers; an open record waits for the next lines."""
        lines = self._waiting + lines
        self._waiting = []
        rows = self._split(lines)
        # As many rows as lines, the last one closed: every line is a record of its own.
        if len(rows) == len(lines) and (not lines or self._is_closed(lines[-1])):
            numbers = list(range(self._next_line, self._next_line + len(lines)))
            self._next_line += len(lines)
            return numbers, rows
        return self._read_one_by_one(lines, is_last)

    def _read_one_by_one(self, lines: list[str], is_last: bool) -> tuple[list[int], list[list[str]]]:
        numbers: list[int] = []
        rows: list[list[str]] = []
        position = 0
        while position < len(lines):
            line = lines[position]
            end = position + 1
            if '"' in line and not self._is_closed(line):
                found = self._end_of_record(lines, position, is_last)
                if found is None:
                    self._waiting = lines[position:]
                    break
                end = found
            numbers.append(self._next_line)
            if end == position:
                self._count_stray_quote()
                rows.append(line.split(self._delimiter))
                end += 1
            else:
                rows += self._split(["\n".join(lines[position:end])])
            self._next_line += end - position
            position = end
        return numbers, rows

    def _end_of_record(self, lines: list[str], start: int, is_last: bool) -> int | None:
        """The line after the record that opens at `start`; `start` itself for a stray quote; None to wait."""
        size = len(lines[start])
        for position in range(start + 1, min(len(lines), start + LONGEST_RECORD_LINES)):
            line = lines[position]
            size += len(line)
            if size > LONGEST_RECORD:
                return start
            closing = _UP_TO_CLOSING_QUOTE.match(line)
            if not closing:
                continue
            rest = line[closing.end() :]
            if rest and not rest.startswith(self._delimiter):
                return start
            if not rest or self._is_closed(rest[1:]):
                return position + 1
        return start if is_last or len(lines) - start >= LONGEST_RECORD_LINES else None

    def _count_stray_quote(self) -> None:
        self._stray_quotes += 1
        if self._stray_quotes > MOST_STRAY_QUOTES:
            raise FileRefused(
                "unreadable",
                f"「{self._name}」到第 {self._next_line} 行已有上千处引号不成对，分不清每一格，"
                "请用 WPS 或 Excel 打开核对，另存为 xlsx 再导入。",
            )

    def _split(self, lines: list[str]) -> list[list[str]]:
        return list(csv.reader(lines, delimiter=self._delimiter))
