"""What is wrong with a calendar file, said so that whoever typed it can mend it."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from data.days.holiday import ANNOUNCED, BY_HAND, LAST_DAY, Holiday
from data.settings import EARLIEST_DAY
from data.trouble import Trouble

HOLIDAY_KEYS = {"name", "first_on", "last_on", "makeup_workdays", "source"}
LONGEST_HOLIDAY_DAYS = 31
FARTHEST_MAKEUP_DAYS = 31
CLOCK_TIME = r"([01]\d|2[0-3]):[0-5]\d"


def refuse_if_any(path: Path, faults: list[str]) -> None:
    """Raises Trouble listing the faults, when there are any."""
    if faults:
        listed = "".join(f"\n{number}. {fault}。" for number, fault in enumerate(faults, 1))
        raise Trouble(f"日历文件「{path.name}」有 {len(faults)} 处要改：{listed}")


def named(entry: object) -> str:
    """The name of an entry in corner brackets, as far as it has one."""
    name = entry.get("name") if isinstance(entry, dict) else None
    return f"「{name}」" if isinstance(name, str) and name else ""


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def holiday_faults(entry: Any) -> list[str]:
    """What is wrong within one [[holiday]]; the checks on values run only once every value has its type."""
    if not isinstance(entry, dict):
        return ["要写成 [[holiday]] 段落"]
    faults = [f"不认识的项目 {key}" for key in sorted(entry.keys() - HOLIDAY_KEYS)]
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        faults.append("缺少节日名 name")
    for key, meaning in (("first_on", "第一天"), ("last_on", "最后一天")):
        if key not in entry:
            faults.append(f"缺少{meaning} {key}")
        elif not _is_day(entry[key]):
            faults.append(f"{meaning} {key} 应写成 2027-02-05 这样的日期，不加引号，现在是「{entry[key]}」")
    makeup = entry.get("makeup_workdays", [])
    if not isinstance(makeup, list) or not all(map(_is_day, makeup)):
        faults.append("调休上班日 makeup_workdays 应写成 [2027-01-31, 2027-02-14] 这样的日期列表，不加引号")
    if entry.get("source") not in (ANNOUNCED, BY_HAND):
        faults.append(
            f"来源 source 只能是「{ANNOUNCED}」或「{BY_HAND}」，现在是「{entry.get('source', '')}」"
        )
    return faults or _holiday_nonsense(entry["first_on"], entry["last_on"], makeup)


def _holiday_nonsense(first_on: date, last_on: date, makeup: list[date]) -> list[str]:
    if first_on > last_on:
        return [f"第一天 {first_on} 晚于最后一天 {last_on}"]
    faults = []
    if first_on < EARLIEST_DAY or last_on > LAST_DAY:
        faults.append(f"日期要在 {EARLIEST_DAY} 至 {LAST_DAY} 之间")
    if (last_on - first_on).days >= LONGEST_HOLIDAY_DAYS:
        faults.append(f"{first_on} 至 {last_on} 超过 {LONGEST_HOLIDAY_DAYS} 天，请检查年份和月份")
    margin = timedelta(days=FARTHEST_MAKEUP_DAYS)
    for day in makeup:
        if day.weekday() < 5:
            faults.append(f"调休上班日 {day} 不是周六或周日")
        if first_on <= day <= last_on:
            faults.append(f"调休上班日 {day} 落在假期里")
        elif not first_on - margin <= day <= last_on + margin:
            faults.append(f"调休上班日 {day} 离假期超过 {FARTHEST_MAKEUP_DAYS} 天，请检查年份和月份")
    return faults


def clashes(holidays: list[Holiday]) -> list[str]:
    """Two holidays of one file over the same feast, the same day off, or a day both off and worked."""
    faults = []
    for number, holiday in enumerate(holidays):
        for other in holidays[:number]:
            twice = holiday.feasts & other.feasts if holiday.year == other.year else frozenset()
            faults += [f"{holiday.year} 年「{feast}」写了两次" for feast in sorted(twice)]
            if not twice:
                faults += overlaps(holiday, other)
    return faults


def overlaps(one: Holiday, other: Holiday) -> list[str]:
    """Sentences on the days two different holidays contradict each other about."""
    faults = []
    if one.first_on <= other.last_on and other.first_on <= one.last_on:
        faults.append(f"「{one.name}」与「{other.name}」在 {max(one.first_on, other.first_on)} 重叠")
    for off, worked in ((one, other), (other, one)):
        faults += [
            f"{day} 既是「{off.name}」假期又是「{worked.name}」的调休上班日"
            for day in worked.makeup_workdays
            if off.first_on <= day <= off.last_on
        ]
    return faults


def office_hours_faults(section: Any) -> list[str]:
    """What is wrong with [office_hours]: spans from early to late that do not overlap."""
    spans = section.get("spans") if isinstance(section, dict) else None
    if not isinstance(spans, list) or not spans:
        return ['办公时间 [office_hours] 要写成 spans = ["08:30-11:30", "13:30-17:00"]']
    ill_written = [text for text in spans if not re.fullmatch(f"{CLOCK_TIME}-{CLOCK_TIME}", str(text))]
    if ill_written:
        return [f"办公时间「{text}」应写成 08:30-11:30" for text in ill_written]
    edges = [edge for text in spans for edge in text.split("-")]
    in_order = all(earlier < later for earlier, later in zip(edges[::2], edges[1::2], strict=True))
    apart = all(close <= opening for close, opening in zip(edges[1::2], edges[2::2], strict=False))
    return [] if in_order and apart else [f"办公时间要从早到晚，且不能重叠，现在是 {'、'.join(spans)}"]
