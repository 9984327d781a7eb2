"""The patrol rule: what a 小红车 round is and how long a grid may wait, as the street set it."""

import tomllib
from datetime import time
from pathlib import Path
from typing import Any

from data.settings import PACKAGE
from data.trouble import Trouble

REFERENCE = PACKAGE / "reference" / "patrol.toml"
OWN_FILE = "patrol.toml"
REQUIRED_DAYS = ("workday", "every_day")
COUNTS = (
    ("round", "cadre_count"),
    ("round", "worker_count"),
    ("round", "minutes"),
    ("grid", "interval_hours"),
)
TIMES = ("afternoon_from", "evening_from")


def patrol_rule(path: Path = REFERENCE) -> dict[str, str | int | time]:
    """The rule of a file, as the row of `patrol_rule`. Raises Trouble naming everything in it to be mended.

    An older file's section interval_days is read over: how often to visit whom is for the three-colour rules.
    """
    told = _content(path)
    faults = [*_count_faults(told), *_time_faults(told)]
    if _cell(told, "round", "required_days") not in REQUIRED_DAYS:
        faults.append('[round] 的 required_days 应是 "workday" 或 "every_day"')
    if faults:
        listed = "".join(f"\n{number}. {fault}。" for number, fault in enumerate(faults, 1))
        raise Trouble(f"巡查规则「{path.name}」有 {len(faults)} 处要改：{listed}")
    rounds = told["round"]
    return {
        "required_days": rounds["required_days"],
        "cadre_count": rounds["cadre_count"],
        "worker_count": rounds["worker_count"],
        "crew_size": rounds["cadre_count"] + rounds["worker_count"],
        "round_minutes": rounds["minutes"],
        "afternoon_from": rounds["afternoon_from"],
        "evening_from": rounds["evening_from"],
        "grid_interval_hours": told["grid"]["interval_hours"],
    }


def _count_faults(told: dict[str, Any]) -> list[str]:
    return [
        f"[{section}] 的 {name} 应是 1 以上的整数"
        for section, name in COUNTS
        if not _is_count(_cell(told, section, name))
    ]


def _time_faults(told: dict[str, Any]) -> list[str]:
    times = [_cell(told, "round", name) for name in TIMES]
    wrong = [
        f"[round] 的 {name} 应写成 12:00:00 这样的时刻，不加引号"
        for name, value in zip(TIMES, times, strict=True)
        if not isinstance(value, time)
    ]
    return wrong or ([] if times[0] < times[1] else ["[round] 的 afternoon_from 应早于 evening_from"])


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _cell(told: dict[str, Any], section: str, name: str) -> Any:
    found = told.get(section)
    return found.get(name) if isinstance(found, dict) else None


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise Trouble(f"巡查规则「{path.name}」的写法不对，请对照自带的 patrol.toml 修改。") from None
