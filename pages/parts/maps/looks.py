"""How grids look under a measure: the class of each, and what is said of it under the pointer."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.glossary import Word
from pages.parts import labels, words
from pages.parts.maps import Look
from pages.parts.maps.ground import Ground
from pages.parts.maps.legend import is_bare
from pages.parts.maps.scale import AWAY, Scale

ELSEWHERE = "不在所选社区"
NOT_REPORTED = "未上报，不等于没有"


def of_rows(ground: Ground, rows: pd.DataFrame, scale: Scale) -> Look:
    """The look of every grid of the ground, by the rows of `grids.by_grid` or one frame of `grids.frames`."""
    told = {str(row["grid_code"]): row for row in rows.to_dict("records")}
    digits, said = [], []
    for code in ground.codes:
        row = told.get(code)
        digits.append(AWAY if row is None else _class(row, scale))
        said.append(ELSEWHERE if row is None else sentence(row, scale.word))
    return Look(scale, "".join(map(str, digits)), tuple(said))


def sentence(row: Mapping[Any, Any], word: Word) -> str:
    """Value with its unit, what it was counted from, how sure it is and where it stands; a line each."""
    if not row["is_reported"]:
        return f"{word.label}：{NOT_REPORTED}"
    small = "（样本不足，不上色）" if row["is_small"] else ""
    lines = [f"{word.label}：{amount(row['value'], word)}{small}"]
    lines += [base] if (base := counted_from(row, word)) else []
    if not words.is_missing(row.get("value_low")):
        lines.append(f"95% 区间 {amount(row['value_low'], word)} 至 {amount(row['value_high'], word)}")
    if not words.is_missing(row.get("place_no")):
        lines.append(place(row))
    return "\n".join(lines)


def amount(value: Any, word: Word) -> str:
    """A value with its unit."""
    if words.is_missing(value):
        return words.NOTHING
    unit = "" if word.unit in ("", "%") else f" {word.unit}"
    return f"{words.value(float(value), word.unit)}{unit}"


def counted_from(row: Mapping[Any, Any], word: Word) -> str:
    """按期处置数 15 / 应处置数 21; empty for what is not divided."""
    if is_bare(word):
        return ""
    told = ((word.numerator, row["numerator"]), (word.denominator, row["denominator"]))
    named = [f"{labels.label(name)} {words.number(count)}" for name, count in told if name]
    return " / ".join(named) if len(named) == 2 else ""


def place(row: Mapping[Any, Any]) -> str:
    """第 3 位（有把握的范围：2 至 7）."""
    low, high = (words.number(row[name]) for name in ("place_low", "place_high"))
    return f"第 {words.number(row['place_no'])} 位（把握范围 {low} 至 {high}）"


def clear(rows: pd.DataFrame) -> list[Any]:
    """The values that get a colour: those counted from enough."""
    return rows.loc[~rows["is_small"].astype(bool), "value"].tolist()


def said(rows: pd.DataFrame, measure: str) -> str:
    """The map in one sentence: the three grids that stand out, and how many say nothing."""
    term = labels.term(measure)
    first = rows[~rows["is_small"].astype(bool)].dropna(subset=["value"]).nlargest(3, "value")
    named = "，".join(
        f"{row['community']} {row['grid_name']} {amount(row['value'], term)}"
        for row in first.to_dict("records")
    )
    silent = int((~rows["is_reported"].astype(bool)).sum())
    return f"{term.label}网格图：最高的是{named or words.NOTHING}；{silent} 个网格未上报"


def _class(row: Mapping[Any, Any], scale: Scale) -> int:
    value = row["value"]
    return scale.class_of(
        None if words.is_missing(value) else float(value),
        is_reported=bool(row["is_reported"]),
        is_small=bool(row["is_small"]),
    )
