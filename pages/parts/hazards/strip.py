"""Figures side by side below the head, in cards without a drawer each: their exhibit has one for all."""

import pandas as pd
import streamlit as st

from pages.parts import cards
from pages.parts.figure import from_answer


def show(answer: pd.DataFrame, compared_with: str) -> None:
    """The figures of an answer in the columns of `overview.figures`."""
    drawn = "".join(f"<div>{face}</div>" for _, face in cards.faces(from_answer(answer, compared_with)))
    st.html(f'<div class="strip">{drawn}</div>')
