"""What the three colours are worked out from: letters, self-checks, drills, certificates and the rest."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from data.contract import ledgers
from tests.data.intake.ledger_samples import SAMPLES, Sample
from tests.data.intake.office import Office

PHONE = "13812345678"
NAMES = ("欧阳晓峰", "司徒婉清", "尉迟建国")
Writer = Callable[[Office, str, Sample], Path]


def as_workbook(office: Office, name: str, sample: Sample) -> Path:
    width = len(sample.headings)
    rows = [
        [f"清禾街道{name}", *[None] * (width - 1)],
        ["填报单位：安监办", *[None] * (width - 2), "填报日期：2026-11-20"],
        [f"{heading}（必填）" if place == 0 else heading for place, heading in enumerate(sample.headings)],
        *sample.rows,
        ["填表人：欧阳晓峰", *[None] * (width - 1)],
    ]
    return office.workbook(f"{name}.xlsx", {"台账": rows}, [f"A1:{chr(64 + width)}1"])


def as_csv(office: Office, name: str, sample: Sample) -> Path:
    width = len(sample.headings)
    rows = [
        [f"清禾街道{name}"],
        ["填报单位：安监办"],
        sample.headings,
        *sample.rows,
        ["审核人：欧阳晓峰", *[""] * (width - 1)],
    ]
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"
    return office.file(f"{name}.csv", text, "gb18030")


def one_row(ledger: str, **changes: str) -> tuple[list[str], list[str]]:
    """The headings and the first row of a ledger's sample, some cells changed; a blank one as blank."""
    sample = SAMPLES[ledger]
    cells = {heading: column[0] for heading, column in sample.cells.items()} | changes
    return list(cells), list(cells.values())


