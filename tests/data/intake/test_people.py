"""People who leave, return or stay: counted, or one by one under a token."""

import pytest

from tests.data.intake.office import Office

ID, OTHER_ID = "330481199003070010", "11010519491231002X"


def reasons(office: Office, text: str) -> list[tuple[int, str]]:
    return [(each.row, each.reason) for each in office.check(office.file("流动.csv", text)).rejected]


DIRECTIONS = {
    "leave": ["返乡", "离开", "离岗", "流出"],
    "return": ["返岗", "返回", "返工", "流入"],
    "stay": ["留守", "在岗"],
}


def test_directions(fresh_office: Office) -> None:
    rows = [
        (stored, f"2026-{month:02}-{day:02},幸福社区,{written},12人")
        for month, (stored, spellings) in enumerate(DIRECTIONS.items(), start=1)
        for day, written in enumerate(spellings, start=1)
    ]
    text = "日期,社区,流向,人数\n" + "\n".join(row for _, row in rows) + "\n"
    assert fresh_office.load(fresh_office.file("流动.csv", text)).exit_status == 0
    found = fresh_office.ask("select direction, person_count from population_flow order by moved_on")
    assert found == [(stored, 12) for stored, _ in rows]


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        (ID, []),
        ("330481 19900307 0010", []),
        ("330481-19900307-0010", []),
        ("11010519491231002x", []),
        ("330481900307001", []),
        ("", []),
        ("330481199003070014", ["bad_id_number"]),
        ("33048119900307001", ["bad_id_number"]),
        ("3.30481199003070E+17", ["bad_id_number"]),
        ("330481199013070010", ["bad_id_number"]),
        ("护照E12345678", ["bad_id_number"]),
    ],
)
def test_identity_numbers(office: Office, number: str, verdict: list[str]) -> None:
    path = office.file(
        "流动.csv", f"日期,社区,流向,姓名,身份证号\n2026-11-20,幸福社区,返乡,王小明,{number}\n"
    )
    assert [each.reason for each in office.check(path).rejected] == verdict


def test_one_person_is_one_record_however_the_number_is_written(office: Office) -> None:
    text = (
        "日期,社区,流向,姓名,身份证号\n2026-11-20,幸福社区,返乡,王小明,11010519491231002X\n"
        "2026/11/20,幸福社区,离开,王 小明,110105 19491231 002x\n"
        "2026-11-20,幸福社区,返乡,王小明,110105491231002\n"
        "2026-11-21,幸福社区,返乡,王小明,11010519491231002X\n2026-11-20,幸福社区,返岗,王小明,11010519491231002X\n"
    )
    report = office.check(office.file("流动.csv", text))
    assert (report.accepted, report.merged, report.rejected) == ({"population_flow": 3}, 2, [])


def test_persons_and_counts_in_one_file(office: Office) -> None:
    text = (
        "日期,社区,流向,人数,姓名,身份证号,户籍省份,用工单位\n"
        f"2026-11-20,幸福社区,返乡,,王小明,{ID},安徽省,海天五金厂\n"
        f"2026-11-20,幸福社区,返乡,,李小红,{OTHER_ID},安徽省,海天五金厂\n"
        "2026-11-20,幸福社区,返乡,30,,,安徽,海天五金厂\n2026-11-20,幸福社区,返乡,20,,,河南,海天五金厂\n"
        "2026-11-20,幸福社区,返乡,20,,,河南省,海天五金厂\n2026-11-20,幸福社区,返乡,9,,,河南,\n"
        "2026-11-20,平安社区,返乡,1,赵大力,,贵州,\n"
    )
    report = office.check(office.file("流动.csv", text))
    assert (report.accepted, report.merged, report.rejected) == ({"population_flow": 6}, 1, [])


def test_counts_of_one_group_that_differ_contradict_each_other(office: Office) -> None:
    text = (
        "日期,社区,流向,人数\n2026-11-20,幸福社区,返乡,30\n"
        "2026-11-20,幸福社区,返乡,31\n2026-11-20,平安社区,返乡,1\n"
    )
    assert reasons(office, text) == [(2, "duplicate_conflict"), (3, "duplicate_conflict")]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"日期": "2027-01-21"}, []),
        ({"日期": "2027-01-22"}, ["date_out_of_range"]),
        ({"计划返岗日期": "2030-01-01"}, []),
        ({"计划返岗日期": "2月20日"}, ["date_ambiguous"]),
        ({"人数": "-"}, []),
        ({"人数": ""}, []),
        ({"人数": "-1"}, ["negative_count"]),
        ({"人数": "若干"}, ["not_a_number"]),
        ({"社区": ""}, ["missing_required"]),
        ({"流向": "—"}, ["missing_required"]),
        ({"流向": "出差"}, ["unknown_direction"]),
        ({"社区": "火星社区"}, ["unknown_community"]),
        ({"籍贯": "安徽省阜阳市颍州区"}, []),
    ],
)
def test_cells_of_a_count(office: Office, changes: dict[str, str], verdict: list[str]) -> None:
    row = {
        "日期": "2026-11-20",
        "社区": "幸福社区",
        "流向": "返乡",
        "人数": "3",
        "籍贯": "安徽",
        "计划返岗日期": "",
    } | changes
    text = ",".join(row) + "\n" + ",".join(row.values()) + "\n"
    assert [reason for _, reason in reasons(office, text)] == verdict
