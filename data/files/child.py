"""The child process that opens one workbook, so that a hostile file can only harm the child.

Run as `python -m data.files.child FOLDER`: FOLDER/job.json says what to open, FOLDER/result.json answers.
"""

import json
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.files.limits import Limits
from data.files.workbook import damaged, read_workbook
from data.trouble import FileRefused


def main(folder: Path) -> None:
    """Do the job and write the result; a process killed before that leaves none."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    limit_resources(job["memory"], job["seconds"])
    result = answer(Path(job["path"]), job["name"], job["kind"], Limits(**job["limits"]), folder)
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


def answer(path: Path, name: str, kind: str, limits: Limits, folder: Path) -> dict[str, Any]:
    """The opened workbook or the reason for refusing it, ready for JSON. A want of memory is not caught."""
    try:
        sheets, hidden, date1904 = read_workbook(path, name, kind, limits, folder)
    except FileRefused as refusal:
        return {"reason": refusal.reason, "message": refusal.message}
    except (MemoryError, OSError, KeyboardInterrupt):
        raise
    except BaseException as stumble:
        # A panic of the Rust reader is no Exception. Frames only: the message could quote a cell.
        frames = traceback.format_tb(stumble.__traceback__)
        stumbled = f"{type(stumble).__name__}\n{''.join(frames)}"
        return {"reason": "unreadable", "message": damaged(name).message, "stumbled": stumbled}
    return {
        "sheets": [asdict(sheet) | {"parts": [part.name for part in sheet.parts]} for sheet in sheets],
        "hidden": hidden,
        "date1904": date1904,
    }


def limit_resources(memory: int, seconds: int) -> None:
    """Cap memory and processor time where the system can; on Windows only the parent's clock remains."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
