"""How long the public waits: taken up, handled, told, each with those who still wait."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, words
from pages.parts.ask import ask
from queries import Scope, reports

LONGEST_DAYS = 30
QUANTILES = ("half_days", "ninth_decile_days")
COLUMNS = ["clock", "begun_count", "ended_count", "waiting_count", "waiting_rate", *QUANTILES]


def table(scope: Scope, kind: str, channel: str) -> None:
    """The four clocks, a line each."""
    values = {"kind": kind, "channel": channel}
    rows = ask(reports.clocks, scope, **values)
    exhibit.show(
        "四段时钟",
        rows if rows["begun_count"].sum() else rows.head(0),
        COLUMNS,
        "clocks",
        _lines,
        reports.clocks,
        values,
        empty="这段时间没有要派单、处置或反馈的来件。",
        note="本期开始等的来件，还在等的也计在内；无效的和重复的不算。",
    )


def curves(scope: Scope, kind: str, channel: str) -> None:
    """The share that still waits, clock by clock."""
    values = {"kind": kind, "channel": channel, "days": LONGEST_DAYS}
    exhibit.show(
        "等了这么久，还有多少没有等到",
        ask(reports.clock_curves, scope, **values),
        ["clock", "waited_days", "share_waiting"],
        "clock_curves",
        _curves,
        reports.clock_curves,
        values,
        empty="这段时间没有来件。",
    )


def lasted(days: Any) -> str:
    """A length of waiting; a quantile not yet reached says so."""
    return "还没到" if words.is_missing(days) else words.lasting(days)


def _lines(rows: pd.DataFrame) -> None:
    head = "".join(
        f'<th class="num">{html.escape(labels.label(name))}</th>' for name in (*QUANTILES, "waiting_rate")
    )
    body = "".join(
        f"<tr><td>{html.escape(labels.said('clock', row['clock']))}"
        f"<small>{labels.label('begun_count')} {words.number(row['begun_count'])}</small></td>"
        + "".join(f'<td class="num">{_told(row, name)}</td>' for name in QUANTILES)
        + f'<td class="num">{words.percent(row["waiting_rate"])}'
        f"<small>{words.part_of(row['waiting_count'], row['begun_count'])}</small></td></tr>"
        for row in rows.to_dict("records")
    )
    st.html(
        '<div class="list"><table aria-label="四段时钟">'
        f"<thead><tr><th>{labels.label('clock')}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _told(row: Any, name: str) -> str:
    return lasted(row[name]) if row["begun_count"] else words.NOTHING


def _curves(rows: pd.DataFrame) -> None:
    drawn = {
        labels.said("clock", str(clock)): (part["waited_days"].tolist(), part["share_waiting"].tolist())
        for clock, part in rows.groupby("clock", sort=False)
    }
    charts.steps(drawn, labels.term("share_waiting"), "chart_clock_curves")
