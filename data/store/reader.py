"""Reading a snapshot: one locked-down connection per file and process, a fresh cursor for every question.

A connection shared by threads answers wrongly without an error, so nobody is ever handed the connection.
"""

import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.store.durable import Mark, mark_of

READER: Mapping[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "max_temp_directory_size": "4GB",
}
# Enough for the newest, a pinned one and last year's side by side.
OPEN_AT_ONCE = 8


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a snapshot for reading only: no files, no extensions, settings locked, Shanghai's time zone."""
    spill = str(Path(tempfile.gettempdir()) / f"street-spill-{os.getpid()}")
    street = duckdb.connect(path, read_only=True, config={**READER, "temp_directory": spill})
    # another connection of this process to the same file shares its settings, and has locked them already
    [(is_locked,)] = street.execute("select current_setting('lock_configuration')").fetchall()
    if not is_locked:
        street.execute("set global TimeZone = 'Asia/Shanghai'")
        street.execute("set global lock_configuration = true")
    return street


@dataclass(frozen=True)
class Snapshot:
    """One dated, immutable state of the warehouse.

    `as_at` is the moment it was built: what "now" means to its pages, so that tonight's cases are not late.
    `trouble` is a Chinese sentence for the pages where the snapshot stands in for a newer, damaged one.
    `is_outdated`: built by another version of the program; publishing nothing builds it anew.
    """

    name: str
    path: Path
    built_at: datetime
    as_at: datetime
    trouble: str | None = None
    is_outdated: bool = False

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own for one question. Raises duckdb.Error where the file was damaged since."""
        return _CONNECTIONS.cursor(self.path)


class _Connections:
    """The open connections of this process, the least used closed first; a cursor keeps its file open."""

    def __init__(self) -> None:
        self._open: OrderedDict[Mark, duckdb.DuckDBPyConnection] = OrderedDict()
        self._turn = threading.Lock()

    def cursor(self, path: Path) -> duckdb.DuckDBPyConnection:
        mark = mark_of(path)
        with self._turn:
            if mark not in self._open:
                self._open[mark] = connect(path)
            self._open.move_to_end(mark)
            while len(self._open) > OPEN_AT_ONCE:
                self._open.popitem(last=False)[1].close()
            return self._open[mark].cursor()

    def forget(self, path: Path) -> None:
        """Close what is open on a file, so that Windows lets it be removed."""
        with self._turn:
            for mark in [mark for mark in self._open if mark[0] == path]:
                self._open.pop(mark).close()


_CONNECTIONS = _Connections()
forget = _CONNECTIONS.forget
