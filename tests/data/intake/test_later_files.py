"""A second file: the same bytes, newer and older versions, blanks, and several files in one load."""

from datetime import datetime
from pathlib import Path

from data.intake.load import Source, load
from data.intake.take import Wishes
from data.warehouse import Store
from tests.data.intake.office import FIRMS, GRIDS, Office

HEAD = "隐患编号,发现日期,网格,隐患描述,责任单位,更新时间"


def loaded(office: Office, name: str, *rows: str, head: str = HEAD) -> tuple[dict[str, int], int, list[str]]:
    report = office.load(office.file(name, "\n".join([head, *rows]) + "\n")).files[0]
    assert report.file_reason is None, report.message
    return report.accepted, report.merged, [each.reason for each in report.rejected]


def test_an_identical_row_keeps_its_newest_version_time(fresh_office: Office) -> None:
    rows = ["A,2026-11-01,WG-0101,漏电,甲,2026-11-02", "A,2026-11-01,WG-0101,漏电,甲,2026-11-09"]
    assert loaded(fresh_office, "一.csv", *rows) == ({"hazard": 1}, 1, [])
    assert loaded(fresh_office, "二.csv", "A,2026-11-01,WG-0101,旧话,甲,2026-11-05") == ({"hazard": 1}, 0, [])
    assert fresh_office.ask("select description, updated_at from hazard") == [("漏电", datetime(2026, 11, 9))]


def test_an_older_version_fills_only_what_was_blank(fresh_office: Office) -> None:
    loaded(fresh_office, "一.csv", "A,2026-11-01,WG-0101,新,,2026-11-05")
    loaded(fresh_office, "二.csv", "A,2026-11-01,WG-0102,旧,甲,2026-11-04")
    assert fresh_office.ask("select grid_code, description, unit from hazard") == [("WG-0101", "新", "甲")]


def test_three_rows_of_one_key(office: Office) -> None:
    def outcome(*rows: str) -> tuple[dict[str, int], int, list[int]]:
        report = office.check(office.file("表.csv", "\n".join([HEAD, *rows]) + "\n"))
        return report.accepted, report.merged, [each.row for each in report.rejected]

    a, b, c = "A,2026-11-01,WG-0101,甲,,", "A,2026-11-01,WG-0101,乙,,", "A,2026-11-01,WG-0101,丙,,"
    assert outcome(a, b, c) == ({"hazard": 0}, 0, [2, 3, 4])
    assert outcome(a, a, b) == ({"hazard": 0}, 0, [2, 3, 4])
    assert outcome(a, a, a) == ({"hazard": 1}, 2, [])
    assert outcome(a + "2026-11-01", b + "2026-11-02", c + "2026-11-03") == ({"hazard": 1}, 2, [])
    assert outcome(a + "2026-11-03", b + "2026-11-03", c + "2026-11-01") == ({"hazard": 0}, 0, [2, 3, 4])
    assert outcome(a + "2026-11-01", b + "2026-11-03", b + "2026-11-03") == ({"hazard": 1}, 2, [])
    assert outcome(a + "2026-11-01", b) == ({"hazard": 0}, 0, [2, 3])
    assert outcome(a, b.replace("WG-0101", "WG-9999")) == ({"hazard": 1}, 0, [3])


def test_patrols_without_a_number_go_by_moment_grid_person_and_kind(office: Office) -> None:
    head = "巡查时间,网格,巡查人,巡查方式,走访人次"
    rows = [
        "2026-11-01 09:00,WG-0101,张三,步巡,3",
        "2026/11/1 9:00,wg-0101,张三,步巡,3",
        "2026-11-01 09:00,WG-0101,李四,步巡,3",
        "2026-11-01 09:00,WG-0101,张三,车巡,3",
        "2026-11-01 09:00,WG-0102,张三,步巡,3",
        "2026-11-01 10:00,WG-0101,张三,步巡,3",
        "2026-11-01 10:00,WG-0101,,,3",
        "2026-11-01 11:00,WG-0101,王五,步巡,3",
        "2026-11-01 11:00,WG-0101,王五,步巡,4",
    ]
    report = office.check(office.file("巡查.csv", "\n".join([head, *rows]) + "\n"))
    assert (report.accepted, report.merged) == ({"patrol_log": 6}, 1)
    assert [(each.row, each.reason) for each in report.rejected] == [
        (9, "duplicate_conflict"),
        (10, "duplicate_conflict"),
    ]
    assert "王五" not in str(report.as_json())


def test_everything_in_one_load_in_any_order(tmp_path: Path, _today: None) -> None:
    files = {
        "评定.csv": "企业编号,评定日期,颜色\nQY-1,2026-11-01,绿\n",
        "隐患.csv": "隐患编号,发现日期,网格\nA,2026-11-01,WG-0101\n",
        "企业.csv": FIRMS,
        "流动.csv": "日期,社区,流向,人数\n2026-11-20,幸福社区,返乡,3\n",
        "网格.csv": GRIDS,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    report = load(Store(tmp_path / "store"), [Source(tmp_path / name, name) for name in files], Wishes())
    assert [each.path for each in report.files] == list(files)
    assert [each.accepted for each in report.files] == [
        {"rating": 1}, {"hazard": 1}, {"enterprise": 2}, {"population_flow": 1}, {"grid": 3},
    ]  # fmt: skip
    assert report.exit_status == 0


def test_the_same_bytes_twice_in_one_load_count_once(fresh_office: Office) -> None:
    first = fresh_office.file("一.csv", f"{HEAD}\nA,2026-11-01,WG-0101,漏电,,\n")
    second = fresh_office.file("又.csv", first.read_text("utf-8"))
    report = fresh_office.load(first, second)
    assert [each.file_reason for each in report.files] == [None, "duplicate_file"]
    assert report.exit_status == 1
    broken = [fresh_office.file(name, "商品,价格\n酱油,12\n") for name in ("三.csv", "四.csv")]
    assert [each.file_reason for each in fresh_office.load(*broken).files] == ["unknown_table"] * 2


def test_a_file_whose_rows_were_all_rejected_may_come_again_after_the_grids(
    tmp_path: Path, _today: None
) -> None:
    store = Store(tmp_path / "store")
    grids, facts = tmp_path / "网格.csv", tmp_path / "隐患.csv"
    grids.write_text(GRIDS, "utf-8")
    facts.write_text("隐患编号,发现日期,网格\nA,2026-11-01,WG-0101\n", "utf-8")
    early = load(store, [Source(facts, facts.name)], Wishes())
    assert (early.exit_status, early.snapshot, early.files[0].accepted) == (2, None, {"hazard": 0})
    assert load(store, [Source(grids, grids.name)], Wishes()).exit_status == 0
    assert load(store, [Source(facts, facts.name)], Wishes()).files[0].accepted == {"hazard": 1}


def test_a_header_without_rows_is_put_on_record(fresh_office: Office) -> None:
    path = fresh_office.file("空.csv", HEAD + "\n")
    report = fresh_office.load(path)
    assert (report.exit_status, report.files[0].accepted) == (0, {"hazard": 0})
    assert report.snapshot is not None
    assert fresh_office.load(path).files[0].file_reason == "duplicate_file"
