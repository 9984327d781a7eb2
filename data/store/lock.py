"""One load at a time: an operating-system lock that dies with its process, and a note saying who holds it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data import settings
from data.trouble import WarehouseUnwritable

FIRST_TRY_S = 0.2
# Asked again this often, so that a long wait keeps telling whom it waits for.
ASK_AGAIN_S = 5.0


@contextmanager
def alone(folder: Path, what: str, wait_s: float, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the store's lock. While another process holds it, `say` who, and give up after `wait_s` seconds.

    Raises WarehouseUnwritable when the wait is over, or where the folder cannot be written.
    """
    lock = FileLock(folder / "lock", thread_local=False)
    note = folder / "lock.note"
    waited = 0.0
    while True:
        pause = min(ASK_AGAIN_S if waited else FIRST_TRY_S, max(wait_s - waited, 0.0))
        try:
            lock.acquire(timeout=pause)
            break
        except Timeout:
            waited += pause
            holder = _holder(note)
            if waited >= wait_s:
                raise WarehouseUnwritable(
                    f"{holder}，等了 {wait_s:.0f} 秒仍未结束；请稍后再试，原有数据没有变化。"
                ) from None
            say(f"{holder}，正在等它结束……")
    try:
        _leave_note(note, what)
        yield
    finally:
        lock.release()


def _leave_note(note: Path, what: str) -> None:
    since = f"{settings.now():%H:%M:%S}"
    note.write_text(
        json.dumps({"pid": os.getpid(), "since": since, "what": what}, ensure_ascii=False), "utf-8"
    )


def _holder(note: Path) -> str:
    try:
        told = json.loads(note.read_text("utf-8"))
        return f"另一个进程（{told['pid']} 号）从 {told['since']} 起正在{told['what']}"
    except (OSError, ValueError, KeyError):
        return "另一个进程正在写仓库"
