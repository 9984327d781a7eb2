"""csv and tsv: delimiters, quotes, line numbers, limits."""

import csv
import gzip
import io
import random

import pytest

from data.files import Limits
from data.files.records import RecordReader
from tests.data.files.conftest import Opener, Refuser
from tests.data.files.reading import rows_of

SMALL = Limits(None, 1_000_000, 100, 16)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "编号,社区,备注\n1,东湖,好\n"),
        ("a.csv", "编号;社区;备注\n1;东湖;好\n"),
        ("a.csv", "编号\t社区\t备注\n1\t东湖\t好\n"),
        ("a.tsv", "编号\t社区\t备注\n1\t东湖\t好\n"),
        ("a.tsv", "编号,社区,备注\n1,东湖,好\n"),
    ],
)
def test_the_delimiter_is_found(opened: Opener, name: str, data: str) -> None:
    assert rows_of(opened(name, data.encode()).sheets[0]) == [
        (1, "编号", "社区", "备注"),
        (2, "1", "东湖", "好"),
    ]


def test_commas_inside_cells_do_not_mislead_the_delimiter(opened: Opener) -> None:
    data = "编号;经度;纬度\n1;114,31;30,52\n2;114,32;30,53\n"
    assert rows_of(opened("a.csv", data.encode()).sheets[0])[2] == (3, "2", "114,32", "30,53")


def test_a_title_line_does_not_mislead_the_delimiter(opened: Opener) -> None:
    data = "2026年巡查台账；东湖街道\n\n编号,社区\n1,东湖\n2,南湖\n"
    assert [row[0] for row in rows_of(opened("a.csv", data.encode()).sheets[0])] == [1, 3, 4, 5]


def test_a_declared_delimiter_is_obeyed_and_is_not_a_row(opened: Opener) -> None:
    sheet = opened("a.csv", "sep=;\n编号;社区\n1;东湖,南\n".encode()).sheets[0]
    assert rows_of(sheet) == [(2, "编号", "社区"), (3, "1", "东湖,南")]


def test_a_row_is_numbered_by_the_line_it_starts_on(opened: Opener) -> None:
    data = '编号,备注\n1,"第一行\n第二行"\n\n2,"引号""里"\n3,好\n'
    assert rows_of(opened("a.csv", data.encode()).sheets[0]) == [
        (1, "编号", "备注"),
        (2, "1", "第一行\n第二行"),
        (5, "2", '引号"里'),
        (6, "3", "好"),
    ]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(opened: Opener, end: str) -> None:
    data = end.join(["编号,备注", '1,"甲', '乙"', "2,丙"])
    assert rows_of(opened("a.csv", data.encode()).sheets[0])[1:] == [(2, "1", "甲\n乙"), (4, "2", "丙")]


def test_a_line_separator_inside_a_cell_is_no_line_end(opened: Opener) -> None:
    data = "编号,备注\n1,甲\u2028乙\x0b丙\x85丁\n2,好\n"
    assert rows_of(opened("a.csv", data.encode()).sheets[0])[2] == (3, "2", "好")


def test_a_quote_that_never_closes_costs_only_its_own_line(opened: Opener) -> None:
    data = '编号,备注,状态\n1,"没有关,待整改\n' + "".join(f"{n},好,已整改\n" for n in range(2, 9))
    rows = rows_of(opened("a.csv", data.encode()).sheets[0])
    assert rows[1] == (2, "1", '"没有关', "待整改")
    assert rows[2:] == [(n + 1, str(n), "好", "已整改") for n in range(2, 9)]


def test_a_stray_quote_is_not_closed_by_the_next_quoted_cell(opened: Opener) -> None:
    data = '编号,备注,状态\n1,"没有关,待整改\n2,好,已整改\n3,"甲, 乙",已整改\n'
    assert rows_of(opened("a.csv", data.encode()).sheets[0])[1:] == [
        (2, "1", '"没有关', "待整改"),
        (3, "2", "好", "已整改"),
        (4, "3", "甲, 乙", "已整改"),
    ]


def test_a_quote_open_for_thousands_of_lines_is_a_stray_one(opened: Opener) -> None:
    lines = [f"{n},好" for n in range(120_000)]
    lines[3] = '3,"没有关'
    lines[70_000] = '70000,"甲\n乙"'
    sheet = opened("a.csv", "\n".join(lines).encode()).sheets[0]
    rows = rows_of(sheet)
    assert sheet.row_count == 120_000
    assert rows[3] == (4, "3", '"没有关')
    assert rows[70_000] == (70_001, "70000", "甲\n乙")
    assert rows[-1] == (120_001, "119999", "好")


def test_thousands_of_stray_quotes_are_refused(refused: Refuser) -> None:
    assert refused("a.csv", b'1,"a,2\n2,b,"c\n' * 3000) == "unreadable"


def test_quotes_inside_a_cell_are_text(opened: Opener) -> None:
    data = '编号,备注\n1,招牌"福"字\n2,"甲"乙\n'
    assert rows_of(opened("a.csv", data.encode()).sheets[0])[1:] == [(2, "1", '招牌"福"字'), (3, "2", "甲乙")]


