"""The glossary: one word for one thing, and every measure worked out in the open."""

import tomllib

from data.contract import ledgers
from data.glossary import FILE, measures, words

DIRECTIONS = {"higher", "lower", "none"}
# Kaplan-Meier curves: a product of many rates, with no two counts to divide.
CURVES = {"share_open", "share_without_hazard"}


def test_a_measure_is_defined_once() -> None:
    labels = [word.label for word in measures()]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_what_a_ledger_says_of_its_columns_is_not_repeated() -> None:
    told = {column.name for ledger in ledgers().values() for column in ledger.columns}
    assert sorted(told & set(tomllib.loads(FILE.read_text("utf-8"))["words"])) == []


def test_every_measure_has_a_label_a_unit_a_direction_a_meaning_and_a_source() -> None:
    for word in measures():
        assert word.label, word.name
        assert word.unit, word.name
        assert word.meaning, word.name
        assert word.source, word.name
        assert word.direction in DIRECTIONS, word.name


def test_every_rate_names_the_two_counts_it_is_made_from() -> None:
    known = words()
    for word in measures():
        if word.unit == "%" and word.name not in CURVES:
            assert word.numerator in known, word.name
            assert word.denominator in known, word.name
            assert "÷" in word.formula, word.name


def test_a_ledger_s_column_has_its_contract_s_label_and_codes() -> None:
    assert words()["level"].label == "隐患等级"
    assert words()["level"].values == {"general": "一般", "larger": "较大", "major": "重大"}
    assert words()["colour"].values == {"green": "绿", "yellow": "黄", "red": "红", "unrated": "未评"}
    assert {"leave", "return", "stay"} <= set(words()["direction"].values)
    assert words()["source"].values["other"] == "其他"


def test_where_ledgers_differ_the_one_asked_about_goes_first() -> None:
    assert words("patrol_log")["kind"].label == "巡查方式"
    assert words("hazard")["kind"].label == "隐患类别"


def test_where_a_row_comes_from_has_its_words_too() -> None:
    assert [words()[name].label for name in ("batch_id", "source_sheet", "source_row")] == [
        "批次",
        "工作表",
        "行号",
    ]
