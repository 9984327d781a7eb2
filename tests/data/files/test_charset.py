"""Encodings: what offices really send, and what must not be guessed."""

import random

import pytest

from tests.data.files.conftest import Opener, Refuser
from tests.data.files.reading import rows_of

TEXT = "巡查日期,网格编码,巡查内容\r\n2026-01-05,WG-0101,走访沿街商铺，未见异常\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (("\ufeff" + TEXT).encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (("\ufeff" + TEXT).encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encodings_of_office_files_are_recognised(opened: Opener, data: bytes, encoding: str) -> None:
    file = opened("巡查.csv", data)
    assert file.encoding == encoding
    assert rows_of(file.sheets[0])[0] == (1, "巡查日期", "网格编码", "巡查内容")
    assert rows_of(file.sheets[0])[1] == (2, "2026-01-05", "WG-0101", "走访沿街商铺，未见异常")


def test_rare_characters_of_names_survive_gb18030(opened: Opener) -> None:
    file = opened("人员.csv", "姓名,社区\n𠮷䶮,东湖社区\n".encode("gb18030"))
    assert rows_of(file.sheets[0])[1] == (2, "𠮷䶮", "东湖社区")


def test_a_bad_byte_far_into_a_utf8_file_is_found(refused: Refuser) -> None:
    rows = [f"XC{number:06},WG-0101,走访沿街商铺\n" for number in range(60_000)]
    data = bytearray("".join(rows).encode())
    data[-5] = 0xFF
    assert refused("巡查.csv", bytes(data)) == "encoding_unknown"


def test_a_bad_byte_far_into_a_gb18030_file_is_found(refused: Refuser) -> None:
    rows = [f"XC{number:06},WG-0101,走访沿街商铺\n" for number in range(60_000)]
    assert refused("巡查.csv", "".join(rows).encode("gb18030") + b"\xff\xff") == "encoding_unknown"


def test_damaged_utf8_is_not_taken_for_gb18030(refused: Refuser) -> None:
    # Cut in the middle of a character, the rest would decode as GB18030, into nonsense.
    assert refused("巡查.csv", TEXT.encode()[:-4] + b"\r\n") == "encoding_unknown"


def test_a_byte_order_mark_that_lies_is_refused(refused: Refuser) -> None:
    assert refused("巡查.csv", b"\xef\xbb\xbf" + TEXT.encode("gb18030")) == "encoding_unknown"


def test_half_a_utf16_character_at_the_end_is_refused(refused: Refuser) -> None:
    assert refused("巡查.csv", TEXT.encode("utf-16")[:-1]) == "encoding_unknown"


@pytest.mark.parametrize(
    ("foreign", "encoding"),
    [
        ("巡查日期,網格編碼,這裡沒有發現問題,檢查情況", "big5"),
        ("パトロール日,グリッド,メモです", "shift_jis"),
    ],
)
def test_other_encodings_are_not_taken_for_gb18030(refused: Refuser, foreign: str, encoding: str) -> None:
    assert refused("巡查.csv", (foreign + "\n").encode(encoding) * 3) == "encoding_unknown"


def test_random_bytes_are_never_read_as_text(refused: Refuser) -> None:
    dice = random.Random(20261122)
    for _ in range(30):
        data = dice.randbytes(dice.randint(300, 5000))
        assert refused("巡查.csv", data) in ("encoding_unknown", "type_mismatch")
