"""What an xls file says that its cells do not: its date system, its password, its error cells."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from data.files.sheets import ERROR_MARK, NO_RESULT

_FORMULA, _END_OF_PART, _DATE_MODE, _PASSWORD, _SHEET, _BOOL_OR_ERROR, _START = 6, 10, 34, 47, 133, 517, 2057
_CALCULATE_ON_OPENING = 0x2
_COLUMNS = 256
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass(frozen=True)
class BiffFacts:
    """`sheet_starts`: where each sheet begins in the stream, in the workbook's order."""

    date1904: bool
    is_encrypted: bool
    sheet_starts: tuple[int, ...]


def biff_facts(stream: bytes) -> BiffFacts:
    """Read the workbook's own records, the ones before the first sheet."""
    date1904 = is_encrypted = False
    starts: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _DATE_MODE and len(body) >= 2:
            date1904 = body[0] == 1
        elif kind == _PASSWORD:
            is_encrypted = True
            # Everything after this record is scrambled.
            break
        elif kind == _SHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<L", body)[0])
    return BiffFacts(date1904, is_encrypted, tuple(starts))


def biff_marks(stream: bytes, start: int) -> dict[int, dict[int, str]]:
    """Row -> column -> mark of one sheet's error cells and formulas without a stored result; both 0-based."""
    marks: dict[int, dict[int, str]] = {}
    for kind, body in _records(stream, start):
        mark = ""
        if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7] == 1:
            mark = ERROR_MARK + _ERRORS.get(body[6], "#ERROR!")
        elif kind == _FORMULA and len(body) >= 16:
            result, options = body[6:14], body[14]
            if result[6:8] == b"\xff\xff" and result[0] == 2:
                mark = ERROR_MARK + _ERRORS.get(result[2], "#ERROR!")
            elif result == bytes(8) and options & _CALCULATE_ON_OPENING:
                # Programs that cannot calculate write zero and ask Excel to calculate when it opens the file.
                mark = NO_RESULT
        if mark:
            row, column = struct.unpack_from("<HH", body)
            if column < _COLUMNS:
                marks.setdefault(row, {})[column] = mark
    return marks


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of one part, embedded charts and all, up to the part's end."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind == _START) - (kind == _END_OF_PART)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
