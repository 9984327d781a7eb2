"""What moved a figure: the grids behind the change, their part of it, and whether it is more than chance."""

import html

import pandas as pd
import streamlit as st

from data.glossary import Word
from pages.parts import labels, notices, words
from pages.parts.figure import verdict

FIGURES = ("overdue_stock", "on_time_handling_rate", "filed", "closed")
MORE_THAN_CHANCE = ("named", "attention")


def show(moved: pd.DataFrame, figure: str, place: str) -> None:
    """The grids that moved one figure of `overview.what_moved` in a place, the largest part first."""
    rows = moved[(moved["figure"] == figure) & (moved["contribution"] != 0)]
    term = labels.term(figure)
    if rows.empty:
        notices.quiet(f"{place}{term.label}在这段时间没有变化。")
        return
    street_change = float(rows["street_change"].iloc[0])
    largest = float(rows["contribution"].abs().max())
    lines = "".join(_line(row, term, largest) for _, row in rows.iterrows())
    st.html(
        f'<p class="quiet">{html.escape(place + term.label)}变化 <b class="{verdict(street_change, term)}">'
        f"{words.moved(street_change, term.unit)}</b>，下面是带动变化最大的网格。</p>"
        f'<div class="list"><table aria-label="{html.escape(term.label)}变化最大的网格">'
        f'<thead><tr><th>网格<small>把握</small></th><th class="num">上期→本期</th><th>带动</th></tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _grid(row: pd.Series) -> str:
    """The grid as people call it; cases that a foreign register places nowhere stand together."""
    named = [str(row[name]) for name in ("community", "grid_name") if pd.notna(row[name])]
    return " ".join(named) or "未分网格"


def _line(row: pd.Series, term: Word, largest: float) -> str:
    part = float(row["contribution"])
    width = 100 * abs(part) / largest
    colour = verdict(part, term)
    before, now = (words.value(row[name], term.unit) for name in ("value_before", "value"))
    base = words.part_of(row["numerator"], row["denominator"]) if term.unit == "%" else ""
    sure = "sure" if row["certainty"] in MORE_THAN_CHANCE else ""
    said = labels.said("certainty", row["certainty"])
    return (
        f"<tr><td>{html.escape(_grid(row))}"
        f'<small class="{sure}">{html.escape(said)}</small></td>'
        f'<td class="num">{before}→{now}<small>{base}</small></td>'
        f'<td class="bar"><i class="{colour}" style="width:{width:.0f}%"></i>'
        f'<span class="{colour}">{words.moved(part, term.unit)}</span></td></tr>'
    )
