"""Where the warehouse lives and what day it is: the few things an office may set from outside."""

import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from data.trouble import Trouble

ZONE = ZoneInfo("Asia/Shanghai")
EARLIEST_DAY = date(2015, 1, 1)
PACKAGE = Path(__file__).parent


def today() -> date:
    """The street's current day; `STREET_TODAY=YYYY-MM-DD` fixes it for tests, demonstrations and replays.

    Raises Trouble where that is no day.
    """
    fixed = os.environ.get("STREET_TODAY", "").strip()
    if not fixed:
        return datetime.now(ZONE).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise Trouble(f"环境变量 STREET_TODAY 应写成 2026-11-22 这样的日期，现在是「{fixed}」。") from None


def now() -> datetime:
    """The current moment in Shanghai, without a zone, on the day `today()` says it is."""
    clock = datetime.now(ZONE).replace(microsecond=0, tzinfo=None)
    return datetime.combine(today(), clock.time()) if os.environ.get("STREET_TODAY", "").strip() else clock


def store_folder(option: str | None = None) -> Path:
    """The warehouse folder: the option given, else `STREET_STORE`, else data/warehouse/ beside the code."""
    chosen = option or os.environ.get("STREET_STORE", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else PACKAGE / "warehouse"


def photo_folder() -> Path | None:
    """The folder of the photos that ledgers name: `STREET_PHOTOS`; none unless an administrator names one."""
    chosen = os.environ.get("STREET_PHOTOS", "").strip()
    return Path(chosen).expanduser().resolve() if chosen else None


def tiles() -> str:
    """The tiles of a base map: `STREET_TILES`, a folder or an address; empty unless one is named."""
    return os.environ.get("STREET_TILES", "").strip()
