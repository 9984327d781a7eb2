"""Red is the worst, unless it is a flag or a list: then a file is taken only once somebody has said which."""

from pathlib import Path

import pytest

from data import template
from data.intake.reasons import ADVICE
from data.intake.told import told
from data.trouble import Trouble
from tests.data.intake.office import Office

HEAD = "商户编号,店铺名称,评定日期,{}"
DAYS = [f"2026-11-{day:02}" for day in range(1, 21)]


def rated(office: Office, cells: list[str], heading: str = "评定颜色") -> Path:
    """A file of ratings of one shop, a day each."""
    rows = [f"QY-2,临江饭店,{day},{cell}" for day, cell in zip(DAYS, cells, strict=False)]
    return office.file("评定.csv", "\n".join([HEAD.format(heading), *rows]) + "\n")


def confirmed() -> template.Template:
    return template.load(Path("red_flag_is_best"))


@pytest.mark.parametrize(
    "cell", ["红旗", "绿旗", "黄旗", "红榜", "黑榜", "红 旗", "流动红旗单位", "红色旗", "紅旗", " 红榜 "]
)
def test_a_file_with_flags_or_lists_is_refused_whole(office: Office, cell: str) -> None:
    report = office.check(rated(office, ["绿", "黄", cell, "绿"]))
    assert (report.file_reason, report.accepted, report.rejected) == ("polarity_unconfirmed", {}, [])
    assert f"「{cell.strip().replace(' ', '')}」" in report.message


@pytest.mark.parametrize("heading", ["颜色（红旗最佳）", "红旗评定", "三色旗", "红黑榜", "旗别", "红旗等级"])
def test_a_heading_that_names_flags_is_as_doubtful_as_a_cell(office: Office, heading: str) -> None:
    report = office.check(rated(office, ["红", "绿"], heading))
    assert report.file_reason == "polarity_unconfirmed"
    assert f"「{heading}」" in report.message


def test_a_group_over_the_colour_may_name_the_flags(office: Office) -> None:
    rows = [
        ["店铺名称", "评定日期", "红旗评比", None],
        ["", "", "颜色", "得分"],
        ["临江饭店", "2026-11-01", "红", 96],
    ]
    report = office.check(office.workbook("评比.xlsx", {"一": rows}, ["C1:D1", "A1:A2", "B1:B2"]))
    assert report.file_reason == "polarity_unconfirmed"


@pytest.mark.parametrize("cell", ["红", "红色", "红码", "红牌", "绿牌", "黄码"])
def test_codes_cards_and_plain_colours_need_no_asking(office: Office, cell: str) -> None:
    report = office.check(rated(office, [cell]))
    assert (report.file_reason, report.accepted) == (None, {"rating": 1})


def test_a_place_called_red_flag_is_no_flag(office: Office) -> None:
    text = "商户编号,店铺名称,评定日期,评定颜色,评定说明\nQY-2,红旗饭店,2026-11-01,绿,得过流动红旗\n"
    assert office.check(office.file("评定.csv", text)).file_reason is None


def test_the_sentence_says_what_was_seen_and_both_ways_on(fresh_office: Office) -> None:
    report = fresh_office.load(rated(fresh_office, ["红旗", "绿旗", "黄旗"]))
    assert (report.exit_status, report.snapshot) == (2, None)
    said = told(report)
    for word in ("「红旗」", "「绿旗」", "「评定颜色」", "--template red_flag_is_best", "改写成绿、黄、红"):
        assert word in said
    assert "polarity_unconfirmed" not in ADVICE, "it is said of a file, never of a row"


def test_a_doubt_in_one_sheet_stops_the_whole_workbook(office: Office) -> None:
    head = ["商户编号", "评定日期", "评定颜色"]
    sheets = {
        "十月": [head, ["QY-2", "2026-10-01", "绿"]],
        "十一月": [head, ["QY-2", "2026-11-01", "红旗"]],
    }
    report = office.check(office.workbook("评定.xlsx", sheets))
    assert (report.file_reason, report.accepted) == ("polarity_unconfirmed", {})


BEST_IS_RED = {"红旗": "green", "绿旗": "yellow", "黄旗": "red", "红榜": "green", "黑榜": "red"}
BEST_IS_RED |= {"红": "green", "绿": "yellow", "黄": "red", "红色": "green", "红 旗": "green", " 黄旗": "red"}
BEST_IS_RED |= {"红码": "red", "绿牌": "green"}


