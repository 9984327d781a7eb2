"""Reads how long there is to do something: 3个工作日, 5工作时, 24小时内."""

import re

from data.cleaning.text import tidy

LIMIT = re.compile(r"(\d{1,3}) ?个?(工作日|工作时|工作小时|小时|自然日|天|日)(?:内|以内|之内)?")
UNITS = {
    "工作日": "work_day",
    "工作时": "work_hour",
    "工作小时": "work_hour",
    "小时": "natural_hour",
    "自然日": "natural_day",
    "天": "natural_day",
    "日": "natural_day",
}


def time_limit(text: str) -> tuple[int, str] | None:
    """The limit as (number, unit of data.days.worktime), or None for a cell that tells none."""
    found = LIMIT.fullmatch(tidy(text))
    return (int(found[1]), UNITS[found[2]]) if found else None
