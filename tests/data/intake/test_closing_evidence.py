"""A hazard ledger may tell who checked, which photos were taken and who closed it; none of it is a reason."""

import pytest

from data.contract import ledgers
from data.intake.derive import people
from data.intake.header import normalised
from tests.data.intake.office import Office

HEAD = "隐患编号,发现时间,网格编码"
ASIDES = ("closing_level", "photo_before", "photo_after", "handler_name", "verifier_name")


def told(office: Office, headings: str, cells: list[str], asked: str) -> list[object]:
    """One column of the warehouse after a ledger of these further cells was loaded, a value a row."""
    rows = "".join(f"YH-{n},2026-11-01 09:00,WG-0101,{cell}\n" for n, cell in enumerate(cells))
    report = office.load(office.file("隐患台账.csv", f"{HEAD},{headings}\n{rows}"))
    assert report.files[0].rejected == []
    return [row[0] for row in office.ask(f"select {asked} from hazard order by hazard_no")]


def whole_warehouse(office: Office) -> bytes:
    return b"".join(path.read_bytes() for path in office.store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("heading", ledgers()["hazard"].field("verifier_name").headings)
def test_whoever_rectified_and_checked_alone_is_noticed(fresh_office: Office, heading: str) -> None:
    cells = ["朱邦宝,朱邦宝", "朱邦宝,秦成春", "朱邦宝,", ",秦成春"]
    assert told(fresh_office, f"整改责任人,{heading}", cells, "is_self_verified") == [True, False, None, None]


@pytest.mark.parametrize("heading", ledgers()["hazard"].field("handler_name").headings)
def test_whoever_handled_it_counts_as_well_as_whoever_is_responsible(
    fresh_office: Office, heading: str
) -> None:
    cells = ["朱邦宝,秦成春,秦成春", "朱邦宝,秦成春,何达德"]
    headings = f"整改责任人,{heading},复查人"
    assert told(fresh_office, headings, cells, "is_self_verified") == [True, False]


def test_the_names_reach_neither_the_warehouse_nor_its_batches(fresh_office: Office) -> None:
    told(fresh_office, "处置人,复查人", ["朱邦宝,朱邦宝"], "is_self_verified")
    assert "朱邦宝".encode() not in whole_warehouse(fresh_office)
    columns = {row[0] for row in fresh_office.ask("describe hazard")}
    assert columns & {"handler_name", "verifier_name", "owner_name"} == set()


def test_a_post_or_a_masked_name_could_be_anybody(fresh_office: Office) -> None:
    cells = ["网格员,网格员", "朱*宝,朱*宝", "物业公司,物业公司"]
    cells += ["朱邦宝（网格员）,朱邦宝13900000000", "朱 宝,朱宝"]
    found = told(fresh_office, "处置人,复查人", cells, "is_self_verified")
    assert found == [None, None, None, True, True]


def test_one_of_several_checkers_is_enough() -> None:
    assert people("朱邦宝、秦成春/何达德") == {"朱邦宝", "秦成春", "何达德"}


def test_photos_are_kept_by_their_names_and_the_column_is_remembered(fresh_office: Office) -> None:
    cells = ["2026/YH-0_前.jpg,2026/YH-0_后.jpg", "无,无", ",#N/A"]
    headings = "整改前照片,整改后照片"
    columns = "[photo_before, photo_after, cast(has_photo_column as varchar)]"
    assert told(fresh_office, headings, cells, columns) == [
        ["2026/YH-0_前.jpg", "2026/YH-0_后.jpg", "true"],
        [None, None, "true"],
        [None, None, "true"],
    ]


def test_a_ledger_without_a_photo_column_says_nothing_of_photos(fresh_office: Office) -> None:
    assert told(fresh_office, "备注", ["好"], "has_photo_column") == [None]


@pytest.mark.parametrize(
    ("cell", "level"),
    [("网格", "grid"), ("社区级", "community"), ("街道", "street"), ("区级", "superior"), ("不详", None)],
)
def test_the_level_that_closed_it_is_one_of_four(fresh_office: Office, cell: str, level: str | None) -> None:
    assert told(fresh_office, "办结层级", [cell], "closing_level") == [level]


def test_rows_that_differ_only_in_who_checked_are_still_one_hazard(fresh_office: Office) -> None:
    row = "YH-1,2026-11-01 09:00,WG-0101,朱邦宝,{},{}.jpg\n"
    rows = row.format("朱邦宝", "a") + row.format("秦成春", "b")
    path = fresh_office.file("隐患台账.csv", f"{HEAD},整改责任人,复查人,整改后照片\n{rows}")
    [file] = fresh_office.load(path).files
    assert (file.accepted, file.merged, file.rejected) == ({"hazard": 1}, 1, [])


def test_two_columns_of_checkers_do_not_turn_a_file_away(fresh_office: Office) -> None:
    headings = "处置人,复查人,验收人"
    assert told(fresh_office, headings, ["朱邦宝,秦成春,何达德"], "is_self_verified") == [False]


def test_a_row_with_nothing_but_a_checker_is_no_record(fresh_office: Office) -> None:
    rows = "YH-1,2026-11-01 09:00,WG-0101,秦成春\n,,,秦成春\n"
    [file] = fresh_office.load(fresh_office.file("隐患台账.csv", f"{HEAD},复查人\n{rows}")).files
    assert (file.accepted, file.rejected) == ({"hazard": 1}, [])


def test_their_headings_are_no_other_field_s_and_no_template_s() -> None:
    hazard = ledgers()["hazard"]
    new = {normalised(heading) for name in ASIDES for heading in hazard.field(name).headings}
    old = [each for each in hazard.fields if each.name not in ASIDES]
    assert new & {normalised(heading) for each in old for heading in each.headings} == set()
    assert all(hazard.field(name).is_aside for name in ASIDES)


def test_a_sheet_is_taken_for_the_ledger_it_was_taken_for_before(office: Office) -> None:
    headings = "编号,上报时间,网格编码,问题描述,处理时间,处理人,现场照片,复查人,满意度"
    text = f"{headings}\nS1,2026-11-01 09:00,WG-0101,灯坏,,,,,"
    with_asides = office.check(office.file("甲.csv", text))
    plain = office.check(office.file("乙.csv", text.replace("处理人,现场照片,复查人", "甲栏,乙栏,丙栏")))
    assert (with_asides.ledger, with_asides.accepted) == (plain.ledger, plain.accepted)
