"""变化: who moved, how the colours went over the months, how long red lasts and whether green holds."""

import html

import pandas as pd
import streamlit as st

from pages.parts import charts, exhibit, labels, notices, page, theme, words
from pages.parts.ask import ask
from pages.parts.firms import choice, roll
from queries import Scope, colour_history, three_colour

COLOURS = ("red", "yellow", "green", "unrated")
MOVES = ("upgrade", "downgrade", "newly_rated", "lapsed", "deregistered")
CHANGED = ["name", "grid_name", "colour_then", "colour", "colour_change", "colour_since_on", "reason"]
MONTHS = ["month_on", "green_count", "yellow_count", "red_count", "rated_count", "red_rate", "is_rule_change"]
SUMMARY = {
    "turned_green_rate": ("turned_green", "not_green_then"),
    "rebound_rate": ("green_rebounds", "green_followed"),
    "red_to_green_days": ("red_lives_ended", "red_lives"),
}


def show(scope: Scope, scheme: str) -> None:
    """The flow since the period before, then the months, the matrix and the way from red to green."""
    flow(scope, scheme)
    left, right = st.columns(2, gap="medium")
    with left:
        months(scope, scheme)
        matrix(scope, scheme)
    with right:
        way_back(scope, scheme)
        broken(scope, scheme)


def flow(scope: Scope, scheme: str) -> None:
    """How many went up, down, were newly rated or lapsed, and everybody who did."""
    values = {"scheme": scheme}
    exhibit.show(
        f"{page.compared_with(scope)}的变化",
        ask(colour_history.flow, scope, **values),
        ["colour_then", "colour", "colour_move", "moved_count"],
        "colour_flow",
        lambda told: st.html(moves(told)),
        colour_history.flow,
        values,
        empty="两期都没有评定。",
    )
    roll.show(
        "谁变了颜色",
        three_colour.colour_changes,
        values,
        CHANGED,
        "changed",
        scope,
        empty="没有谁变色。",
        note="变红的在前；点一行看它的卡片。",
    )


def moves(rows: pd.DataFrame) -> str:
    """升 12 家, 降 9 家 ... as HTML, each with its parts: 黄→绿 10."""
    parts = []
    for move in MOVES:
        moved = rows[rows["colour_move"] == move]
        each = "　".join(
            f"{_worn(then)}→{_worn(now)} {words.number(count)}"
            for then, now, count in moved[["colour_then", "colour", "moved_count"]].itertuples(index=False)
        )
        count = words.number(float(moved["moved_count"].sum()))
        parts.append(
            f"<li><p>{html.escape(labels.said('colour_move', move))}</p><b>{count}<small>家</small></b>"
            f"<small>{each or '没有'}</small></li>"
        )
    return f'<ol class="moves">{"".join(parts)}</ol>'


def _worn(colour: object) -> str:
    """The chip of a colour; whoever has left the register wears none."""
    return "注销" if words.is_missing(colour) else theme.chip(str(colour))


def months(scope: Scope, scheme: str) -> None:
    """The colours at every month's end; a month in which the rule changed is told."""
    values = {"scheme": scheme}
    rows = ask(colour_history.months, scope, **values)
    broke = rows[rows["is_rule_change"]]["month_on"]
    told = "、".join(f"{month.year}年{month.month}月" for month in broke)
    exhibit.show(
        "各月末的颜色",
        rows,
        MONTHS,
        "colour_months",
        lambda told: charts.stacked(
            [f"{month:%y}年{month.month}月" for month in told["month_on"]],
            {
                theme.MARKS[each] + " " + theme.WORDS[each]: told[f"{each}_count"].tolist()
                for each in COLOURS[:3]
            },
            labels.term("rated_count"),
            "chart_colour_months",
            fills={
                theme.MARKS[each] + " " + theme.WORDS[each]: theme.THREE_COLOURS[each] for each in COLOURS[:3]
            },
        ),
        colour_history.months,
        values,
        empty="还没有评定。",
        note="只算现在在营的；未评的不在图里。" + (f"{told}口径变了，前后不能直接比。" if told else ""),
    )


