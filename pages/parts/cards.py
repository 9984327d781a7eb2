"""A figure as a card: what it is, how much, counted from what, and how it moved."""

import html
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from pages.parts import evidence, trend, words
from pages.parts.ask import Question
from pages.parts.figure import Figure

NARROWEST_PX = 250
VERDICTS = {"better": "好转", "worse": "变差", "": ""}


def face(figure: Figure) -> str:
    """The card's HTML, sized in em so that the wall can show the same one from across a room."""
    term = figure.term
    unit = f"<small>{html.escape(term.unit)}</small>" if figure.is_known and term.unit != "%" else ""
    return (
        f'<article class="figure" aria-label="{html.escape(figure.sentence, quote=True)}">'
        f'<p class="figure-label">{html.escape(term.label)}</p>'
        f'<p class="figure-value">{words.value(figure.value, term.unit)}{unit}</p>'
        f'<p class="figure-change">{_change(figure)}</p>'
        f"{trend.line(figure.trend, f'{term.label}近 {len(figure.trend)} 天走势') if figure.trend else ''}"
        f'<p class="figure-base">{html.escape(figure.base)}</p></article>'
    )


def faces(shown: Sequence[Figure]) -> list[tuple[int, str]]:
    """One entry a card: its number and its HTML. Figures never to be added up stand in one, side by side."""
    grouped = [(number, list(group)) for number, group in groupby(shown, key=lambda figure: figure.card)]
    return [
        (number, f'<div class="faces">{"".join(face(each) for each in group)}</div>')
        for number, group in grouped
    ]


def figures(shown: Sequence[Figure], asked: Question, values: Mapping[str, Any] | None = None) -> None:
    """The cards, three in a row where there is room, each with the way to its definition and its rows.

    `asked` is the question they are the answer of, and `values` its own; the rows behind go by them too.
    """
    with st.grid(3, min_column_width=NARROWEST_PX, gap="small", key="figures"):
        for number, drawn in faces(shown):
            with st.container(key=f"card_{number}", gap="xsmall"):
                st.html(drawn)
                evidence.button([figure for figure in shown if figure.card == number], asked, values or {})


def _change(figure: Figure) -> str:
    if not figure.is_known:
        return html.escape(figure.why_missing)
    arrow = "" if not figure.moved else "▲ " if figure.moved > 0 else "▼ "
    verdict = figure.verdict
    return (
        f'<b class="{verdict}">{arrow}{html.escape(figure.change)}</b> '
        f"<span>{figure.compared_with}{VERDICTS[verdict]}</span>"
    )
