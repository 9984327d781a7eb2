"""One enterprise or shop: its colour, why, since when, what turns it green, and the rows behind it."""

import html
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from data import settings
from pages.parts import labels, notices, page, places, tables, theme, words
from pages.parts.ask import ask, street
from pages.parts.firms import choice, colour_strip, dossier, fix_list
from queries import Scope, subject_card

WHERE = ("grid_name", "district", "park", "industry", "state", "responsible_post", "inherent_risk")
PARTS = {
    "台账依据": dossier.fired,
    "隐患": dossier.hazards,
    "到访": dossier.looks,
    "责任状、证照等": dossier.papers,
}


def show(enterprise_key: str, scope: Scope) -> None:
    """The card of one subject, under every scheme it has a colour in, one below the other, never added up."""
    choice.back()
    found = ask(subject_card.card, scope, enterprise_key=enterprise_key)
    if found.empty:
        notices.quiet("截至所看的时刻，企业台账里没有这一家，或已经注销、迁出。")
        return
    found = found.assign(grid_name=places.called(found["grid_code"], street()))
    st.header(words.literal(str(found["name"].iloc[0])), anchor=False)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        for status in found.to_dict("records"):
            st.html(face(status))
            colour_strip.show(enterprise_key, str(status["scheme"]), scope)
    with right:
        st.html(where(found.iloc[0].to_dict()))
        fix_list.show(enterprise_key, scope)
        fix_list.dimensions(enterprise_key, scope)
    page.parts("dossier", {name: partial(show, enterprise_key) for name, show in PARTS.items()}, scope)


def face(status: Mapping[Any, Any]) -> str:
    """Its colour under one scheme as HTML: since when, why, what releases it, how near a better one is."""
    scheme = html.escape(choice.SCHEMES[str(status["scheme"])])
    since = ""
    if not words.is_missing(status["colour_since_on"]):
        on = words.day(status["colour_since_on"].date(), settings.today())
        since = f"自 {on} 起，已 {words.number(status['colour_days'])} 天"
    score = "" if words.is_missing(status["score"]) else f"{words.number(status['score'])} 分"
    head = f"{theme.chip(str(status['colour']))}<b>{html.escape(score)}</b><span>{html.escape(since)}</span>"
    lines = [f'<p class="firm-colour">{head}{_marks(status)}</p>']
    for name in ("reason", "release"):
        if not words.is_missing(status[name]):
            told = html.escape(str(status[name]))
            lines.append(f"<p><small>{html.escape(WORDING[name])}</small>{told}</p>")
    lines += [f"<p><small>升级进度</small>{html.escape(told)}</p>" for told in _progress(status)]
    if not words.is_missing(status["rated_colour"]) and status["colour_basis"] != "rating":
        on = words.day(status["rated_colour_on"].date(), settings.today())
        differs = " <b>与规则不同</b>" if status["rated_colour"] != status["colour"] else ""
        rated = theme.chip(str(status["rated_colour"]))
        lines.append(f"<p><small>评定台账</small>{rated} {html.escape(on)}{differs}</p>")
    return f'<section class="firm"><h4>{scheme}</h4>{"".join(lines)}</section>'


WORDING = {"reason": "为什么", "release": "解除条件"}


def _marks(status: Mapping[Any, Any]) -> str:
    """What has to be said beside the colour: on trial, set by hand, stale, from the ledger of ratings."""
    marks = []
    if status["colour_basis"] == "rating":
        marks.append("取自评定台账")
    elif status["is_trial"] is True:
        marks.append("试行")
    if status["colour_basis"] == "override":
        marks.append("人工调整")
    if status["is_stale"] is True:
        marks.append("数据过期")
    if status["is_dwell_doubled"] is True and status["colour"] == "red":
        marks.append("观察期内再次变红，停留加倍")
    return "".join(f'<i class="trial">{html.escape(mark)}</i>' for mark in marks)


def _progress(status: Mapping[Any, Any]) -> list[str]:
    """How many good looks and how many days of those it needs for a better colour."""
    if status["colour"] not in ("red", "yellow") or words.is_missing(status["dwelt_days"]):
        return []
    better = labels.said("colour", "yellow" if status["colour"] == "red" else "green")
    need, have, dwell, dwelt = (
        words.number(status[name]) for name in ("pass_need", "pass_count", "dwell_days", "dwelt_days")
    )
    return [f"转{better}须连续 {need} 次评定达到，已 {have} 次；至少停留 {dwell} 天，已 {dwelt} 天。"]


def where(status: Mapping[Any, Any]) -> str:
    """Where it is, what it does, who answers for it by post, and when somebody was last there, in HTML."""
    told = [
        (labels.label(name), tables.text(name, status[name]))
        for name in WHERE
        if not words.is_missing(status[name])
    ]
    seen = status["last_seen_on"]
    told.append((labels.label("last_seen_on"), tables.text("last_seen_on", seen)))
    if not words.is_missing(status["visit_due_on"]):
        late = "（已超期）" if status["is_visit_overdue"] is True else ""
        told.append(
            (labels.label("visit_due_on"), tables.text("visit_due_on", status["visit_due_on"]) + late)
        )
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in told)
    return f'<div class="terms"><section><dl>{rows}</dl></section></div>'
