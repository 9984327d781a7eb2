"""Two maps side by side, or the difference between two periods on one; both sides in the same classes."""

import pandas as pd
import streamlit as st

from data.glossary import Word
from pages.parts import exhibit, labels, maps, notices, page, words
from pages.parts.ask import ask
from pages.parts.heat import one
from pages.parts.maps import land, looks, scale
from pages.parts.maps.ground import Ground
from pages.parts.series import SAID
from queries import Scope, grids

ROOM = (600, 520)
SAME, OWN = "两图同一把色阶。", "两项单位不同，各用各的色阶。"


def periods(measure: str, to: str, scope: Scope) -> None:
    """One measure now and then."""
    now = land.everywhere(scope)
    then = now.moved(to)
    rows, before = (ask(grids.by_grid, covered, measure=measure) for covered in (now, then))
    classes = scale.sequential(labels.term(measure), [*looks.clear(rows), *looks.clear(before)])
    left, right = st.columns(2, gap="medium")
    with left:
        _side("本期", rows, measure, classes, now, "now", scope.grids)
    with right:
        _side(SAID[to], before, measure, classes, then, "then", scope.grids)


def measures(first: str, second: str, scope: Scope) -> None:
    """Two measures of one period."""
    covered = land.everywhere(scope)
    answers = {name: ask(grids.by_grid, covered, measure=name) for name in (first, second)}
    are_alike = labels.term(first).unit == labels.term(second).unit
    shared = [value for rows in answers.values() for value in looks.clear(rows)]
    for column, name, key in zip(
        st.columns(2, gap="medium"), (first, second), ("first", "second"), strict=True
    ):
        values = shared if are_alike else looks.clear(answers[name])
        with column:
            _side(
                "",
                answers[name],
                name,
                scale.sequential(labels.term(name), values),
                covered,
                key,
                scope.grids,
            )
    notices.quiet(SAME if are_alike else OWN)


def difference(measure: str, to: str, scope: Scope) -> None:
    """By how much a measure moved in each grid."""
    now = land.everywhere(scope)
    then = now.moved(to)
    term = labels.term(measure)
    rows = _moved(*(ask(grids.by_grid, covered, measure=measure) for covered in (now, then)))

    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        classes = scale.difference(term, looks.clear(rows.assign(value=rows["change"])))
        look = _look(ground, rows, classes, term)
        alt = f"{term.label}，本期减{SAID[to]}，各网格之差"
        maps.grids(ground, look, "difference", alt, scope.grids, land.clicker(ground, rows))

    columns = (
        measure,
        "community",
        "grid_name",
        "value",
        "value_before",
        "change",
        "is_reported",
        "is_small",
    )
    exhibit.show(
        f"{term.label}：本期减{SAID[to]}",
        rows,
        columns,
        "difference",
        land.under(draw),
        grids.by_grid,
        {"measure": measure},
        empty=one.EMPTY,
        note=f"{page.period(now)}，对比 {page.period(then)}。",
        scope=now,
    )


def _side(
    name: str,
    rows: pd.DataFrame,
    measure: str,
    classes: scale.Scale,
    covered: Scope,
    key: str,
    chosen: tuple[str, ...],
) -> None:
    def draw(ground: Ground, rows: pd.DataFrame) -> None:
        look = looks.of_rows(ground, rows, classes)
        maps.grids(
            ground, look, f"side_{key}", looks.said(rows, measure), chosen, land.clicker(ground, rows), ROOM
        )

    exhibit.show(
        " ".join(part for part in (labels.label(measure), name) if part),
        rows,
        (measure, *one.COLUMNS),
        f"side_{key}",
        land.under(draw),
        grids.by_grid,
        {"measure": measure},
        empty=one.EMPTY,
        note=page.period(covered),
        scope=covered,
    )


def _moved(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """The rows of now with those of then beside them; a difference needs both reported and neither small."""
    told = ["value", "is_reported", "is_small"]
    both = now.merge(then[["grid_code", *told]], on="grid_code", how="left", suffixes=("", "_before"))
    both["change"] = both["value"] - both["value_before"]
    both["is_reported"] = both["is_reported"] & both["is_reported_before"].eq(True)
    both["is_small"] = both["is_small"] | both["is_small_before"].eq(True)
    return both.drop(columns=["is_reported_before", "is_small_before"])


def _look(ground: Ground, rows: pd.DataFrame, classes: scale.Scale, term: Word) -> maps.Look:
    look = looks.of_rows(ground, rows.assign(value=rows["change"]), classes)
    told = {
        row[
            "grid_code"
        ]: f"本期 {looks.amount(row['value'], term)}，之前 {looks.amount(row['value_before'], term)}"
        + ("" if words.is_missing(row["change"]) else f"\n差 {words.moved(row['change'], term.unit)}")
        for row in rows.to_dict("records")
    }
    lines = tuple(told.get(code, looks.ELSEWHERE) for code in ground.codes)
    return maps.Look(look.scale, look.digits, lines)
