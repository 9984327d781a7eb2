"""Every file reason that the header or the content of a readable file can give."""

from pathlib import Path

import pytest

from tests.data.intake.office import Office


@pytest.mark.parametrize(
    ("text", "ledger", "reason"),
    [
        ("", None, "file_empty"),
        ("\n\n,,\n", None, "file_empty"),
        ("2026-11-20,WG-0101,张三\n2026-11-21,WG-0102,李四\n", None, "no_header"),
        ("商品,价格,库存\n酱油,12,300\n", None, "unknown_table"),
        ("巡查编号,网格编号,巡查人,巡查方式\nXC-1,WG-0101,张三,步巡\n", None, "missing_required_column"),
        ("隐患编号,网格,隐患描述\nYH-1,WG-0101,漏电\n", "hazard", "missing_required_column"),
        ("巡查日期,巡查时间,网格\n2026-11-20,2026-11-21,WG-0101\n", None, "ambiguous_column"),
        ("巡查日期,网格编号,网格名称,社区\n2026-11-20,WG-0101,第二网格,幸福社区\n", None, "ambiguous_column"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(
    office: Office, text: str, ledger: str | None, reason: str
) -> None:
    report = office.check(office.file("文件.csv", text), ledger)
    assert report.file_reason == reason
    assert report.accepted == {}
    assert report.message.endswith("。")


def test_a_header_without_rows_is_accepted_as_zero_records(office: Office) -> None:
    report = office.check(office.file("空表.csv", "隐患编号,发现日期,网格\n"))
    assert report.file_reason is None
    assert report.accepted == {"hazard": 0}


def test_two_columns_for_one_field_that_agree_are_fine(office: Office) -> None:
    text = (
        "巡查日期,巡查时间,网格编号,网格名称,社区\n"
        "2026-11-20,2026/11/20,WG-0101,第一网格,幸福社区\n2026-11-20,,WG-0102,,\n"
    )
    report = office.check(office.file("巡查.csv", text))
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"patrol_log": 2}, [])


def test_the_same_bytes_again_have_no_effect(fresh_office: Office, tmp_path: Path) -> None:
    path = fresh_office.file("巡查.csv", "巡查日期,网格编号\n2026-11-20,WG-0101\n")
    first = fresh_office.load(path)
    again = fresh_office.load(path)
    assert first.exit_status == 0
    assert again.files[0].file_reason == "duplicate_file"
    assert (again.snapshot, again.exit_status) == (None, 2)
    assert fresh_office.ask("select count(*) from patrol_log") == [(1,)]
