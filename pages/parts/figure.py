"""One measure in one scope beside the period before, and what can be said about it in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.glossary import Word
from pages.parts import labels, words

# A rate counted from fewer cases is neither better nor worse.
FEWEST = 5


@dataclass(frozen=True)
class Figure:
    """A figure of a page's head: its word, its value now and before, and what it was counted from.

    `trend` holds its last daily values, oldest first, and `days` their days; a day without a value is None.
    """

    card: int
    term: Word
    value: float | None
    before: float | None
    numerator: float | None
    denominator: float | None
    trend: tuple[float | None, ...] = ()
    days: tuple[date, ...] = ()
    compared_with: str = ""

    @property
    def measure(self) -> str:
        """The glossary's name of the measure."""
        return self.term.name

    @property
    def is_known(self) -> bool:
        """Whether there is a value; 0/0 is none."""
        return not words.is_missing(self.value)

    @property
    def base(self) -> str:
        """What it was counted from, in words: 按期处置数 15 / 应处置数 21."""
        told = ((self.term.numerator, self.numerator), (self.term.denominator, self.denominator))
        return " / ".join(f"{labels.label(name)} {words.number(count)}" for name, count in told if name)

    @property
    def why_missing(self) -> str:
        """Why there is no value: nothing to divide by, too few of them done, or too few people to show."""
        if self.denominator == 0:
            return f"{labels.label(self.term.denominator)}为 0，不计算"
        if self.denominator and self.term.unit in ("小时", "天"):
            return "走完的还不够多，暂无"
        return "人数太少，不显示" if self.term.is_people else "没有数据"

    @property
    def change(self) -> str:
        """The move in words."""
        return words.change(self.value, self.before, self.term.unit)

    @property
    def moved(self) -> float:
        """By how much the value moved; 0 where either side is missing or the move would not be seen."""
        if words.is_missing(self.value) or words.is_missing(self.before):
            return 0.0
        by = float(self.value or 0) - float(self.before or 0)
        return by if abs(by) >= (0.0005 if self.term.unit == "%" else 0.5) else 0.0

    @property
    def verdict(self) -> str:
        """better, worse or an empty string; of a rate counted from fewer than five nothing is said."""
        is_few = self.term.unit == "%" and (self.denominator or 0) < FEWEST
        return "" if is_few else verdict(self.moved, self.term)

    @property
    def sentence(self) -> str:
        """The whole card in one sentence, for a screen reader and for tests."""
        if not self.is_known:
            return f"{self.term.label}：{words.NOTHING}，{self.why_missing}"
        unit = "" if self.term.unit == "%" else f" {self.term.unit}"
        value = words.value(self.value, self.term.unit)
        return f"{self.term.label} {value}{unit}，{self.base}，{self.compared_with} {self.change}"


def verdict(moved: float, term: Word) -> str:
    """better, worse, or an empty string where nothing moved or neither direction is good."""
    if term.direction == "none" or not moved:
        return ""
    return "better" if (moved > 0) == (term.direction == "higher") else "worse"


def from_answer(answer: pd.DataFrame, compared_with: str, trends: pd.DataFrame | None = None) -> list[Figure]:
    """The figures of a page's head, in the order of their cards.

    `answer` is that of `overview.figures` or another topic's `figures`; `trends`, where there are any, are
    the daily values of `overview.figures_by_day`.
    """
    return [
        _figure(row, None if trends is None else trends[trends["figure"] == row["figure"]], compared_with)
        for row in answer.to_dict("records")
    ]


def _figure(row: Mapping[Any, Any], trend: pd.DataFrame | None, compared_with: str) -> Figure:
    return Figure(
        card=int(row["card"]),
        term=labels.term(str(row["figure"])),
        value=_known(row["value"]),
        before=_known(row["value_before"]),
        numerator=_known(row["numerator"]),
        denominator=_known(row["denominator"]),
        trend=() if trend is None else tuple(_known(value) for value in trend["value"]),
        days=() if trend is None else tuple(day.date() for day in trend["day_on"]),
        compared_with=compared_with,
    )


def _known(value: Any) -> float | None:
    return None if words.is_missing(value) else float(value)
