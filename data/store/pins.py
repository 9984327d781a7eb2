"""The snapshots a meeting was shown, which pruning must leave alone: names and reasons in one small file."""

import json
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from data.store import durable
from data.trouble import Trouble

FILE = "pins.json"


def read(folder: Path) -> dict[str, str]:
    """Every pinned snapshot and why it is kept. Raises Trouble where the file is damaged."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise Trouble(
            f"{folder / FILE} 已损坏，看不出哪些快照为会议保留；请修好或删去这个文件，此前不清理任何快照。"
        ) from None
    return {str(name): str(why) for name, why in told.items()}


def write(folder: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Alter the pins, one process at a time."""
    with FileLock(folder / "pins.lock"):
        durable.write_text(folder / FILE, json.dumps(change(read(folder)), ensure_ascii=False, indent=1))
