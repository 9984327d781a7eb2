"""Cells that allow few answers."""

import pytest

from data.cleaning.values import Fault, choice, flag

COLOURS = {"绿": "green", "绿色": "green", "绿码": "green", "green": "green", "红牌": "red"}


@pytest.mark.parametrize("text", ["绿", " 绿色 ", "绿 码", "GREEN", "Ｇreen", "绿\u200b色"])
def test_every_accepted_spelling_means_its_value(text: str) -> None:
    assert choice(text, COLOURS, "unknown_colour") == "green"


def test_any_other_spelling_is_a_fault_of_the_given_reason() -> None:
    assert choice("红旗", COLOURS, "unknown_colour") == Fault("unknown_colour")
    assert choice("待评", COLOURS, "unknown_level") == Fault("unknown_level")


def test_a_choice_left_open_is_unknown() -> None:
    assert choice("", COLOURS, "unknown_colour") is None
    assert choice("—", COLOURS, "unknown_colour") is None
    assert choice("无", {"无": "none"}, "unknown_colour") == "none"


def test_a_broken_formula_is_no_choice() -> None:
    assert choice("\ue000", COLOURS, "unknown_colour") == Fault("formula_no_value")
    assert choice("\ue001#N/A", COLOURS, "unknown_colour") == Fault("cell_error")


@pytest.mark.parametrize(
    "text", ["是", "有", "√", "✓", "✔", "✔️", "Y", "y", "Yes", "1", "１", "已", "TRUE", "true", "对"]
)
def test_these_say_yes(text: str) -> None:
    assert flag(text) is True


@pytest.mark.parametrize("text", ["否", "无", "×", "✗", "N", "no", "0", "未", "没有", "FALSE", "false"])
def test_these_say_no(text: str) -> None:
    assert flag(text) is False


def test_a_flag_left_open_is_unknown_and_another_word_is_none() -> None:
    assert flag("") is None
    assert flag("-") is None
    assert flag("部分") == Fault("not_a_flag")
    assert flag("2") == Fault("not_a_flag")
    assert flag("\ue001#N/A") == Fault("cell_error")
