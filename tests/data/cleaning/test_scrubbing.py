"""No identity number or telephone number stays in a remark; every other number does. All are invented."""

import random

import pytest

from data.cleaning.identity import check_digit
from data.cleaning.personal import scrub


@pytest.mark.parametrize(
    "text",
    [
        "330481199001011236", "33048119900101009X", "33048119900101009x", "330481900101123",
        "330481 900101 123",
        "330481 19900101 1236", "330481-19900101-1236", "3304 8119 9001 0112 36",
        "3 3 0 4 8 1 1 9 9 0 0 1 0 1 1 2 3 6",
        "３３０４８１１９９００１０１１２３６", "３３０４８１１９９００１０１００９Ｘ",
        "330481\u200b199001011236", "330481\u00a019900101\u00a01236",
        "330481—19900101—1236", "330481199001011230", "33048119900101123*", "330481·19900101·1236",
        "٣٣٠٤٨١١٩٩٠٠١٠١١٢٣٦",
        "330481199001011236330481199001011236", "3.30481199001011E+17",
    ],
)  # fmt: skip
def test_an_identity_number_leaves_the_text(text: str) -> None:
    assert scrub(text) == "〔证件号〕"
    assert scrub(f"住户张某{text}已登记") == "住户张某〔证件号〕已登记"


@pytest.mark.parametrize(
    "text", ["身份证330481001001001", "身份证号码：33048119900101123", "身份证号 12345678901234567"]
)
def test_what_the_text_itself_calls_an_identity_number_leaves_it(text: str) -> None:
    assert scrub(text).endswith("〔证件号〕")
    assert not any(letter.isdecimal() for letter in scrub(text))


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "138.0013.8000", "138 00138000", "1380013 8000",
        "1380 0138 000",
        "138 001 38000", "1 3 8 0 0 1 3 8 0 0 0", "138 - 0013 - 8000", "138－0013－8000",
        "１３８００１３８０００", "138\u200b0013\u200b8000",
        "138\u00a00013\u00a08000", "١٣٨٠٠١٣٨٠٠٠", "+8613800138000", "+86 138 0013 8000", "8613800138000",
        "013800138000",
        "1380013800013900139000", "0573-87012345", "0573 87012345", "057387012345", "(0573)87012345",
        "（0573）87012345",
        "0573-8701 2345", "0573-8701234", "010-62345678", "0573-87012345-801", "0573-87012345转801",
        "0573-12345678",
        "+86-573-87012345", "400-123-4567",
    ],
)  # fmt: skip
def test_a_telephone_number_leaves_the_text(text: str) -> None:
    assert scrub(text) == "〔电话〕"
    assert scrub(f"联系李某{text},已告知") == "联系李某〔电话〕,已告知"


def test_several_numbers_in_one_remark_all_leave_it() -> None:
    remark = "1.13800138000 张某 2.13900139000 李某/0573-87012345,身份证330481199001011236、330481900101123"
    assert scrub(remark) == "1.〔电话〕 张某 2.〔电话〕 李某/〔电话〕,身份证〔证件号〕、〔证件号〕"
    assert scrub("座机:87012345") == "座机:〔电话〕"
    assert scrub("TEL13800138000") == "TEL〔电话〕"
    assert scrub("13800138000.2号楼") == "〔电话〕.2号楼"


def test_numbers_glued_together_do_not_hide_each_other() -> None:
    assert scrub("33048119900101123613800138000") == "〔证件号〕"
    assert scrub("7 330481199001011236") == "7 〔证件号〕"
    assert scrub("20261122 330481199001011236") == "20261122 〔证件号〕"


@pytest.mark.parametrize(
    "text",
    [
        "330481001001001", "330481001001012", "330481002003004", "330481101001001", "330481198200001",
        "WG-0101",
        "20261122001", "HZ20261122001", "AJ-2026-1122-001", "20261122093000", "202611220930001",
        "20261122093015001",
        "202611220930150001", "91330481MA28AXXX1L", "91330481MA2CW5XY7L", "913304810987654321",
        "92330481MA28A00X1Q",
        "12,345,678.90元", "金额13800138000元", "￥13800138000.00", "1500000000.00元",
        "2026-11-22 09:30:00", "2026-01-05至2026-01-08",
        "2026年1月5日9时30分", "20260105-20260108", "2026.1.5-1.8", "WG-0573 20261122", "0101-20260105",
        "12345热线", "110 119 120",
        "96345", "经度120.681234567 纬度30.521234567", "120.13812345678", "面积1200.5㎡",
        "6222021234567890123", "ISBN 9787111111111",
        "13.5 1200 3800", "1,3,8,0,0,1,3,8,0,0,0", "巡查120户 整改13处 2026-11-22", "第15 2026-11-22 09:30",
        "330481 2026-11-22 0930",
        "3.30481E+14", "灭火器8具、3号楼2单元501室", "联系电话见附表 2026-01-05",
        "身份证有效期20160105-20360105", "",
    ],
)  # fmt: skip
def test_every_other_number_stays(text: str) -> None:
    assert scrub(text) == text


def test_no_grid_code_of_a_subdistrict_is_taken_for_an_old_identity_number() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        street, community, grid = chance.randrange(1, 200), chance.randrange(1, 400), chance.randrange(1, 100)
        grid_code = f"330481{street:03}{community:03}{grid:03}"
        assert scrub(grid_code) == grid_code


def test_no_identity_number_survives_wherever_it_stands() -> None:
    chance = random.Random(11)
    marks = ["", " ", ",", "号", "：", "A", "(", "\n", "0573-87012345,", "2026-01-05 ", "WG-0101 "]
    for _ in range(5_000):
        body = f"{chance.choice((11, 33, 51))}{chance.randrange(10_000):04}{chance.randrange(1940, 2010)}"
        body += f"{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{chance.randrange(1_000):03}"
        number = body + check_digit(body)
        gap = chance.choice(["", " ", "-", "\u00a0"])
        written = number[:6] + gap + number[6:14] + gap + number[14:]
        before, after = chance.choice(marks), chance.choice(["", " ", "。", "已登记", "A"])
        assert scrub(before + written + after).count("〔证件号〕") == 1, before + written + after


def test_scrubbing_twice_changes_nothing_more() -> None:
    once = scrub("张某13800138000,330481199001011236,0573-87012345")
    assert scrub(once) == once == "张某〔电话〕,〔证件号〕,〔电话〕"
