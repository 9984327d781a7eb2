"""The measures of the glossary as a reader wants them: formula, parts, choice made, direction."""

import html

import streamlit as st

from data import glossary
from data.glossary import Word
from pages.parts import labels, notices

DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "none": "不论高低"}


def show(search: str) -> None:
    """Every measure that mentions `search`, by the ledger it comes from."""
    found = [word for word in glossary.measures() if search.strip().casefold() in _all_of(word)]
    if not found:
        notices.quiet("没有提到这个词的指标。")
        return
    for source in dict.fromkeys(word.source for word in found):
        st.subheader(source or "其他", anchor=False)
        entries = "".join(_entry(word) for word in found if word.source == source)
        st.html(f'<div class="terms">{entries}</div>')


def definition(word: Word) -> str:
    """One measure as a list of terms, in HTML; the drawer behind a figure shows the same."""
    parts = [labels.label(name) for name in (word.numerator, word.denominator) if name]
    told = {
        "算法": word.formula,
        "分子 / 分母": " / ".join(parts) if len(parts) == 2 else "",
        "口径": word.basis,
        "单位": "" if word.unit == "%" else word.unit,
        "方向": DIRECTIONS[word.direction],
        "来源": word.source,
        "隐私": "不足 5 人不显示" if word.is_people else "",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in told.items() if text)
    return f"<p>{html.escape(word.meaning)}。</p><dl>{rows}</dl>"


def _entry(word: Word) -> str:
    return f'<section id="{word.name}"><h4>{html.escape(word.label)}</h4>{definition(word)}</section>'


def _all_of(word: Word) -> str:
    return " ".join((word.label, word.meaning, word.formula, word.basis, word.name)).casefold()
