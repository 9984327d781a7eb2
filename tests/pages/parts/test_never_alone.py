"""A colour never stands alone: whoever paints one of the three writes its mark and its word beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.glossary import words
from pages.parts import tables, theme

HOUSE = Path(__file__).parents[3]
PAINT = {"THREE_COLOURS", "ON_COLOUR", "fill", "on_fill"}
TOLD = ({"MARKS", "WORDS"}, {"chip"})
# Draws the marks themselves; whoever shows its picture says the words.
DRAWS_MARKS = "pages/parts/maps/shapes.py"
# Classes of the style sheet that wear a colour, and who alone writes them.
WORN = {"chip": "pages/parts/theme.py", "colour-strip": "pages/parts/firms/colour_strip.py"}
VARIABLE = re.compile(r"var\(--[^)]*-(fill|on)\b")


def modules() -> Iterator[tuple[str, str]]:
    """Every module that shows something, by its path, with its text."""
    for path in sorted((HOUSE / "pages").rglob("*.py")):
        yield path.relative_to(HOUSE).as_posix(), path.read_text("utf-8")


def used(tree: ast.AST) -> set[str]:
    """What a module takes from the theme."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "theme"
    }


def painted_alone(text: str) -> bool:
    """Whether a module paints one of the three without taking its mark and its word."""
    names = used(ast.parse(text))
    paints = bool(names & PAINT) or bool(VARIABLE.search(text))
    return paints and not any(told <= names for told in TOLD)


def test_whoever_paints_a_colour_writes_its_mark_and_its_word() -> None:
    alone = [path for path, text in modules() if path not in (WORN["chip"], DRAWS_MARKS)]
    alone = [path for path in alone if painted_alone((HOUSE / path).read_text("utf-8"))]
    assert alone == []


@pytest.mark.parametrize(
    "text",
    ["x = theme.THREE_COLOURS['red']", "x = theme.fill(name) + theme.MARKS[name]", "x = f'var(--{a}-fill)'"],
)
def test_a_colour_painted_alone_is_found(text: str) -> None:
    assert painted_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "x = theme.fill(name), theme.MARKS[name], theme.WORDS[name]",
        "x = theme.chip(name)",
    ],
)
def test_one_told_by_mark_and_word_is_let_be(text: str) -> None:
    assert not painted_alone(text)


def test_only_the_theme_knows_the_colours_themselves() -> None:
    known = re.compile("|".join({*theme.THREE_COLOURS.values(), *theme.UNRATED.values()}), re.IGNORECASE)
    assert [path for path, text in modules() if known.search(text)] == [WORN["chip"]]


def test_the_style_sheet_colours_only_what_says_its_mark_and_word() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", theme.SHEET.read_text("utf-8"), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    worn = {
        selector.strip().lstrip(".").split(".")[0].strip()
        for selector, look in rules
        if VARIABLE.search(look)
    }
    assert worn == set(WORN)
    for name, writer in WORN.items():
        written = re.compile(rf"""class=\\?["']{name}\b""")
        assert [path for path, text in modules() if written.search(text)] == [writer]


def test_a_colour_in_a_table_or_an_export_has_its_mark_and_word() -> None:
    told = [
        (column, code)
        for column, word in words().items()
        for code in word.values
        if tables.is_colour(column) and code in theme.MARKS
    ]
    assert {("colour", code) for code in theme.MARKS} <= set(told)
    for column, code in told:
        assert tables.cell(column, code) == theme.chip(code)
        assert tables.text(column, code) == f"{theme.MARKS[code]} {theme.WORDS[code]}", column
