"""Names, codes and remarks come out of a cell as a reader sees them."""

import random
import unicodedata

import pytest

from data.cleaning import fault
from data.cleaning.values import Fault, code, free_text, is_blank, label, tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  城西社区 ", "城西社区"), ("\ufeff城西社区", "城西社区"), ("城\u200b西\u2060社区", "城西社区"),
        ("城西\u00a0社区", "城西 社区"),
        ("\u202e城西社区\u202c", "城西社区"), ("城西\x07社区\x00", "城西社区"),
        ("城西\r\n社区", "城西 社区"), ("a\tb", "a b"),
        ("a  b", "a b"), ("ＡＢＣ１２３", "ABC123"), ("海宁（中国）公司", "海宁(中国)公司"),
        ("面积㎡", "面积m2"), ("\u3000", ""),
        ("✔\ufe0f", "✔"), ("名\ud800称", "名称"), ("⼤厦", "大厦"), ("x\x85y", "x y"),
        ("坏\ufffd字", "坏\ufffd字"),
    ],
)  # fmt: skip
def test_tidy_text_has_nothing_a_reader_cannot_see(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_tidying_twice_changes_nothing_more() -> None:
    chance = random.Random(5)
    for _ in range(2_000):
        text = "".join(
            chr(chance.choice((chance.randrange(0x300), chance.randrange(0x11_0000)))) for _ in range(12)
        )
        once = tidy(text)
        assert tidy(once) == once
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in once)
        once.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "-", "--", "—", "——", "－", "–", "/", "//", " / ", "无", "\u200b", "无 "]
)
def test_dashes_and_strokes_say_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "无人", "待定", "N/A", "暂无", "\ue000", "\ue001#N/A", "."])
def test_every_other_text_says_something(text: str) -> None:
    assert not is_blank(text)


def test_a_label_is_one_line() -> None:
    assert label(" 城西社区\n第一网格 ") == "城西社区 第一网格"
    assert label("—") is None
    assert label("\ue001#N/A") is None
    assert label("\ue000") is None
    assert label("=1+1") == "=1+1"


def test_a_remark_keeps_its_line_breaks() -> None:
    assert free_text(" 第一条 \r\n\t第二条\u2028第三条 \n") == "第一条\n第二条\n第三条"
    assert free_text("a  b") == "a b"
    assert free_text("无") is None
    assert free_text("\ue001#N/A") is None
    assert free_text("<script>alert(1)</script>") == "<script>alert(1)</script>"


def test_five_thousand_characters_are_not_too_long() -> None:
    assert label("字" * 5_000) == "字" * 5_000
    assert free_text("字" * 5_000 + "  ") == "字" * 5_000
    assert label("字" * 5_001) == Fault("text_too_long")
    assert free_text("字" * 5_001) == Fault("text_too_long")
    assert free_text("a" * 5_001) == Fault("text_too_long")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wg-0101", "WG-0101"), ("ＷＧ－０１０１", "WG-0101"), ("WG–0101", "WG-0101"),
        ("WG—0101", "WG-0101"), ("WG−0101", "WG-0101"),
        ("WG‑0101", "WG-0101"), (" WG - 0101 ", "WG-0101"), ("330481001001001", "330481001001001"),
        ("330481 001 001 001", "330481001001001"), ("91330481ma28axxx1l", "91330481MA28AXXX1L"),
        ("Back Bay", "BACK BAY"),
        ("\u200bWG-0101\u00a0", "WG-0101"), ("0012", "0012"), ("—", None), ("", None), ("\ue001#N/A", None),
        ("\ue000", None),
    ],
)  # fmt: skip
def test_a_code_is_the_same_in_any_case_and_width(text: str, expected: str | None) -> None:
    assert code(text) == expected


def test_the_marks_of_broken_formulas_are_those_that_the_file_reader_sets() -> None:
    sheets = pytest.importorskip("data.files.sheets")
    assert (fault.NO_RESULT, fault.ERROR_MARK) == (sheets.NO_RESULT, sheets.ERROR_MARK)
