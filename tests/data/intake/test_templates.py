"""Templates: what they may say, what they do to a foreign file, and how a clerk's mapping becomes one."""

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from data import template
from data.intake.confirmed import mapping, save, written
from data.trouble import Trouble
from tests.data.intake.office import Office

FOREIGN = (
    "Case,Opened,Zone,Score,Text\n"
    "1,11/02/2026 12:30:00 AM,WG-0101,5,wire\n2,11/03/2026,WG-0101,30,\n3,,WG-0101,1,\n"
)


def test_a_confirmed_mapping_loads_the_next_strange_file(fresh_office: Office, tmp_path: Path) -> None:
    pairs = ["hazard_no=Case", "reported_at = Opened", "grid_code=Zone", "description=Text"]
    path = tmp_path / "来件.toml"
    save(mapping("hazard", pairs, title='外来登记簿 "A"', date_order="mdy"), path)
    report = fresh_office.load(fresh_office.file("x.csv", FOREIGN), template=template.load(path)).files[0]
    assert (report.file_reason, report.accepted) == (None, {"hazard": 2})
    assert [(each.row, each.heading, each.reason) for each in report.rejected] == [
        (4, "Opened", "missing_required")
    ]
    assert fresh_office.ask("select hazard_no, reported_at, description from hazard order by 1") == [
        ("1", datetime(2026, 11, 2, 0, 30), "wire"),
        ("2", datetime(2026, 11, 3), None),
    ]


@pytest.mark.parametrize("name", template.shipped_names())
def test_every_shipped_template_survives_being_written(name: str) -> None:
    raw = tomllib.loads((template.FOLDER / f"{name}.toml").read_text("utf-8"))
    raw.pop("earliest", None)
    for output in raw["output"]:
        output.pop("bands", None)
    assert tomllib.loads(written(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"output": [{"ledger": "nothing"}]}, "不认识的台账"),
        ({"output": [{"ledger": "hazard", "columns": {"colour": "X"}}]}, "没有字段"),
        ({"output": [{"ledger": "hazard", "run": "rm"}]}, "不认识的项「run」"),
        ({"system": "UTM", "output": [{"ledger": "hazard"}]}, "system 应为"),
        ({"time_zone": "Mars/Base", "output": [{"ledger": "hazard"}]}, "不认识的时区"),
        ({"date_order": "dym", "output": [{"ledger": "hazard"}]}, "date_order 应为"),
        ({}, "至少要有一个"),
    ],
)
def test_a_wrong_template_says_what_is_wrong(raw: dict[str, object], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        template.parsed(raw, "试")


def test_a_file_that_lacks_the_template_s_headings_is_refused(office: Office) -> None:
    raw = {"output": [{"ledger": "hazard", "columns": {"hazard_no": "Case", "reported_at": "Missing"}}]}
    report = office.check(office.file("x.csv", FOREIGN), template=template.parsed(raw, "试"))
    assert (report.file_reason, report.accepted) == ("missing_required_column", {})
    assert "「Missing」" in report.message


def test_a_time_zone_is_moved_to_the_street_s(office: Office) -> None:
    raw = {"date_order": "mdy", "time_zone": "America/New_York", "output": [{"ledger": "hazard"}]}
    moved = template.parsed(raw, "试").moment_text("11/02/2026 12:30:00 AM")
    assert moved == "2026-11-02 13:30:00"


def test_rows_kept_without_a_grid_are_counted_and_their_words_shown(office: Office) -> None:
    columns = {"hazard_no": "Case", "reported_at": "Opened", "grid_code": "Zone"}
    raw = {"output": [{"ledger": "hazard", "columns": columns, "unmatched_grid": "keep"}]}
    zones = ["WG-0101", "", "-", "North", "North", *(f"South-{number}" for number in range(6))]
    text = "\n".join(["Case,Opened,Zone", *(f"{n},2026-11-02,{zone}" for n, zone in enumerate(zones))])
    report = office.check(office.file("x.csv", text + "\n90,,West\n"), template=template.parsed(raw, "试"))
    assert (report.accepted, len(report.rejected)) == ({"hazard": 11}, 1)
    (note,) = report.notes
    assert note == (
        "隐患台账按模板收下了 10 行没有网格的记录：2 行没有填写网格（或坐标不在任何网格内）；8 行的网格在"
        "网格信息里找不到，如「North」、「South-0」、「South-1」、「South-2」、「South-3」。它们不计入任何网格。"
    )


def test_two_outputs_made_of_the_same_rows_merge_them_once(office: Office) -> None:
    hazard = {
        "ledger": "hazard",
        "columns": {"hazard_no": "Case", "reported_at": "Opened", "grid_code": "Zone"},
    }
    patrol = {
        "ledger": "patrol_log",
        "columns": {"patrol_no": "Case", "patrolled_at": "Opened", "grid_code": "Zone"},
    }
    text = "Case,Opened,Zone\n" + "1,2026-11-02,WG-0101\n" * 3
    raw = {"output": [hazard, patrol]}
    report = office.check(office.file("x.csv", text), template=template.parsed(raw, "试"))
    assert (report.accepted, report.merged) == ({"hazard": 1, "patrol_log": 1}, 2)