def matrix(scope: Scope, scheme: str) -> None:
    """转色矩阵 of the last twelve whole months."""
    values = {"scheme": scheme}
    exhibit.show(
        "转色矩阵（近 12 个月，月初到下月初）",
        ask(colour_history.transitions, scope, **values),
        ["colour_then", "colour", "moved_count", "moved_from_count", "moved_rate"],
        "transitions",
        lambda told: st.html(_matrix(told)),
        colour_history.transitions,
        values,
        empty="还不满一个月。",
        note="每行相加是 100%：月初是这个颜色的，下月初各是什么颜色。",
    )


def _matrix(rows: pd.DataFrame) -> str:
    there = {*rows["colour_then"], *rows["colour"]}
    shown = [colour for colour in COLOURS if colour in there]
    cells = rows.set_index(["colour_then", "colour"])
    head = "".join(f"<th>到 {theme.chip(colour)}</th>" for colour in shown)
    body = ""
    for then in shown:
        line = ""
        for now in shown:
            found = cells.loc[[(then, now)]].iloc[0] if (then, now) in cells.index else None
            line += (
                f'<td class="num{" kept" if then == now else ""}">'
                + (
                    words.NOTHING
                    if found is None
                    else f"{words.percent(float(found['moved_rate']))}<small>"
                    f"{words.part_of(found['moved_count'], found['moved_from_count'])}</small>"
                )
                + "</td>"
            )
        body += f"<tr><th>从 {theme.chip(then)}</th>{line}</tr>"
    return (
        '<div class="list flips"><table aria-label="转色矩阵"><thead><tr><th></th>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def way_back(scope: Scope, scheme: str) -> None:
    """转绿率, 反弹率 and how long red lasts, with the curve."""
    answer = ask(colour_history.turned_green, scope)
    row = answer[answer["scheme"] == scheme].iloc[0]
    told = "；".join(_summary(row, name) for name in SUMMARY)
    values = {"scheme": scheme}
    exhibit.show(
        "变红以后多久转绿",
        ask(colour_history.time_to_green, scope, **values),
        ["red_lasted_days", "share_not_green", *SUMMARY],
        "time_to_green",
        lambda rows: charts.steps(
            {choice.narrowed(scheme): (rows["red_lasted_days"].tolist(), rows["share_not_green"].tolist())},
            labels.term("share_not_green"),
            "chart_time_to_green",
        ),
        colour_history.time_to_green,
        values,
        empty="还没有谁变红过。",
        note=f"{told}。还没转绿的也算在内（Kaplan-Meier）。",
    )
    fresh = ask(colour_history.evidence, scope)
    fresh = fresh[fresh["scheme"] == scheme]
    if not fresh.empty:
        one = fresh.iloc[0]
        seen = (
            f"{words.part_of(one['fresh_count'], one['subject_count'])}（{words.percent(one['fresh_rate'])}）"
        )
        notices.quiet(f"依据：近期有人去过的 {seen}，距今中位 {words.number(one['median_seen_days'])} 天。")


def _summary(row: pd.Series, name: str) -> str:
    """转绿率 31.2%（其中转绿 5 / 上期黄红 16）."""
    unit = labels.term(name).unit
    days = f" {unit}" if unit != "%" and not words.is_missing(row[name]) else ""
    counts = " / ".join(f"{labels.label(each)} {words.number(row[each])}" for each in SUMMARY[name])
    return f"{labels.label(name)} {words.value(row[name], unit)}{days}（{counts}）"


def broken(scope: Scope, scheme: str) -> None:
    """What a new rule did on its first day, where a rule was ever replaced."""
    values = {"scheme": scheme}
    rows = ask(colour_history.rule_breaks, scope, **values)
    if rows.empty:
        return
    columns = ["rule_changed_on", "rule_version", "old_rule_colour", "new_rule_colour", "moved_count"]
    exhibit.show(
        "换规则那天，新旧两版各给什么颜色",
        rows,
        columns,
        "rule_breaks",
        lambda told: roll.plain(told, columns, "换规则那天"),
        colour_history.rule_breaks,
        values,
    )
