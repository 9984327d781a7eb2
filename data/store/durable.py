"""Writing so that neither a power cut nor a kill leaves half a file under a good name."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import TypeAlias

CHUNK = 1 << 20
Mark: TypeAlias = tuple[Path, int, int]


def sha256_of(path: Path) -> str:
    """The file's SHA-256, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def mark_of(path: Path) -> Mark:
    """What tells one state of a file from another unread. Raises OSError where there is no file."""
    found = path.stat()
    return path, found.st_size, found.st_mtime_ns


class _Sums:
    """SHA-256 of files, computed once per process for each state of a file."""

    def __init__(self) -> None:
        self._known: dict[Mark, str] = {}

    def of(self, path: Path) -> str:
        mark = mark_of(path)
        if mark not in self._known:
            self._known[mark] = sha256_of(path)
        return self._known[mark]


sum_of = _Sums().of


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows does that by itself and cannot be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Put a whole text under its name at once: written beside it, synced, then named."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
