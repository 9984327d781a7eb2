"""A resident's report may name the one it repeats and where it came from; neither changes what is taken."""

from pathlib import Path

import pytest

from data.contract import Ledger, ledgers
from data.intake.header import normalised
from tests.data.intake.office import Office

ROWS = "SB-1,2026-11-01 09:00,WG-0101,井盖缺失{}\nSB-2,2026-11-02 10:00,WG-0101,还是那个井盖{}\n"
ASIDES = ("duplicate_of", "channel")


def told(office: Office, path: Path) -> list[tuple[object, ...]]:
    """What the warehouse holds of the two reports once the file is loaded."""
    office.load(path)
    return office.ask("select report_no, duplicate_of, channel from public_report order by report_no")


@pytest.mark.parametrize("heading", ledgers()["public_report"].field("duplicate_of").headings)
def test_a_repeated_report_names_the_first_one(fresh_office: Office, heading: str) -> None:
    rows = ROWS.format(",", ",sb－1")
    path = fresh_office.file("上报.csv", f"上报编号,上报时间,网格编码,情况描述,{heading}\n{rows}")
    assert told(fresh_office, path) == [("SB-1", None, None), ("SB-2", "SB-1", None)]


@pytest.mark.parametrize("heading", ledgers()["public_report"].field("channel").headings)
def test_a_report_says_through_which_channel_it_came(fresh_office: Office, heading: str) -> None:
    rows = ROWS.format(",12345热线", ",小程序")
    path = fresh_office.file("上报.csv", f"上报编号,上报时间,网格编码,情况描述,{heading}\n{rows}")
    assert told(fresh_office, path) == [("SB-1", None, "12345热线"), ("SB-2", None, "小程序")]


def test_a_broken_formula_beside_a_report_does_not_turn_it_away(fresh_office: Office) -> None:
    rows = ROWS.format(",#N/A", f",{'并' * 6000}")
    path = fresh_office.file("上报.csv", f"上报编号,上报时间,网格编码,情况描述,合并至\n{rows}")
    assert told(fresh_office, path) == [("SB-1", None, None), ("SB-2", None, None)]


def test_two_columns_that_both_tell_the_channel_do_not_turn_a_file_away(fresh_office: Office) -> None:
    rows = ROWS.format(",12345热线,市级", ",,市级")
    path = fresh_office.file("上报.csv", f"上报编号,上报时间,网格编码,情况描述,渠道,来源\n{rows}")
    assert told(fresh_office, path) == [("SB-1", None, "12345热线"), ("SB-2", None, "市级")]


def test_rows_that_differ_only_in_their_channel_are_still_one_report(fresh_office: Office) -> None:
    row = "SB-1,2026-11-01 09:00,WG-0101,井盖缺失,{}\n"
    path = fresh_office.file(
        "上报.csv", "上报编号,上报时间,网格编码,情况描述,渠道\n" + row.format("热线") + row.format("小程序")
    )
    [file] = fresh_office.load(path).files
    assert (file.accepted, file.merged, file.rejected) == ({"public_report": 1}, 1, [])


@pytest.mark.parametrize(
    ("headings", "ledger"),
    [
        ("编号,上报时间,所属网格,问题描述", "hazard"),
        ("编号,提交时间,建议内容,网格,类别", "suggestion"),
        ("上报编号,上报时间,上报人,情况描述,网格", "public_report"),
    ],
)
def test_the_new_columns_do_not_change_what_a_file_is_taken_for(
    office: Office, headings: str, ledger: str
) -> None:
    more = "主件编号,合并至,来源,上报渠道"
    for header in (headings, f"{headings},{more}", f"{more},{headings}"):
        assert office.check(office.file("表.csv", header + "\n")).ledger == ledger


@pytest.mark.parametrize("ledger", ledgers().values(), ids=lambda ledger: ledger.name)
def test_no_heading_tells_two_fields_of_a_ledger(ledger: Ledger) -> None:
    names = [normalised(heading) for field in ledger.fields for heading in field.headings]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_only_what_came_later_to_the_ledger_stands_aside() -> None:
    aside = {each.name for each in ledgers()["public_report"].fields if each.is_aside}
    assert aside == set(ASIDES)
