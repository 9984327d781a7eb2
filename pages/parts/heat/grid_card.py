"""All about one grid in a side panel: who is responsible by role, what is there, owed, and how it stands."""

import html
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from pages.parts import charts, evidence, exhibit, labels, notices, places, proof, theme, words
from pages.parts.ask import ask, street
from pages.parts.behind.overview import CASE
from pages.parts.charts import Series
from pages.parts.maps import looks
from queries import Scope, grids, hazards

WEEKS = 13
HINT = "点地图上的网格，可点多个：它们成为所有页面的筛选，这里显示网格的情况。再点一次取消。"
CASES = {"open_stock": "在办", "overdue_stock": "超期"}


def show(scope: Scope, measure: str, is_clickable: bool = True) -> None:
    """The card of a chosen grid; how to choose one, where none is and the map knows grids."""
    known = places.grids(street()).set_index("grid_code")["label"]
    chosen = [code for code in scope.grids if code in known.index]
    if not chosen:
        if is_clickable:
            notices.quiet(HINT)
        return
    code = chosen[0]
    if len(chosen) > 1:
        # a list, not buttons: Streamlit reads the words on buttons as markdown
        code = st.selectbox(
            "网格",
            chosen,
            format_func=known.__getitem__,
            key="card",
            bind="query-params",
            label_visibility="collapsed",
        )
    here = replace(scope, grids=(code,))
    answer = ask(grids.card, replace(scope, grids=()), grid=code)
    if answer.empty:
        notices.quiet(f"{known[code]}不在网格信息表里。")
        return
    st.html(face(answer.iloc[0].to_dict()))
    with st.container(horizontal=True, gap="small", key="grid_rows"):
        for count, said in CASES.items():
            if st.button(f"{said}明细", key=f"rows_{count}", type="tertiary"):
                _rows(known[code], count, here)
    _trend(code, measure, scope)


def face(card: Mapping[Any, Any]) -> str:
    """The card's HTML."""
    kind = labels.said("grid_kind", str(card["grid_kind"])) if card["grid_kind"] else ""
    title = f"{card['community'] or ''} {card['grid_name'] or card['grid_code']}".strip()
    entries = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{told}</dd>"
        for name, told in (
            ("人口", _listed(card, ("population", "households", "floating_population"))),
            ("力量", _people(card)),
            ("单位", _listed(card, ("active_enterprises", "active_shops"))),
            ("红色", _red(card)),
            ("最近巡查", _visit(card)),
            ("隐患", _hazards(card)),
            ("按期处置率", _on_time(card)),
        )
    )
    return (
        f'<article class="grid-card"><h3>{html.escape(title)}</h3><p>{html.escape(kind)}</p>'
        f"<dl>{entries}</dl></article>"
    )


def _listed(card: Mapping[Any, Any], names: tuple[str, ...]) -> str:
    return "，".join(f"{html.escape(labels.label(name))} <b>{_amount(card, name)}</b>" for name in names)


def _amount(card: Mapping[Any, Any], name: str) -> str:
    return html.escape(looks.amount(card[name], labels.term(name)))


def _people(card: Mapping[Any, Any]) -> str:
    """Roles and how many fill them; nobody's name is known."""
    head = "未上报" if words.is_missing(card["has_head"]) else "有" if card["has_head"] else "没有"
    return f"网格长 <b>{head}</b>，{_listed(card, ('full_time_count', 'part_time_count'))}"


def _red(card: Mapping[Any, Any]) -> str:
    told = _listed(card, ("red_enterprises", "red_shops"))
    is_red = any(
        not words.is_missing(card[name]) and card[name] > 0 for name in ("red_enterprises", "red_shops")
    )
    return f"{theme.chip('red')} {told}" if is_red else told


def _visit(card: Mapping[Any, Any]) -> str:
    if words.is_missing(card["last_visit_at"]):
        return "没有巡查记录"
    last = words.moment(card["last_visit_at"].to_pydatetime(), settings.today())
    return f"<b>{last}</b>，距今 {_amount(card, 'unvisited_days')}；本期 {_amount(card, 'visit_count')}"


def _hazards(card: Mapping[Any, Any]) -> str:
    late = card["overdue_stock"]
    mark = ' class="worse"' if not words.is_missing(late) and late > 0 else ""
    return (
        f"在办 <b>{_amount(card, 'open_stock')}</b>，超期 <b{mark}>{_amount(card, 'overdue_stock')}</b>，"
        f"最久 {_amount(card, 'longest_open_days')}；本期立案 {_amount(card, 'filed')}"
    )


def _on_time(card: Mapping[Any, Any]) -> str:
    """The rate with what it is counted from, its interval, and its rank where it may be ranked."""
    rate = words.percent(card["on_time_handling_rate"])
    told = [f"<b>{rate}</b>（{words.part_of(card['handled_on_time'], card['need_to_handle'])}）"]
    if not words.is_missing(card["on_time_handling_rate_low"]):
        low, high = (words.percent(card[f"on_time_handling_rate_{end}"]) for end in ("low", "high"))
        told.append(f"95% 区间 {low} 至 {high}")
    ranked = not words.is_missing(card["place_no"])
    told.append(looks.place(card) if ranked else "应处置不足 30 件，不排名")
    return "，".join(told)


def _trend(code: str, measure: str, scope: Scope) -> None:
    covered = replace(scope, grids=())
    term = labels.term(measure)
    rows = ask(grids.trend, covered, grid=code, measure=measure, weeks=WEEKS)

    def draw(rows: pd.DataFrame) -> None:
        days = [day.date() for day in rows["week_on"]]
        charts.lines([Series(term.label, days, rows["value"].tolist())], term, "grid_trend")

    exhibit.show(
        f"{term.label}，近 {WEEKS} 周",
        rows if rows["value"].notna().any() else rows.head(0),
        (measure, "week_on", "value", "numerator", "denominator", "is_reported", "is_small"),
        "grid_trend",
        draw,
        grids.trend,
        {"grid": code, "measure": measure, "weeks": WEEKS},
        scope=covered,
    )


@st.dialog("网格明细", position="right", width=evidence.DRAWER_PX)
def _rows(name: str, count: str, scope: Scope) -> None:
    def told() -> None:
        title = f"{name} {CASES[count]}隐患"
        st.subheader(words.literal(title), anchor=False)
        found = ask(hazards.cases, scope, count=count)
        proof.rows(found, CASE, f"grid_{count}", title, hazards.cases, {"count": count}, scope)

    notices.calmly(told)()
