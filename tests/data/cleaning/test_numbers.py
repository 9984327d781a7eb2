"""Which counts and measures are taken, and which are not."""

import pytest

from data.cleaning.values import Fault, count, number, signed_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0), ("12", 12), ("007", 7), ("1,200", 1200), ("1，200", 1200), ("1,234,567", 1234567),
        ("１２", 12),
        ("１，２００", 1200), ("5.0", 5), ("5.00", 5), ("５．０", 5), ("5人", 5), ("5 人", 5), ("5人次", 5),
        ("3户", 3),
        ("2个", 2), ("4条", 4), ("1起", 1), ("6处", 6), ("1,200.0人次", 1200), (" 12 ", 12),
        ("\u200b12", 12), ("-0", 0),
        ("999999999999999", 999999999999999),
    ],
)  # fmt: skip
def test_a_whole_number_is_taken_however_it_is_written(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize("text", ["-3", "－3", "−3", "–3", "-3人", "-1,200", "- 3", "-3.0"])
def test_a_count_below_zero_is_negative(text: str) -> None:
    assert count(text) == Fault("negative_count")


@pytest.mark.parametrize(
    "text",
    [
        "12.5", "-12.5", "约20", "20左右", "3-5", "3~5", "二十", "十几", "5人人", "5人次个", "5家", "人",
        "1,20", "12,00",
        ",", ".", "1.", ".0", "+5", "1e3", "1.2E+03", "TRUE", "0x10", "1_000", "1 200", "5%", "1.2万", "多",
        "待定", "N/A",
        "2026-01-05", "1234567890123456", "٣", "½", "inf", "nan", "--3",
    ],
)  # fmt: skip
def test_anything_else_is_not_a_count(text: str) -> None:
    assert count(text) == Fault("not_a_number")


@pytest.mark.parametrize("text", ["", " ", "-", "/", "—", "——", "无", "－"])
def test_a_count_left_open_is_unknown(text: str) -> None:
    assert count(text) is None
    assert signed_count(text) is None
    assert number(text) is None


def test_a_broken_formula_is_no_number() -> None:
    assert count("\ue000") == number("\ue000") == Fault("formula_no_value")
    assert count("\ue001#DIV/0!") == number("\ue001#DIV/0!") == Fault("cell_error")
    assert count("#VALUE!") == Fault("cell_error")


def test_points_may_be_given_and_taken() -> None:
    assert [signed_count(text) for text in ("+5", "-3", "－１０", "0", "1,200")] == [5, -3, -10, 0, 1200]
    assert signed_count("2.5") == Fault("not_a_number")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12.0), ("12.5", 12.5), ("-0.5", -0.5), (".5", 0.5), ("1,200.75", 1200.75),
        ("１２．５", 12.5), ("1.5E-05", 1.5e-05),
        ("95分", 95.0), ("1200㎡", 1200.0), ("1200平方米", 1200.0), ("12.5 元", 12.5),
        ("120.681234567", 120.681234567),
    ],
)  # fmt: skip
def test_a_measure_may_have_decimals(text: str, expected: float) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    "text", ["35%", "1.2万", "3亩", "约20", "1-2", "nan", "inf", "1e999", "e5", ".", "1.2.3", "分"]
)
def test_anything_else_is_not_a_measure(text: str) -> None:
    assert number(text) == Fault("not_a_number")
