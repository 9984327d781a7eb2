"""Enterprises by number or credit code, and the ratings that refer to them."""

import pytest

from tests.data.intake.office import Office


@pytest.mark.parametrize(
    ("header", "cells", "verdict"),
    [
        ("企业编号", "QY-1", []),
        ("企业编号", "ｑｙ－1", []),
        ("企业名称", "海天五金厂", []),
        ("商户名称", "临江饭店", []),
        ("企业名称", "海天 五金厂", []),
        ("统一社会信用代码", "91330481ma00000002", []),
        ("企业编号,企业名称", "QY-1,改名后的厂", []),
        ("企业编号,企业名称", ",海天五金厂", []),
        ("企业编号,企业名称", "QY-9,海天五金厂", ["unknown_enterprise"]),
        ("企业编号", "QY-9", ["unknown_enterprise"]),
        ("企业名称", "没有这家", ["unknown_enterprise"]),
        ("企业编号,企业名称", "-,", ["missing_required"]),
        ("企业编号", "#N/A", ["cell_error"]),
    ],
)
def test_a_rating_needs_a_known_enterprise(
    office: Office, header: str, cells: str, verdict: list[str]
) -> None:
    path = office.file("评定.csv", f"{header},评定日期,颜色\n{cells},2026-11-01,绿\n")
    assert [each.reason for each in office.check(path).rejected] == verdict


COLOURS = {
    "green": ["绿", "绿色", "绿码", "绿牌", "Green", "green", " 绿 "],
    "yellow": ["黄", "黄色", "黄码", "黄牌", "YELLOW"],
    "red": ["红", "红色", "红码", "红牌", " red "],
}
NO_COLOURS = ["蓝", "红灯", "橙色", "绿绿", "优秀", "1", "红黄"]


def test_colours(fresh_office: Office) -> None:
    rows = [
        (stored, f"QY-1,2026-{month:02}-{day:02},{written}")
        for month, (stored, spellings) in enumerate(COLOURS.items(), start=1)
        for day, written in enumerate(spellings, start=1)
    ]
    text = "企业编号,评定日期,颜色\n" + "\n".join(row for _, row in rows) + "\n"
    assert fresh_office.load(fresh_office.file("评定.csv", text)).exit_status == 0
    assert fresh_office.ask("select colour from rating order by rated_on") == [
        (stored,) for stored, _ in rows
    ]


def test_what_is_no_colour(office: Office) -> None:
    rows = [f"QY-1,2026-01-{day:02},{written}" for day, written in enumerate(NO_COLOURS, start=1)]
    report = office.check(office.file("评定.csv", "企业编号,评定日期,颜色\n" + "\n".join(rows) + "\n"))
    assert [each.reason for each in report.rejected] == ["unknown_colour"] * len(NO_COLOURS)


def test_one_rating_a_firm_and_day_whichever_way_the_firm_is_named(office: Office) -> None:
    text = (
        "企业编号,企业名称,评定日期,颜色\nQY-1,,2026-11-01,绿\n"
        ",海天五金厂,2026-11-01,绿\nQY-2,,2026-11-01,红\n"
    )
    report = office.check(office.file("评定.csv", text))
    assert (report.accepted, report.merged, report.rejected) == ({"rating": 2}, 1, [])
    text = "企业编号,企业名称,评定日期,颜色\nQY-1,,2026-11-01,绿\n,海天五金厂,2026-11-01,红\n"
    report = office.check(office.file("评定.csv", text))
    assert [each.reason for each in report.rejected] == ["duplicate_conflict"] * 2


def test_firms_without_a_number_go_by_their_credit_code(office: Office) -> None:
    text = (
        "企业编号,统一社会信用代码,企业名称,网格\nQY-7,91330481MA00000007,甲厂,WG-0101\n"
        ",91330481ma00000008,乙厂,WG-0101\n,91330481MA00000008,乙厂,WG-0101\n,,丙厂,WG-0101\n"
    )
    report = office.check(office.file("企业.csv", text))
    assert (report.accepted, report.merged) == ({"enterprise": 2}, 1)
    assert [(each.row, each.reason) for each in report.rejected] == [(5, "missing_required")]


@pytest.mark.parametrize("first", ["number", "code"])
def test_a_firm_known_by_its_credit_code_stays_one_record(fresh_office: Office, first: str) -> None:
    numbered = fresh_office.file(
        "一.csv", "企业编号,统一社会信用代码,企业名称,网格\nQY-7,91330481MA00000007,甲厂,WG-0101\n"
    )
    coded = fresh_office.file(
        "二.csv", "统一社会信用代码,企业名称,网格,行业\n91330481MA00000007,甲厂,WG-0102,五金\n"
    )
    for path in (numbered, coded) if first == "number" else (coded, numbered):
        assert fresh_office.load(path).files[0].accepted == {"enterprise": 1}
    grid = "WG-0102" if first == "number" else "WG-0101"
    asked = "select enterprise_no, grid_code, industry from enterprise where name = '甲厂'"
    assert fresh_office.ask(asked) == [("QY-7", grid, "五金")]
    path = fresh_office.file("评定.csv", "企业编号,评定日期,颜色\nQY-7,2026-11-01,绿\n")
    assert fresh_office.load(path).exit_status == 0
    joined = "select count(*) from rating join enterprise on enterprise_key = enterprise.record_key"
    assert fresh_office.ask(joined) == [(1,)]


def test_contacts_are_never_stored(fresh_office: Office) -> None:
    text = (
        "企业编号,企业名称,网格,联系人,联系电话\n"
        "QY-7,甲厂,WG-0101,欧阳小明,13812345678\nQY-8,乙厂,WG-0101,,座机坏了\n"
    )
    report = fresh_office.load(fresh_office.file("企业.csv", text)).files[0]
    assert report.rejected == []
    assert "欧阳小明" not in str(fresh_office.ask("select * from enterprise"))
    assert "13812345678" not in str(fresh_office.ask("select * from enterprise"))
