"""Every colour the pages use, in light and in dark, and the one style sheet that is built from them."""

from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

Mode = Literal["light", "dark"]

SHEET = Path(__file__).with_name("theme.css")
# Told apart under every common colour blindness and in grey; always shown with their mark and their word.
THREE_COLOURS = {"red": "#A8071A", "yellow": "#FFC53D", "green": "#08979C"}
# No grey between red and yellow is far from both: the unrated are ink, nearly white on the dark ground.
UNRATED: dict[Mode, str] = {"light": "#24303A", "dark": "#F7F9FB"}
# Where nobody reported anything: a quiet grey, hatched or said in words beside it.
UNREPORTED = "#8C99A5"
MARKS = {"red": "■", "yellow": "▲", "green": "●", "unrated": "◇"}
WORDS = {"red": "红", "yellow": "黄", "green": "绿", "unrated": "未评"}
ON_COLOUR = {"red": "#FFFFFF", "yellow": "#3D2B00", "green": "#00181A"}

# Text colours that keep a contrast of at least 4.5 on their own background.
INKS: dict[Mode, dict[str, str]] = {
    "light": {
        "muted": "#566573",
        "worse": "#A8071A",
        "better": "#07696D",
        "warn": "#8A5A00",
    },
    "dark": {
        "muted": "#A3B3C1",
        "worse": "#FF9A8F",
        "better": "#5CCFC9",
        "warn": "#F2C46B",
    },
}


def mode() -> Mode:
    """Whether the reader's browser shows the light or the dark theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def colour(option: str, shown: Mode | None = None) -> str:
    """A colour of .streamlit/config.toml, for what the style sheet and the charts draw themselves."""
    return str(st.get_option(f"theme.{shown or mode()}.{option}"))


def ink(name: str, shown: Mode | None = None) -> str:
    """A text colour of this house: muted, worse, better, warn."""
    return INKS[shown or mode()][name]


def fill(name: str, shown: Mode | None = None) -> str:
    """What one of the three colours, or unrated, is filled with on the ground of a theme."""
    return UNRATED[shown or mode()] if name == "unrated" else THREE_COLOURS[name]


def on_fill(name: str, shown: Mode | None = None) -> str:
    """What is written on that fill."""
    if name != "unrated":
        return ON_COLOUR[name]
    return UNRATED["light" if (shown or mode()) == "dark" else "dark"]


def palette(shown: Mode | None = None) -> list[str]:
    """The colours that tell series apart, the accent first."""
    return list(st.get_option(f"theme.{shown or mode()}.chartCategoricalColors"))


def ramp(shown: Mode | None = None) -> list[str]:
    """The colours from little to much."""
    return list(st.get_option(f"theme.{shown or mode()}.chartSequentialColors"))


@cache
def sheet(shown: Mode) -> str:
    """The style sheet with the colours of one theme filled in as variables."""
    names = {
        "accent": colour("primaryColor", shown),
        "ground": colour("backgroundColor", shown),
        "card": colour("secondaryBackgroundColor", shown),
        "text": colour("textColor", shown),
        "line": colour("borderColor", shown),
        **INKS[shown],
        **{f"{name}-fill": fill(name, shown) for name in MARKS},
        **{f"{name}-on": on_fill(name, shown) for name in MARKS},
    }
    variables = "".join(f"--{name}:{value};" for name, value in names.items())
    return f"<style>:root{{{variables}}}\n{SHEET.read_text('utf-8')}</style>"


def apply() -> None:
    """Give the page its style sheet; the frame calls this once a run."""
    st.html(sheet(mode()))


def chip(name: str) -> str:
    """One of the three colours as HTML: colour, mark and word together, never colour alone."""
    return f'<span class="chip {name}">{MARKS[name]} {WORDS[name]}</span>'
