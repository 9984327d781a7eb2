"""Opening an office file: what it is, what is in it, or one clear reason for refusing it."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.files.delimited import read_delimited
from data.files.features import read_features
from data.files.isolated import read_isolated
from data.files.kind import Kind, check_content, kind_of, mismatch
from data.files.limits import CSV_LIMITS, WORKBOOK_LIMITS, Limits
from data.files.ole import holds_encrypted_workbook
from data.files.sheets import Sheet
from data.files.workbook import encrypted
from data.trouble import FileRefused


@dataclass(frozen=True)
class OpenedFile:
    """An office file as text. `kind`: csv, xlsx, xls, geojson; `skipped_sheets`: names of the hidden ones.

    `sheets` holds the visible sheets, blank ones too, and is empty for geojson; `features` is None for the
    rest. `encoding` is None for workbooks. The rows live in the scratch folder until it is removed.
    """

    path: Path
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    skipped_sheets: tuple[str, ...]
    date1904: bool
    encoding: str | None
    features: list[dict[str, Any]] | None


def open_file(path: Path, scratch: Path, limits: Limits | None = None, name: str | None = None) -> OpenedFile:
    """Open `path`, called `name` by the office; the caller removes the folder `scratch` afterwards.

    Without `limits`, those of workbooks hold (for csv the wider CSV_LIMITS). Raises FileRefused.
    """
    name = name or path.name
    kind = kind_of(name)
    limits = limits or (CSV_LIMITS if kind.name == "csv" else WORKBOOK_LIMITS)
    try:
        limits.check_bytes(name, path.stat().st_size)
        sha256, start = _fingerprint(path)
    except OSError as error:
        raise _out_of_reach(name, error) from None
    if not start:
        raise _empty(name)
    _check_content(path, name, kind, start)
    folder = Path(tempfile.mkdtemp(prefix="file-", dir=scratch))
    sheets: list[Sheet] = []
    hidden: list[str] = []
    date1904, encoding, features = False, None, None
    if kind.name == "geojson":
        features, encoding = read_features(path, name, limits)
    elif kind.name == "csv":
        sheet, encoding = read_delimited(path, name, kind, limits, folder)
        sheets = [sheet]
    else:
        sheets, hidden, date1904 = read_isolated(path, name, kind.name, limits, folder)
    if features is None and not any(sheet.row_count for sheet in sheets):
        raise _empty(name, hidden)
    return OpenedFile(path, sha256, kind.name, tuple(sheets), tuple(hidden), date1904, encoding, features)


def _fingerprint(path: Path) -> tuple[str, bytes]:
    """The file's sha256 and its first 64 KB."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        start = file.read(64 * 1024)
        digest.update(start)
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    return digest.hexdigest(), start


def _check_content(path: Path, name: str, kind: Kind, start: bytes) -> None:
    try:
        check_content(name, kind, start)
    except FileRefused:
        # An xlsx saved with a password is wrapped in the old container: say so rather than "not an xlsx".
        if kind.name == "xlsx" and start.startswith(b"\xd0\xcf\x11\xe0"):
            if holds_encrypted_workbook(path.read_bytes()):
                raise encrypted(name) from None
            raise mismatch(name, "旧版 Office 文件（如 xls、doc）") from None
        raise


def _empty(name: str, hidden: Sequence[str] = ()) -> FileRefused:
    seen = "可见的工作表（隐藏的不读取）" if hidden else ""
    return FileRefused("file_empty", f"「{name}」{seen}里没有内容，请核对文件，填好后再导入。")


def _out_of_reach(name: str, error: OSError) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return FileRefused("unreadable", f"找不到「{name}」，请核对文件夹和文件名。")
    if isinstance(error, IsADirectoryError):
        return FileRefused("unreadable", f"「{name}」是文件夹，请指定里面的表格文件。")
    return FileRefused("unreadable", f"打不开「{name}」，可能正被别的软件占用或没有权限，请关闭后再试。")
