"""Heat tables: hours by weekdays, and a calendar of days; a cell nobody reported is empty, not pale."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from data.glossary import Word
from pages.parts import theme, words
from pages.parts.charts import spec

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    word: Word,
    key: str,
) -> None:
    """One measure over two orders: a row of values for each of `rows`, one value for each of `columns`."""
    cells = [spec.known(line) for line in values]
    told = [
        [
            f"{row} {column}<br><b>{_value(value, word)}</b>"
            for column, value in zip(columns, line, strict=True)
        ]
        for row, line in zip(rows, cells, strict=True)
    ]
    said = "；".join(
        f"{row} {spec.pairs(columns, line, word)}" for row, line in zip(rows, cells, strict=True)
    )
    _draw(rows, columns, cells, told, word, key, said)


def calendar(days: Sequence[date], values: Sequence[float | None], word: Word, key: str) -> None:
    """Days as an office calendar: a column a week, Monday on top."""
    by_day = dict(zip(days, spec.known(values), strict=True))
    first, last = min(days), max(days)
    monday = first - timedelta(days=first.weekday())
    mondays = [monday + timedelta(weeks=nth) for nth in range((last - monday).days // 7 + 1)]
    cells, told = [], []
    for weekday in range(7):
        line = [monday + timedelta(days=weekday) for monday in mondays]
        cells.append([by_day.get(day) for day in line])
        told.append([f"{words.day(day)}<br><b>{_value(by_day.get(day), word)}</b>" for day in line])
    said = spec.pairs([words.day(day) for day in days], values, word)
    _draw(WEEKDAYS, [words.day(monday) for monday in mondays], cells, told, word, key, said)


def _draw(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[float | None]],
    told: Sequence[Sequence[str]],
    word: Word,
    key: str,
    said: str,
) -> None:
    ramp = theme.ramp()
    trace: dict[str, Any] = {
        "type": "heatmap",
        "x": list(columns),
        "y": list(rows),
        "z": [list(line) for line in cells],
        "text": [list(line) for line in told],
        "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
        "zmin": 0,
        "colorscale": [[nth / (len(ramp) - 1), colour] for nth, colour in enumerate(ramp)],
        "colorbar": {"thickness": 8, "outlinewidth": 0, "tickformat": _ticks(word), "nticks": 4},
    }
    layout = spec.frame(height=72 + spec.LINE_PX * len(rows)) | {
        "xaxis": {"type": "category", "showgrid": False, "tickangle": 0, "nticks": 12},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False},
    }
    spec.draw([trace], layout, key, f"{word.label}：{said}")


def _value(value: float | None, word: Word) -> str:
    unit = "" if word.unit == "%" or value is None else f" {word.unit}"
    return f"{words.value(value, word.unit)}{unit}"


def _ticks(word: Word) -> str:
    return ".0%" if word.unit == "%" else ",~r"
