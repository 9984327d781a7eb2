"""The way of a hazard from report to closing, and the balance of what came in and what left."""

import html
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import exhibit, labels, words
from pages.parts.ask import ask
from queries import Scope, handling, hazards

WEEKS = 13
CLOSED = "closed"
TERMS = (
    ("", "opening_stock"),
    ("+", "newly_filed"),
    ("+", "reopened"),
    ("−", "closed"),
    ("−", "voided"),
    ("=", "closing_stock"),
)


def stages(scope: Scope, kind: str) -> None:
    """Every step with the cases that stand at it and how long cases stay."""
    covered = scope.reaching(WEEKS)
    exhibit.show(
        "走到哪一步，停了多久",
        ask(handling.stages, covered, kind=kind),
        ["stage", "stage_stock", "step_count", "still_there_count", "step_median_days", "step_p90_days"],
        "stages",
        lambda rows: _flow(rows, "这段时间销号" if covered == scope else f"近 {WEEKS} 周销号"),
        handling.stages,
        {"kind": kind},
        note=f"件数是截止时刻停在这一步的；时间看近 {WEEKS} 周进入这一步的，尚未离开的也计在内。",
        scope=covered,
    )


def balance(scope: Scope, kind: str) -> None:
    """期初 + 新立案 + 重开 − 销号 − 作废 = 期末, as an equation that adds up."""
    [aside] = ask(hazards.case_measures, scope, kind=kind)["self_handled"]
    exhibit.show(
        "进出账",
        ask(hazards.balance, scope, kind=kind),
        ["opening_stock", "newly_filed", "reopened", "closed", "voided", "closing_stock", "net_closing"],
        "balance",
        _equation,
        hazards.balance,
        {"kind": kind},
        note=f"当场自行处置的 {words.number(aside)} 件另计，不进出。" if aside else "",
    )


def _flow(rows: pd.DataFrame, closed_when: str) -> None:
    waiting = rows.loc[rows["stage"] != CLOSED, "stage_stock"]
    most = max(int(waiting.max()), 1)
    st.html(
        f'<ol class="flow">{"".join(_step(row, most, closed_when) for row in rows.to_dict("records"))}</ol>'
    )


def _step(row: Mapping[Any, Any], most: int, closed_when: str) -> str:
    if row["stage"] == CLOSED:
        bar, told = "", closed_when
    else:
        share = 100 * int(row["stage_stock"]) / most
        bar = f'<i style="width:{share:.1f}%"></i>'
        told = f"半数 {words.lasting(row['step_median_days'])}，九成 {words.lasting(row['step_p90_days'])}"
        if words.is_missing(row["step_median_days"]):
            told = "没有可计的时间" if not row["step_count"] else "过半还没有离开"
    stage = html.escape(labels.said("stage", str(row["stage"])))
    return (
        f"<li><p>{stage}</p><b>{words.number(row['stage_stock'])}<small>件</small></b>"
        f'<span class="gauge">{bar}</span><small>{told}</small></li>'
    )


def _equation(rows: pd.DataFrame) -> None:
    [row] = rows.to_dict("records")
    told = "".join(
        f"{f'<i>{sign}</i>' if sign else ''}<span><b>{words.number(row[name])}</b>"
        f"<small>{html.escape(labels.label(name))}</small></span>"
        for sign, name in TERMS
    )
    st.html(f'<p class="equation">{told}</p>')
