"""Reading the calendar's TOML file: the holidays and office hours an office typed, or what to mend there."""

import re
import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from data.days.calendar_faults import clashes, holiday_faults, named, office_hours_faults, refuse_if_any
from data.days.holiday import Holiday
from data.settings import PACKAGE
from data.trouble import Trouble

REFERENCE = PACKAGE / "reference" / "calendar.toml"
OFFICE_SECTIONS = {"office_hours", "holiday"}


@dataclass(frozen=True)
class CalendarFile:
    """`office_hours` is empty when the file says nothing of them; `predicted`: name, feast, days or None."""

    path: Path
    holidays: tuple[Holiday, ...]
    office_hours: tuple[tuple[time, time], ...]
    predicted: tuple[tuple[str, str, int | None], ...]


def read_calendar_file(path: Path = REFERENCE) -> CalendarFile:
    """Raises Trouble naming everything that has to be mended in the file, not only the first of it."""
    content = _content(path)
    known = OFFICE_SECTIONS | ({"predicted"} if path == REFERENCE else set())
    faults = [
        f"不认识的段落「{name}」，只能有 [office_hours] 和 [[holiday]]"
        for name in sorted(content.keys() - known)
    ]
    holidays = []
    listed = content.get("holiday", [])
    if not isinstance(listed, list):
        faults.append("节假日要写成 [[holiday]]（两层方括号）")
        listed = []
    for number, entry in enumerate(listed, 1):
        found = holiday_faults(entry)
        faults += [f"第 {number} 个节假日{named(entry)}：{fault}" for fault in found]
        if not found:
            makeup = tuple(sorted(entry.get("makeup_workdays", [])))
            holidays.append(
                Holiday(entry["name"].strip(), entry["first_on"], entry["last_on"], makeup, entry["source"])
            )
    faults += clashes(holidays)
    hours = content.get("office_hours")
    faults += office_hours_faults(hours) if hours is not None else []
    refuse_if_any(path, faults)
    spans = [text.split("-") for text in hours["spans"]] if hours else []
    office_hours = tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
    predicted = tuple((rule["name"], rule["day"], rule.get("days")) for rule in content.get("predicted", []))
    return CalendarFile(path, tuple(holidays), office_hours, predicted)


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError:
        raise Trouble(f"读不到日历文件「{path}」，请检查路径和权限。") from None
    except UnicodeDecodeError:
        raise Trouble(f"日历文件「{path.name}」不是 UTF-8 编码，请用记事本另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        where = f"第 {at[1]} 行" if at else "末尾"
        raise Trouble(
            f"日历文件「{path.name}」{where}的写法不对，请对照自带的 calendar.toml 修改。"
        ) from None