def test_ragged_rows_are_padded_to_the_widest(opened: Opener) -> None:
    sheet = opened("a.csv", "编号,社区\n1\n2,东湖,多,出\n".encode()).sheets[0]
    assert sheet.width == 4
    assert rows_of(sheet) == [(1, "编号", "社区", "", ""), (2, "1", "", "", ""), (3, "2", "东湖", "多", "出")]
    assert sheet.head[0].cells == ("编号", "社区", "", "")


def test_rows_that_grow_wider_late_pad_the_earlier_blocks(opened: Opener) -> None:
    data = "a,b\n" * 60_000 + "a,b,c\n"
    sheet = opened("a.csv", data.encode()).sheets[0]
    assert [block.num_rows for block in sheet.blocks()] == [50_000, 10_001]
    assert [block.column_names for block in sheet.blocks()] == [["row", "c0", "c1", "c2"]] * 2
    assert all(column.null_count == 0 for block in sheet.blocks() for column in block.columns)


def test_zero_bytes_and_the_old_end_mark_are_dropped(opened: Opener) -> None:
    data = "编号,社区\n1,东\x00湖\n".encode() + b"\x1a"
    assert rows_of(opened("a.csv", data).sheets[0]) == [(1, "编号", "社区"), (2, "1", "东湖")]


def test_digits_wrapped_for_excel_are_their_text(opened: Opener) -> None:
    data = '编号,证件\n1,="00123"\n2,"=""456"""\n3,=A1+1\n'
    assert [row[2] for row in rows_of(opened("a.csv", data.encode()).sheets[0])] == [
        "证件",
        "00123",
        "456",
        "=A1+1",
    ]


def test_a_gzipped_csv_is_read_like_a_plain_one(opened: Opener) -> None:
    file = opened("a.csv.gz", gzip.compress("编号,社区\n1,东湖\n".encode("gb18030")))
    assert (file.kind, file.encoding) == ("csv", "gb18030")
    assert rows_of(file.sheets[0])[1] == (2, "1", "东湖")


def test_a_gzip_cut_short_is_unreadable(refused: Refuser) -> None:
    data = gzip.compress(random.Random(1).randbytes(4000).hex().encode())
    assert refused("a.csv.gz", data[:-600]) == "unreadable"


def test_a_gzip_bomb_is_too_large(refused: Refuser) -> None:
    assert refused("a.csv.gz", gzip.compress(b"1,2\n" * 5_000_000), SMALL) == "too_large"


def test_a_line_without_end_is_unreadable(refused: Refuser) -> None:
    assert refused("a.csv", b"x" * 9_000_000) == "unreadable"


def test_the_row_limit_does_not_count_the_heading_or_blank_rows(opened: Opener, refused: Refuser) -> None:
    assert opened("a.csv", b"a,b\n\n" + b"1,2\n\n" * 100, SMALL).sheets[0].row_count == 101
    assert refused("a.csv", b"a,b\n" + b"1,2\n" * 101, SMALL) == "too_large"


def test_too_many_columns_are_refused_unless_they_are_blank(opened: Opener, refused: Refuser) -> None:
    assert opened("a.csv", b"a,b" + b"," * 30 + b"\n1,2\n", SMALL).sheets[0].width == 2
    assert refused("a.csv", b",".join([b"a"] * 17) + b"\n", SMALL) == "too_large"


def test_a_file_of_more_bytes_than_allowed_is_refused(refused: Refuser) -> None:
    assert refused("a.csv", b"a,b\n" * 30, Limits(100, None, None)) == "too_large"


def test_the_head_is_the_first_forty_rows_that_are_not_blank(opened: Opener) -> None:
    sheet = opened("a.csv", b"\n\n" + b"1,2\n" * 60).sheets[0]
    assert [row.row for row in sheet.head] == list(range(3, 43))


@pytest.mark.parametrize("seed", range(40))
def test_well_formed_csv_is_read_as_python_reads_it(seed: int) -> None:
    dice = random.Random(seed)
    cells = ["", "a", "甲,乙", '引"号', "两\n行", "三\n\n行", " ", '"', '""', ",", "x" * 50]
    table = [[dice.choice(cells) for _ in range(dice.randint(2, 5))] for _ in range(dice.randint(1, 60))]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    lines = out.getvalue().split("\n")[:-1]
    numbers, rows = _read_in_pieces(lines, dice.randint(1, 7))
    twin = csv.reader(io.StringIO(out.getvalue()))
    expected_rows, expected_numbers, line = [], [], 1
    for row in twin:
        expected_rows.append(row)
        expected_numbers.append(line)
        line = twin.line_num + 1
    assert rows == expected_rows
    assert numbers == expected_numbers


@pytest.mark.parametrize("seed", range(40))
def test_no_line_of_any_csv_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    lines = ["".join(dice.choices('ab,"', k=dice.randint(0, 12))) for _ in range(dice.randint(1, 80))]
    numbers, rows = _read_in_pieces(lines, dice.randint(1, 9))
    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(rows)
    kept = "".join("".join(row) for row in rows)
    for letter in "ab":
        assert kept.count(letter) == "".join(lines).count(letter)


def _read_in_pieces(lines: list[str], size: int) -> tuple[list[int], list[list[str]]]:
    reader = RecordReader("a.csv", ",")
    numbers: list[int] = []
    rows: list[list[str]] = []
    for start in range(0, len(lines), size):
        more = reader.read(lines[start : start + size], is_last=start + size >= len(lines))
        numbers += more[0]
        rows += more[1]
    return numbers, rows
