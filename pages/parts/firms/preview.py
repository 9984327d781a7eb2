"""规则预演: other weights, floors and periods on trial: who would flip, before anybody adopts them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from data.rule_draft import Changes, drafted
from data.rules import Rule, rule
from data.trouble import Trouble
from pages.parts import exhibit, notices, proof, tables, theme, words
from pages.parts.ask import ask
from pages.parts.firms import choice
from queries import Scope, rule_preview

FLIPS = ["name", "grid_name", "colour", "colour_by_draft", "score", "score_by_draft", "is_overridden"]
COLOURS = ("green", "yellow", "red", "unrated")


def show(scope: Scope, scheme: str) -> None:
    """The sliders on the left; on the right who would flip, and the draft to take home."""
    known = rule(str(ask(rule_preview.rule_text, scope, scheme=scheme)["rule_content"].iloc[0]), "现行规则")
    left, right = st.columns([2, 3], gap="medium")
    with left:
        notices.quiet("拖动改一改，右边立刻算出谁会变色。这里只是试算，什么也不会改变。")
        changes = _sliders(known, scheme)
    with right:
        _outcome(known, changes, scope, scheme)


def _sliders(known: Rule, scheme: str) -> Changes:
    def slider(name: str, said: str, low: int, high: int, value: int) -> int:
        return int(st.slider(said, low, high, value, key=f"try_{scheme}_{name}"))

    st.subheader("门槛与观察期", anchor=False)
    green, yellow, _ = known.floors
    floors = {
        "green": slider("green", "绿色下限（分）", 50, known.max_score, green),
        "yellow": slider("yellow", "黄色下限（分）", 10, known.max_score - 1, yellow),
    }
    back = known.hysteresis
    margin = slider("margin", "升级余量（分）", 0, 15, back.margin)
    passes = slider("passes", "升级须连续合格（次）", 1, 6, back.passes)
    dwell = {
        colour: slider(f"dwell_{colour}", f"{theme.WORDS[colour]}色最短停留（天）", 0, 120, days)
        for colour, days in (("red", back.dwell_days[2]), ("yellow", back.dwell_days[1]))
    }
    probation = slider("probation", "由红升黄后的观察期（天）", 0, 180, back.probation_days)
    with st.expander("权重：各维度满分（合计须等于满分）"):
        points = {
            each.id: slider(f"points_{each.id}", each.title, 1, 80, each.points) for each in known.dimensions
        }
    with st.expander("权重：每处扣几分"):
        pers = {
            each.id: slider(
                f"per_{each.id}", f"{each.id} {each.reason.replace('{n}', '几')}", 1, each.cap, each.per
            )
            for each in known.deductions
        }
    return Changes(points, pers, {}, floors, dwell, margin, passes, probation)


def _outcome(known: Rule, changes: Changes, scope: Scope, scheme: str) -> None:
    starts = settings.today() + timedelta(days=1)
    text = drafted(known, changes, f"草案 {starts}", starts)
    try:
        rule(text, "草案")
    except Trouble as trouble:
        st.warning(words.literal(str(trouble)))
        return
    values = {"scheme": scheme, "draft": text}
    rows = proof.placed(ask(rule_preview.flips, scope, **values))
    flipped = rows[rows["is_flipped"]]
    st.html(_table(rows))
    exhibit.show(
        f"会变色的{choice.narrowed(scheme)}　{words.number(len(flipped))} 家",
        flipped,
        FLIPS,
        "flips",
        lambda told: choice.open_picked(
            tables.long(told, FLIPS, "flips", "会变色的", (proof.as_of(scope), "试算，未采用"), selects=True),
            "flips",
        ),
        rule_preview.flips,
        {"scheme": scheme},
        empty="一家也不变色。",
        note="按所看那天的事实，从前一次评定接着算；采用后当天的结果与这里相同。人工调整在期的照旧。",
    )
    st.download_button(
        "下载这份草案（TOML）",
        text.encode(),
        f"{scheme}-{starts}-草案.toml",
        "application/toml",
        key=f"draft_{scheme}",
        help="改好批准文号 approved_by 和生效日期后，用 python -m data rules adopt 采用",
    )


def _table(rows: pd.DataFrame) -> str:
    """From which colour to which: one row for each colour now, one column for each by the draft, as HTML."""
    counted = pd.crosstab(rows["colour"], rows["colour_by_draft"])
    shown = [colour for colour in COLOURS if colour in {*counted.index, *counted.columns}]
    head = "".join(f"<th>草案 {theme.chip(colour)}</th>" for colour in shown)
    body = "".join(f"<tr><th>现行 {theme.chip(now)}</th>{_cells(counted, now, shown)}</tr>" for now in shown)
    return (
        '<div class="list flips"><table aria-label="现行颜色与草案颜色">'
        f"<thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(counted: Any, now: str, shown: Sequence[str]) -> str:
    def count(then: str) -> int:
        return int(counted.loc[now, then]) if now in counted.index and then in counted.columns else 0

    return "".join(
        f'<td class="num{" kept" if then == now else ""}">{words.number(count(then))}</td>' for then in shown
    )
