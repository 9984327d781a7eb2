"""Opening a workbook in a child process with a memory and a time limit."""

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.files.limits import GIGABYTE, Limits
from data.files.sheets import HeadRow, Merge, Sheet
from data.trouble import FileRefused

MEMORY = 3 * GIGABYTE
SECONDS = 300
_ROOT = Path(__file__).resolve().parents[2]
_LOG = logging.getLogger(__name__)


def read_isolated(
    path: Path, name: str, kind: str, limits: Limits, folder: Path
) -> tuple[list[Sheet], list[str], bool]:
    """Visible sheets, names of hidden ones, whether days count from 1904; Arrow files land in `folder`.

    Raises FileRefused: too_large also when the child outgrows its memory or its time.
    """
    job = {"path": str(path.resolve()), "name": name, "kind": kind, "limits": asdict(limits)}
    (folder / "job.json").write_text(json.dumps(job | {"memory": MEMORY, "seconds": SECONDS}), "utf-8")
    search_path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    try:
        child = subprocess.run(
            [sys.executable, "-m", "data.files.child", str(folder.resolve())],
            cwd=_ROOT,
            # Arrow's own allocator reserves a gigabyte of addresses, which would count against the limit.
            env=os.environ | {"ARROW_DEFAULT_MEMORY_POOL": "system", "PYTHONPATH": search_path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy(name, f"{SECONDS} 秒还没有读完") from None
    answer = folder / "result.json"
    if not answer.exists():
        raise _failure(name, child.returncode, child.stderr.decode("utf-8", errors="replace"))
    return _understood(json.loads(answer.read_text("utf-8")), folder)


def _understood(result: dict[str, Any], folder: Path) -> tuple[list[Sheet], list[str], bool]:
    if "stumbled" in result:
        _LOG.warning("a workbook could not be read: %s", result["stumbled"])
    if "reason" in result:
        raise FileRefused(result["reason"], result["message"])
    sheets = [
        Sheet(
            name=sheet["name"],
            merges=tuple(Merge(**merge) for merge in sheet["merges"]),
            head=tuple(HeadRow(head["row"], tuple(head["cells"])) for head in sheet["head"]),
            width=sheet["width"],
            row_count=sheet["row_count"],
            parts=tuple(folder / part for part in sheet["parts"]),
        )
        for sheet in result["sheets"]
    ]
    return sheets, result["hidden"], result["date1904"]


def _failure(name: str, code: int, errors: str) -> Exception:
    """Why a child ended without a result: out of memory, out of time, killed, or a fault of our own."""
    if code == -getattr(signal, "SIGXCPU", 24):
        return _too_heavy(name, f"{SECONDS} 秒还没有读完")
    if "MemoryError" in errors or "memory allocation" in errors or "capacity overflow" in errors:
        return _too_heavy(name, "需要的内存超过上限")
    if code < 0 or code >= 0xC0000000:
        return _too_heavy(name, "读取时中断")
    return RuntimeError(f"the child process failed with status {code}:\n{errors}")


def _too_heavy(name: str, what: str) -> FileRefused:
    return FileRefused(
        "too_large",
        f"「{name}」{what}，没有导入，请删去多余的工作表、格式和空行空列，或拆成几个文件再导入。",
    )
