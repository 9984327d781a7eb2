"""The demonstration's files: the same every time, complete, and written in the contract's own headings."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from data import demo
from data.contract import Ledger, ledgers
from tests.data.demo.conftest import UNTIL

LEDGER_OF = {
    "网格信息": "grid",
    "企业台账": "enterprise",
    "商户台账": "enterprise",
    "巡查记录": "patrol_log",
    "隐患台账": "hazard",
    "企业三色评定": "rating",
    "商户三色评定": "rating",
    "企业指标核查": "finding",
    "商户指标核查": "finding",
    "责任状": "responsibility_letter",
    "企业自查": "self_check",
    "企业演练培训": "drill",
    "商户演练培训": "drill",
    "危险源台账": "danger_source",
    "证照台账": "certificate",
    "燃气防护": "gas_guard",
    "事故与处置": "enforcement",
    "需求清单": "shop_need",
    "资源清单": "shop_resource",
    "企业三色人工调整": "rating_override",
    "商户三色人工调整": "rating_override",
    "一企一策": "enterprise_policy",
    "五好评分": "district_score",
    "人口流动日报": "population_flow",
    "返乡返岗登记": "worker",
    "空置房登记": "vacated_room",
    "复工申请": "resumption",
    "留守服务工单": "service_order",
    "随手拍上报": "public_report",
    "骑手上报": "public_report",
    "建议征集": "suggestion",
    "积分流水": "points",
}


def headings(path: Path) -> list[str]:
    """The header row of a ledger file, brackets and stars removed."""
    if path.suffix == ".csv":
        encoding = "utf-8-sig" if path.name.startswith("人口流动") else "gb18030"
        with path.open(encoding=encoding) as file:
            return [text.split("（")[0] for text in file.readline().strip().split(",")]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value).split("（")[0].split("\n")[0].rstrip("*") for cell in sheet[3]]


def ledger_of(path: Path) -> Ledger:
    return ledgers()[LEDGER_OF[path.stem.split("_")[0]]]


def tables(paths: list[Path]) -> list[Path]:
    return [path for path in paths if path.suffix != ".geojson"]


def test_the_same_street_is_the_same_bytes_every_time(small_street: list[Path], tmp_path: Path) -> None:
    again = demo.write(tmp_path, UNTIL, scale=0.05)
    first = {path.name: sha256(path.read_bytes()).hexdigest() for path in small_street}
    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in again} == first


def test_grids_come_first_then_enterprises_then_facts(small_street: list[Path]) -> None:
    names = [path.name for path in small_street]
    assert names[:4] == ["网格信息.xlsx", "网格边界.geojson", "企业台账.xlsx", "商户台账.xlsx"]
    assert names[4].startswith("巡查记录")
    first_of = {ledger: min(i for i, n in enumerate(names) if n.startswith(ledger)) for ledger in LEDGER_OF}
    assert first_of["人口流动日报"] < first_of["返乡返岗登记"]
    assert first_of["隐患台账"] < first_of["企业三色评定"]


def test_every_ledger_of_the_street_is_there(small_street: list[Path]) -> None:
    written = {path.stem.split("_")[0] for path in tables(small_street)}
    assert written == set(LEDGER_OF)


def test_every_heading_of_a_required_field_is_there_once(small_street: list[Path]) -> None:
    for path in tables(small_street):
        ledger, told = ledger_of(path), headings(path)
        for field in ledger.fields:
            found = [heading for heading in told if heading in field.headings]
            assert len(found) <= 1, (path.name, field.name, found)
            if field.required and field.name != "grid_code":
                assert found, (path.name, field.name)


def test_the_orientation_map_is_beside_the_ledgers_but_not_among_them(small_street: list[Path]) -> None:
    assert (small_street[0].parent / "底图.geojson").exists()
    assert "底图.geojson" not in {path.name for path in small_street}


def test_no_workbook_is_longer_than_the_importer_takes(small_street: list[Path]) -> None:
    for path in small_street:
        assert path.suffix != ".xlsx" or path.stat().st_size < 20_000_000


def test_some_files_are_gb18030_and_one_names_its_map_system(small_street: list[Path]) -> None:
    shifted = [path for path in small_street if path.name == "隐患台账_2025年.csv"]
    assert "经度（GCJ-02）" in shifted[0].read_bytes().decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        shifted[0].read_bytes().decode("utf-8")


def test_a_season_that_has_begun_is_told_as_planned(tmp_path: Path) -> None:
    paths = demo.write(tmp_path, date(2027, 1, 25), years=1, scale=0.05)
    names = [path.name for path in paths]
    assert any(name.startswith("返乡返岗登记_2027年") for name in names)
    assert any(name.startswith("空置房登记_2027年") for name in names)