def test_confirmed_flags_become_our_colours_and_are_remembered(fresh_office: Office) -> None:
    path = rated(fresh_office, list(BEST_IS_RED))
    report = fresh_office.load(path, template=confirmed())
    assert (report.exit_status, report.files[0].accepted) == (0, {"rating": len(BEST_IS_RED)})
    stored = fresh_office.ask("select colour, polarity, scheme from rating order by rated_on")
    assert stored == [(colour, "red_is_best", "shop") for colour in BEST_IS_RED.values()]


def test_under_the_template_what_is_no_flag_is_no_colour(office: Office) -> None:
    report = office.check(rated(office, ["红旗", "蓝旗", "黄榜"]), template=confirmed())
    assert [(each.row, each.value, each.reason) for each in report.rejected] == [
        (3, "蓝旗", "unknown_colour"),
        (4, "黄榜", "unknown_colour"),
    ]


def test_unasked_the_worst_is_red(fresh_office: Office) -> None:
    fresh_office.load(rated(fresh_office, ["红"]))
    assert fresh_office.ask("select colour, polarity from rating") == [("red", "red_is_worst")]


def test_a_corrected_file_overrules_what_was_confirmed(fresh_office: Office) -> None:
    fresh_office.load(rated(fresh_office, ["红旗"]), template=confirmed())
    fresh_office.load(rated(fresh_office, ["黄"]))
    assert fresh_office.ask("select colour, polarity from rating") == [("yellow", "red_is_worst")]


def test_the_template_reads_a_sheet_as_offices_write_it(fresh_office: Office) -> None:
    rows = [
        ["万达金街店铺旬评比", None, None, None],
        ["店铺名称", "评比", None, "网格员"],
        [None, "评定日期", "旗别", None],
        ["临江饭店", "2026-11-01", "红旗", "欧阳晓峰"],
        ["临江饭店", "2026-11-11", "黄旗", "欧阳晓峰"],
        ["合计", None, 2, None],
        ["制表：欧阳晓峰", None, None, None],
    ]
    path = fresh_office.workbook("评比.xlsx", {"一": rows}, ["A1:D1", "B2:C2", "A2:A3", "D2:D3"])
    assert fresh_office.check(path).file_reason == "polarity_unconfirmed"
    report = fresh_office.load(path, template=confirmed()).files[0]
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"rating": 2}, [])
    assert fresh_office.ask("select colour, source_row from rating order by rated_on") == [
        ("green", 4),
        ("red", 5),
    ]


def test_the_template_is_for_ratings_only(office: Office) -> None:
    path = office.file("隐患.csv", "隐患编号,发现日期,网格\nA,2026-11-01,WG-0101\n")
    report = office.check(path, template=confirmed())
    assert report.file_reason == "missing_required_column"
    assert "评定颜色" in report.message


def test_another_template_may_confirm_it_too(fresh_office: Office) -> None:
    output = {
        "ledger": "rating",
        "columns": {"subject_no": "Shop", "rated_on": "Day", "colour": "旗"},
        "values": {"colour": {"红旗": "绿"}},
    }
    path = fresh_office.file("x.csv", "Shop,Day,旗\nQY-2,2026-11-01,红旗\n")
    plain = template.parsed({"output": [output]}, "试")
    assert fresh_office.check(path, template=plain).file_reason == "polarity_unconfirmed"
    said = template.parsed({"output": [{**output, "constants": {"polarity": "red_is_best"}}]}, "试")
    assert fresh_office.load(path, template=said).files[0].accepted == {"rating": 1}
    assert fresh_office.ask("select colour, polarity from rating") == [("green", "red_is_best")]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([{"ledger": "rating", "own_headings": True, "columns": {"colour": "x"}}], "「columns」"),
        ([{"ledger": "rating", "own_headings": True, "where": []}], "「where」"),
        ([{"ledger": "rating", "own_headings": True}, {"ledger": "hazard"}], "只能有一个"),
    ],
)
def test_a_template_either_names_headings_or_takes_the_ledger_s_own(
    raw: list[dict[str, object]], said: str
) -> None:
    with pytest.raises(Trouble, match=said):
        template.parsed({"output": raw}, "试")


def test_days_of_an_own_heading_file_follow_the_template_s_order(office: Office) -> None:
    raw = {"date_order": "dmy", "output": [{"ledger": "rating", "own_headings": True}]}
    path = office.file("评定.csv", "商户编号,评定日期,评定颜色\nQY-2,05/11/2026,绿\n")
    assert office.check(path, template=template.parsed(raw, "试")).accepted == {"rating": 1}


def test_every_flag_the_template_knows_is_one_the_door_stops(office: Office) -> None:
    known = confirmed().outputs[0].values["colour"]
    flags = [word for word in known if word.endswith(("旗", "榜"))]
    assert len(flags) == 5
    for flag in flags:
        assert office.check(rated(office, ["绿", flag])).file_reason == "polarity_unconfirmed"
