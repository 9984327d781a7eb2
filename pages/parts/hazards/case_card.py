"""One case in a dialog: its steps and limits on a time line, its file and row, its photos, its neighbours."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from pages.parts import filters, labels, notices, places, proof, sources, tables, words
from pages.parts.ask import ask, street
from pages.parts.hazards import photos
from queries import Scope, closures

FACTS = (
    ("place", "part", "kind", "level"),
    ("source", "unit", "closing_level", "closed_basis", "is_self_verified"),
    ("measure", "fund", "emergency_plan", "note"),
)
SAME = ("hazard_no", "kind", "part", "stage", "reported_at", "closed_at")


def picked(row: Mapping[Any, Any] | None, key: str) -> None:
    """Open the case of the row picked in a table, once: the pick stays while the page runs again."""
    number = str(row["hazard_no"]) if row else ""
    if st.session_state.get(f"case_of_{key}", "") != number:
        st.session_state[f"case_of_{key}"] = number
        if number:
            _dialog(number)


def _dialog(hazard_no: str) -> None:
    """Show one case in a dialog, as it stood at the moment the page looks at."""

    # the number stands in the title, and Streamlit reads titles as markdown
    @st.dialog(f"案件 {words.literal(hazard_no)}", width="large")
    def shown() -> None:
        notices.calmly(lambda: show(hazard_no, filters.current()))()

    shown()


def show(hazard_no: str, scope: Scope) -> None:
    """Everything about one case, below one another."""
    found = ask(closures.case_card, scope, hazard_no=hazard_no)
    if found.empty:
        notices.quiet("截至所看的时刻，台账里没有这个编号。")
        return
    case = found.iloc[0].to_dict()
    life = ask(closures.case_life, scope, hazard_no=hazard_no)
    st.html(head(case, places.called(found["grid_code"], street()).iloc[0]))
    st.html(time_line(life, case))
    st.html(facts(case))
    photos.show(_text(case["photo_before"]), _text(case["photo_after"]))
    _same_place(hazard_no, scope)
    st.html(f'<p class="quiet">{html.escape(origin(found))}</p>')
    notices.quiet(proof.as_of(scope))


def head(case: Mapping[Any, Any], grid: str) -> str:
    """What it is and how it stands, in HTML; every text of the ledger is escaped."""
    marks = [labels.said("stage", str(case["stage"]))]
    marks += [
        labels.label(name) for name in ("is_overdue", "is_extended", "is_suspended") if case[name] is True
    ]
    if case["rework_count"]:
        marks.append(f"返工 {words.number(case['rework_count'])} 次")
    if _text(case["reopen_of"]):
        marks.append(f"重开自 {case['reopen_of']}")
    told = "　".join(marks)
    text = _text(case["description"]) or "台账没有写隐患描述。"
    return (
        f'<div class="case"><p class="quiet">{html.escape(grid)}　<b>{html.escape(told)}</b></p>'
        f"<p>{html.escape(text)}</p></div>"
    )


def time_line(life: pd.DataFrame, case: Mapping[Any, Any]) -> str:
    """The steps as they followed each other, limits in between; a step after its limit says so."""
    due = case["due_eff_at"]
    return f'<ol class="life">{"".join(_step(row, due) for row in life.to_dict("records"))}</ol>'


def _step(row: Mapping[Any, Any], due: Any) -> str:
    kind = "limit" if row["is_limit"] else "step"
    ends = row["step"] in ("handled", "closed", "as_at")
    is_late = ends and not words.is_missing(due) and row["happened_at"] > due
    late = '<b class="worse">▲ 超过期限</b>' if is_late else ""
    moment = words.moment(row["happened_at"].to_pydatetime(), settings.today())
    return (
        f'<li class="{kind}"><span>{html.escape(labels.said("step", str(row["step"])))}{late}</span>'
        f"<time>{moment}</time><small>第 {int(row['since_report_days']) + 1} 天</small></li>"
    )


def facts(case: Mapping[Any, Any]) -> str:
    """The other cells of the case that say something, by their names in the glossary."""
    told = [[name for name in group if not words.is_missing(case[name])] for group in FACTS]
    return f'<div class="terms">{"".join(_group(case, names) for names in told if names)}</div>'


def _group(case: Mapping[Any, Any], names: Sequence[str]) -> str:
    rows = "".join(
        f"<dt>{html.escape(labels.label(name))}</dt><dd>{html.escape(tables.text(name, case[name]))}</dd>"
        for name in names
    )
    return f"<section><dl>{rows}</dl></section>"


def origin(found: pd.DataFrame) -> str:
    """一数一证 of one case: its file, its sheet and row, and since when the warehouse knows it."""
    case = found.iloc[0]
    sheet = f"工作表「{case['source_sheet']}」" if _text(case["source_sheet"]) else ""
    known = words.moment(case["known_since"].to_pydatetime(), settings.today())
    return f"{sources.told(found, street())}{sheet}第 {case['source_row']} 行，{known} 入库。"


def _same_place(hazard_no: str, scope: Scope) -> None:
    same = ask(closures.same_place, scope, hazard_no=hazard_no)
    if not same.empty:
        with st.expander(f"同一场所的其他案件：{len(same)} 件"):
            tables.short(same, SAME, "没有。", "同一场所的其他案件")


def _text(value: Any) -> str:
    return "" if words.is_missing(value) else str(value)
