"""Colours that can be told apart and read."""

import tomllib
from pathlib import Path

import pytest

from pages.parts import theme

CONFIG = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text("utf-8"))


def test_the_three_colours_never_come_without_mark_and_word() -> None:
    assert theme.chip("red") == '<span class="chip red">■ 红</span>'
    assert theme.chip("yellow") == '<span class="chip yellow">▲ 黄</span>'
    assert theme.chip("green") == '<span class="chip green">● 绿</span>'
    assert theme.chip("unrated") == '<span class="chip unrated">◇ 未评</span>'


def test_the_three_colours_are_those_that_survive_colour_blindness() -> None:
    told = [theme.THREE_COLOURS[name] for name in ("red", "yellow", "green")]
    assert told == ["#A8071A", "#FFC53D", "#08979C"]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_every_ink_can_be_read_on_its_ground(mode: theme.Mode, ground: str) -> None:
    colours = CONFIG["theme"][mode]
    inks = {**theme.INKS[mode], "text": colours["textColor"], "accent": colours["primaryColor"]}
    faint = {name: contrast(ink, colours[ground]) for name, ink in inks.items()}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", ["red", "yellow", "green"])
def test_the_word_on_a_colour_can_be_read(name: str) -> None:
    assert contrast(theme.ON_COLOUR[name], theme.THREE_COLOURS[name]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #A8071A."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
