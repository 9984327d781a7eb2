"""Opening the files an office brings: bytes in, sheets of text out, or one clear reason for refusing."""

from data.files.limits import CSV_LIMITS, NO_LIMIT, UPLOAD_LIMITS, WORKBOOK_LIMITS, Limits
from data.files.opening import OpenedFile, open_file
from data.files.sheets import ERROR_MARK, NO_RESULT, HeadRow, Merge, Sheet

__all__ = [
    "CSV_LIMITS",
    "ERROR_MARK",
    "NO_LIMIT",
    "NO_RESULT",
    "UPLOAD_LIMITS",
    "WORKBOOK_LIMITS",
    "HeadRow",
    "Limits",
    "Merge",
    "OpenedFile",
    "Sheet",
    "open_file",
]
