"""Identity numbers and telephone numbers. All numbers here are invented."""

import pytest

from data.cleaning.identity import check_digit
from data.cleaning.values import Fault, id_number, phone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("330481199001011236", "330481199001011236"), ("330481 19900101 1236", "330481199001011236"),
        ("330481-19900101-1236", "330481199001011236"),
        ("３３０４８１１９９００１０１１２３６", "330481199001011236"),
        ("33048119900101009X", "33048119900101009X"), ("33048119900101009x", "33048119900101009X"),
        ("33048119900101009ｘ", "33048119900101009X"),
        ("\u200b330481199001011236\u00a0", "330481199001011236"),
    ],
)  # fmt: skip
def test_an_identity_number_with_its_check_digit_is_taken(text: str, expected: str) -> None:
    assert id_number(text) == expected


def test_the_old_form_is_the_same_person_as_the_new() -> None:
    assert id_number("330481900101123") == id_number("330481199001011236") == "330481199001011236"


@pytest.mark.parametrize(
    "text",
    [
        "330481199001011235", "33048119900101123X", "330481199013011230",
        "330481900230123",
        "33048119900101123", "3304811990010112360", "3.30481199001011E+17", "330481199001011000.0",
        "3.304811990010113e+17",
        "张三", "330481********1236", "13800138000", "X30481199001011236", "٣٣٠٤٨١١٩٩٠٠١٠١١٢٣٦",
    ],
)  # fmt: skip
def test_a_damaged_or_mistyped_identity_number_is_refused(text: str) -> None:
    assert id_number(text) == Fault("bad_id_number")


def test_what_excel_leaves_of_a_number_with_its_last_digits_lost_is_refused() -> None:
    assert id_number("330481199001011000") == Fault("bad_id_number")


def test_an_identity_number_left_open_is_unknown() -> None:
    assert id_number("") is None
    assert id_number("—") is None
    assert id_number("\ue001#N/A") == Fault("cell_error")


def test_the_check_digit_of_the_standard_s_own_example() -> None:
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    "text",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "+8613800138000", "86-13800138000",
     "013800138000", "１３８００１３８０００", "13800138000/0573-87012345", "13800138000、13900139000"],
)  # fmt: skip
def test_a_mobile_number_is_eleven_digits(text: str) -> None:
    assert phone(text) == "13800138000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0573-87012345", "0573-87012345"), ("057387012345", "0573-87012345"),
        ("0573 8701 2345", "0573-87012345"),
        ("(0573)87012345", "0573-87012345"), ("（0573）87012345", "0573-87012345"),
        ("+86-573-87012345", "0573-87012345"),
        ("0573-8701234", "0573-8701234"), ("010-62345678", "010-62345678"),
        ("0573-87012345-801", "0573-87012345-801"),
        ("0573-87012345转801", "0573-87012345-801"), ("0573—87012345", "0573-87012345"),
    ],
)  # fmt: skip
def test_a_landline_has_an_area_code(text: str, expected: str) -> None:
    assert phone(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "—", "12345", "87012345", "1380013800", "138001380001", "12800138000", "138****8000", "010-6234567",
     "微信", "1.38E+10", "\ue001#N/A", "\ue000"],
)  # fmt: skip
def test_a_wrong_telephone_number_is_dropped(text: str) -> None:
    assert phone(text) is None


def test_the_check_digit_alone_decides_over_eighteen_places() -> None:
    """The standard's own example was born in 1880."""
    assert id_number("440524188001010014") == "440524188001010014"
    assert id_number("440524188001010015") == Fault("bad_id_number")