def checked(office: Office, ledger: str, **changes: str) -> list[tuple[str, str]]:
    """(heading, reason) of a file that has only this row."""
    headings, cells = one_row(ledger, **changes)
    path = office.file("表.csv", ",".join(headings) + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n")
    report = office.check(path)
    assert (report.ledger, report.file_reason) == (ledger, None), report.message
    return [(each.heading, each.reason) for each in report.rejected]


def stored(office: Office, name: str) -> list[tuple[object, ...]]:
    return office.ask(f"select {SAMPLES[name].asked} from {name} order by source_row")


def everything_held(office: Office) -> str:
    """All cells of the newest snapshot's tables and of the batches it was made of."""
    tables = office.ask("select table_name from duckdb_tables()")
    held = [
        str(office.ask(f'select * from "{table}"')) for (table,) in tables if "calendar" not in str(table)
    ]
    held += [str(pq.read_table(path).to_pylist()) for path in office.store.folder.rglob("*.parquet")]
    return "".join(held)


@pytest.mark.parametrize("written", [as_workbook, as_csv])
def test_every_ledger_is_loaded_as_an_office_writes_it(fresh_office: Office, written: Writer) -> None:
    paths = [written(fresh_office, ledgers()[name].title, sample) for name, sample in SAMPLES.items()]
    report = fresh_office.load(*paths)
    assert [(each.ledger, each.accepted, each.message) for each in report.files] == [
        (name, {name: 2}, "") for name in SAMPLES
    ]
    assert report.exit_status == 0
    assert {name: stored(fresh_office, name) for name in SAMPLES} == {
        name: list(sample.stored) for name, sample in SAMPLES.items()
    }
    held = everything_held(fresh_office)
    assert "海天五金厂" in held
    for word in (*NAMES, PHONE):
        assert word not in held
        assert word not in str(report.as_json())


def test_what_is_loaded_again_changes_nothing_and_a_blank_erases_nothing(fresh_office: Office) -> None:
    fresh_office.load(*(as_workbook(fresh_office, name, sample) for name, sample in SAMPLES.items()))
    versions = " union all ".join(f"select '{name}', count(*) from {name}_version" for name in SAMPLES)
    before = fresh_office.ask(versions)
    again = fresh_office.load(*(as_workbook(fresh_office, name, sample) for name, sample in SAMPLES.items()))
    assert {each.file_reason for each in again.files} <= {"duplicate_file", None}
    blanked = [as_csv(fresh_office, f"补{name}", blank_where_allowed(name)) for name in SAMPLES]
    report = fresh_office.load(*blanked)
    assert [each.rejected for each in report.files] == [[]] * len(SAMPLES)
    assert fresh_office.ask(versions) == before
    assert {name: stored(fresh_office, name) for name in SAMPLES} == {
        name: list(sample.stored) for name, sample in SAMPLES.items()
    }


def blank_where_allowed(name: str) -> Sample:
    """The sample's rows again with nothing but what they must say and what they are known by."""
    ledger = ledgers()[name]
    by_heading = {field.headings[0]: field for field in ledger.fields if field.headings}
    known_by = {part for group in ledger.key for part in group}
    by_check = {part for check in ledger.checks for part in check.of}
    cells = {}
    for heading, column in SAMPLES[name].cells.items():
        field = by_heading.get(heading)
        is_needed = field is None or field.required or field.name in known_by | by_check
        is_needed |= field is not None and field.type.startswith("subject")
        cells[heading] = list(column) if is_needed else [""] * len(column)
    return Sample(cells, "", [])


@pytest.mark.parametrize(("number", "name"), [("企业编号", "企业名称"), ("商户编号", "店铺名称")])
@pytest.mark.parametrize("ledger", SAMPLES)
def test_first_headings_alone_say_which_ledger_it_is(
    office: Office, ledger: str, number: str, name: str
) -> None:
    fields = [each for each in ledgers()[ledger].fields if each.headings and not each.type.startswith("sub")]
    subject = [] if ledger == "district_score" else [number, name]
    told = [each for each in fields if each.name != "updated_at"]
    known_by = {part for group in ledgers()[ledger].key[:1] for part in group}
    for some in (told, [each for each in told if each.required or each.name in known_by]):
        header = ",".join([*subject, *(each.headings[0] for each in some)])
        report = office.check(office.file("表.csv", header + "\n"))
        assert (report.ledger, report.file_reason) == (ledger, None), header


@pytest.mark.parametrize("ledger", SAMPLES)
def test_every_other_heading_tells_the_same(office: Office, ledger: str) -> None:
    cells = SAMPLES[ledger].cells
    for field in ledgers()[ledger].fields:
        for heading in field.headings[1:] if field.headings[0] in cells else ():
            renamed = {heading if each == field.headings[0] else each: cells[each] for each in cells}
            if heading == "评分日期":
                renamed[heading] = ["2026-11-01", "2026-11-20"]
            report = office.check(as_csv(office, "台账", Sample(renamed, "", [])))
            assert (report.ledger, report.accepted, report.rejected) == (ledger, {ledger: 2}, []), heading


def test_a_ledger_may_carry_columns_of_the_firm_s_register(office: Office) -> None:
    headings = "企业编号,企业名称,统一社会信用代码,行业类别,联系人,联系电话,签订日期,是否公示"
    row = "QY-1,海天五金厂,,五金,欧阳晓峰,13812345678,2026-01-05,是"
    report = office.check(office.file("责任状.csv", f"{headings}\n{row}\n"))
    assert (report.ledger, report.accepted) == ("responsibility_letter", {"responsibility_letter": 1})


REQUIRED = [
    (name, field.headings[0]) for name in SAMPLES for field in ledgers()[name].fields if field.required
]


@pytest.mark.parametrize(("ledger", "heading"), REQUIRED)
def test_a_row_without_what_it_must_say_is_turned_away(office: Office, ledger: str, heading: str) -> None:
    assert checked(office, ledger, **{heading: "—"}) == [(heading, "missing_required")]


@pytest.mark.parametrize(
    ("ledger", "changes", "rejected"),
    [
        ("responsibility_letter", {"企业编号": "QY-9"}, ("企业编号", "unknown_enterprise")),
        ("responsibility_letter", {"企业编号": "", "企业名称": ""}, ("企业编号", "missing_required")),
        ("responsibility_letter", {"签订日期": "1月5日"}, ("签订日期", "date_ambiguous")),
        ("responsibility_letter", {"签订日期": "2026-11-23"}, ("签订日期", "date_out_of_range")),
        ("responsibility_letter", {"有效期至": "2027/13/1"}, ("有效期至", "date_invalid")),
        ("self_check", {"应查日期": "", "自查日期": ""}, ("应查日期", "missing_required")),
        ("self_check", {"自查日期": "2026-11-23"}, ("自查日期", "date_out_of_range")),
        ("self_check", {"发现问题数": "-1"}, ("发现问题数", "negative_count")),
        ("drill", {"参加人数": "全员"}, ("参加人数", "not_a_number")),
        ("danger_source", {"辨识日期": "2026-02-30"}, ("辨识日期", "date_invalid")),
        ("danger_source", {"危险源名称": "罐" * 5001}, ("危险源名称", "text_too_long")),
        ("certificate", {"有效期至": "快到了"}, ("有效期至", "date_invalid")),
        ("gas_guard", {"是否到位": "基本可以"}, ("是否到位", "not_a_flag")),
        ("gas_guard", {"核查日期": "#N/A"}, ("核查日期", "cell_error")),
        ("shop_need", {"需求数量": "若干"}, ("需求数量", "not_a_number")),
        ("shop_resource", {"可提供数量": "-2"}, ("可提供数量", "negative_count")),
        ("rating_override", {"调整后颜色": "红旗"}, ("调整后颜色", "unknown_colour")),
        ("enterprise_policy", {"制定日期": "05/01/2026"}, ("制定日期", "date_ambiguous")),
        ("enforcement", {"发生日期": "2014-12-31"}, ("发生日期", "date_out_of_range")),
        ("district_score", {"安全好": "优秀"}, ("安全好", "not_a_number")),
        ("district_score", {"评分月份": "11月"}, ("评分月份", "date_invalid")),
    ],
)
def test_one_wrong_cell_turns_its_row_away(
    office: Office, ledger: str, changes: dict[str, str], rejected: tuple[str, str]
) -> None:
    assert checked(office, ledger, **changes) == [rejected]


def test_a_certificate_that_does_not_expire_has_no_last_day(fresh_office: Office) -> None:
    cells = ["长期", "长期有效", "永久", "无固定期限", " 长 期 ", "—", ""]
    rows = [f"QY-2,证照{number},{cell}" for number, cell in enumerate(cells)]
    text = "\n".join(["商户编号,证照名称,有效期至", *rows]) + "\n"
    assert fresh_office.load(fresh_office.file("证照.csv", text)).exit_status == 0
    assert fresh_office.ask("select count(*), count(expires_on) from certificate") == [(len(cells), 0)]


def test_a_renewed_certificate_is_a_record_of_its_own(fresh_office: Office) -> None:
    headings, cells = one_row("certificate")
    renewed = one_row("certificate", 有效期至="2032-04-30")[1]
    text = "\n".join(",".join(row) for row in (headings, cells, renewed)) + "\n"
    assert fresh_office.load(fresh_office.file("证照.csv", text)).files[0].accepted == {"certificate": 2}


def test_a_layer_is_in_place_or_not_as_offices_say_it(fresh_office: Office) -> None:
    yes = ["是", "√", "到位", "已到位", "完好", "有效", "落实", "已落实"]
    no = ["否", "×", "不到位", "未落实", "无", "没有"]
    rows = [f"QY-2,2026-11-10,第{number}重,{cell}" for number, cell in enumerate([*yes, *no])]
    text = "\n".join(["商户编号,核查日期,防护层,是否到位", *rows]) + "\n"
    assert fresh_office.load(fresh_office.file("燃气.csv", text)).exit_status == 0
    told = [is_ok for (is_ok,) in fresh_office.ask("select is_ok from gas_guard order by source_row")]
    assert told == [True] * len(yes) + [False] * len(no)


def test_a_self_check_owed_and_another_made_on_that_day_are_two(office: Office) -> None:
    text = "企业编号,应查日期,自查日期\nQY-1,2026-11-01,2026-11-03\nQY-1,,2026-11-01\n"
    report = office.check(office.file("自查.csv", text))
    assert (report.accepted, report.rejected) == ({"self_check": 2}, [])


def test_findings_may_count_places_and_firms_name_a_post(fresh_office: Office) -> None:
    findings = (
        "企业编号,核查日期,指标,核查结果,数量\n"
        "QY-1,2026-11-01,用电,不合格,3处\nQY-1,2026-11-02,用电,不合格,好几处\n"
    )
    firms = "企业编号,企业名称,网格编码,包保岗位\nQY-1,海天五金厂,WG-0101,安监办副主任岗\n"
    report = fresh_office.load(fresh_office.file("核查.csv", findings), fresh_office.file("企业.csv", firms))
    assert [each.rejected for each in report.files] == [[], []]
    assert fresh_office.ask("select fault_count from finding order by found_on") == [(3,), (None,)]
    assert fresh_office.ask("select responsible_post from enterprise where enterprise_no = 'QY-1'") == [
        ("安监办副主任岗",)
    ]
