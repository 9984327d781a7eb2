"""Which grid and community a row means, and what a street that knows no grid says."""

import json
from pathlib import Path

import pytest
import shapely

from data.intake.known import Grid, Known
from data.intake.load import Source, check, load
from data.intake.take import Wishes
from data.warehouse import Store
from tests.data.intake.office import GRIDS, Office


@pytest.mark.parametrize(
    ("header", "cells", "grid"),
    [
        ("网格编号", "WG-0101", "WG-0101"),
        ("网格编号", "wg-0101", "WG-0101"),
        ("网格名称", "ＷＧ－０１０１", "WG-0101"),
        ("网格", "WG—0101", "WG-0101"),
        ("网格", " WG-0101\u200b", "WG-0101"),
        ("所属网格", "第二网格", "WG-0102"),
        ("网格编号", "第二网格", "WG-0102"),
        ("社区,网格", "平安社区,第一网格", "WG-0201"),
        ("社区,网格", "幸福社区,第一网格", "WG-0101"),
        ("社区,网格", "幸福社区,WG-0102", "WG-0102"),
        ("网格", "平安社区第一网格", "WG-0201"),
        ("网格", "平安社区-第一网格", "WG-0201"),
        ("社区,网格编号,网格名称", "平安社区,,第一网格", "WG-0201"),
        ("社区,网格编号,网格名称", ",WG-0201,第一网格", "WG-0201"),
        ("社区,网格编号", "-,WG-0201", "WG-0201"),
    ],
)
def test_a_grid_is_found(office: Office, header: str, cells: str, grid: str) -> None:
    path = office.file("巡查.csv", f"巡查日期,{header}\n2026-11-01,{cells}\n")
    assert [each.reason for each in office.check(path).rejected] == []
    known = Known()
    lines = [line.split(",") for line in GRIDS.splitlines()[1:]]
    known.learn_grids(Grid(code, name, community) for community, code, name in lines)
    told = dict(zip(header.split(","), cells.split(","), strict=True))
    community = told.pop("社区", "").strip("-")
    code, name = [*told.values(), ""][:2]
    found = known.place(code, name, community)
    assert isinstance(found, tuple) and found[0] and found[0].grid_code == grid


@pytest.mark.parametrize(
    ("header", "cells", "reason"),
    [
        ("网格", "第一网格", "unknown_grid"),
        ("网格", "WG-0109", "unknown_grid"),
        ("社区,网格", "幸福社区,第九网格", "unknown_grid"),
        ("社区,网格", "火星社区,WG-0101", "unknown_community"),
        ("社区,网格", "平安社区,WG-0101", "grid_community_mismatch"),
        ("社区,网格", "平安社区,第二网格", "grid_community_mismatch"),
        ("社区,网格", "平安社区,", "missing_required"),
    ],
)
def test_a_grid_is_not_found(office: Office, header: str, cells: str, reason: str) -> None:
    path = office.file("巡查.csv", f"巡查日期,{header}\n2026-11-01,{cells}\n")
    assert [each.reason for each in office.check(path).rejected] == [reason]


def test_a_street_without_grids_says_what_to_load_first(tmp_path: Path) -> None:
    path = tmp_path / "巡查.csv"
    path.write_text("巡查日期,网格\n2026-11-01,WG-0101\n2026-11-01,\n", "utf-8")
    (report,) = check(Store(tmp_path / "store"), [Source(path, path.name)], Wishes()).files
    assert [each.reason for each in report.rejected] == ["unknown_grid", "missing_required"]
    assert report.notes == ["仓库里还没有网格信息，请先装载网格信息表。"]


def square(west: float, south: float, side: float = 0.01) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def geojson(name: Path, *features: tuple[dict[str, object], object], **members: object) -> Path:
    whole = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in features]
    name.write_text(json.dumps({"type": "FeatureCollection", **members, "features": whole}), "utf-8")
    return name


@pytest.mark.parametrize("heading", ["网格编码", "grid_code", "code", "Grid_Code", "网格编号"])
@pytest.mark.parametrize("shape", ["Polygon", "MultiPolygon"])
def test_polygons_find_their_grid(office: Office, heading: str, shape: str) -> None:
    corners = square(120.6, 30.5)
    coordinates = corners if shape == "Polygon" else [corners, square(120.7, 30.5)]
    path = geojson(
        office.desk / "边界.geojson", ({heading: "wg-0101"}, {"type": shape, "coordinates": coordinates})
    )
    report = office.check(path, "grid")
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"grid": 1}, [])


@pytest.mark.parametrize("first", ["table", "polygons"])
def test_polygons_and_table_come_in_any_order_and_keep_one_spelling(tmp_path: Path, first: str) -> None:
    store = Store(tmp_path / "store")
    table = tmp_path / "网格.csv"
    table.write_text(GRIDS, "utf-8")
    polygons = geojson(
        tmp_path / "边界.geojson",
        ({"code": "wg-0101"}, {"type": "Polygon", "coordinates": square(120.6, 30.5)}),
    )
    for path in (table, polygons) if first == "table" else (polygons, table):
        assert load(store, [Source(path, path.name)], Wishes()).exit_status == 0
    newest = store.newest()
    assert newest is not None
    rows = (
        newest.cursor()
        .execute("select grid_code, grid_name, polygon is not null from grid order by 1")
        .fetchall()
    )
    spelt = "WG-0101" if first == "table" else "wg-0101"
    assert sorted(rows) == sorted(
        [(spelt, "第一网格", True), ("WG-0102", "第二网格", False), ("WG-0201", "第一网格", False)]
    )


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("网格边界_GCJ-02.geojson", {}),
        ("网格边界（高德）.geojson", {}),
        ("网格边界.geojson", {"crs": {"type": "name", "properties": {"name": "GCJ-02"}}}),
        ("网格边界.geojson", {"坐标系": "火星坐标"}),
    ],
)
def test_polygons_in_another_system_are_moved(
    fresh_office: Office, name: str, members: dict[str, object]
) -> None:
    shape = {"type": "Polygon", "coordinates": square(120.6, 30.5)}
    fresh_office.load(geojson(fresh_office.desk / name, ({"grid_code": "WG-0101"}, shape), **members))
    ((polygon,),) = fresh_office.ask("select polygon from grid where grid_code = 'WG-0101'")
    lon, lat = json.loads(str(polygon))["coordinates"][0][0]
    assert (round(lon - 120.6, 3), round(lat - 30.5, 3)) != (0, 0)
    assert abs(lon - 120.6) < 0.01 and abs(lat - 30.5) < 0.01


@pytest.mark.parametrize(
    ("features", "reason"),
    [
        ([], "file_empty"),
        (
            [({"name": "第一网格"}, {"type": "Polygon", "coordinates": square(120.6, 30.5)})],
            "missing_required_column",
        ),
    ],
)
def test_polygons_that_cannot_be_taken(office: Office, features: list[object], reason: str) -> None:
    assert office.check(geojson(office.desk / "边界.geojson", *features)).file_reason == reason  # type: ignore[arg-type]


def test_a_feature_without_polygon_or_grid_is_rejected_alone(office: Office) -> None:
    good = {"type": "Polygon", "coordinates": square(120.6, 30.5)}
    path = geojson(
        office.desk / "边界.geojson",
        ({"网格编码": "WG-0101"}, good),
        ({"网格编码": "WG-0102"}, {"type": "Point", "coordinates": [120.6, 30.5]}),
        ({"网格编码": ""}, good),
        ({"code": "WG-0201"}, good),
    )
    report = office.check(path)
    assert report.accepted == {"grid": 2}
    assert [(each.row, each.reason) for each in report.rejected] == [
        (2, "missing_required"),
        (3, "missing_required"),
    ]


def test_a_boundary_that_crosses_itself_is_repaired_and_reported(fresh_office: Office) -> None:
    """A bow tie: its two triangles stay, and the clerk is told whose shape to look at."""
    corners = [[120.6, 30.5], [120.62, 30.52], [120.62, 30.5], [120.6, 30.52], [120.6, 30.5]]
    path = geojson(
        fresh_office.desk / "边界.geojson",
        ({"code": "WG-0101"}, {"type": "Polygon", "coordinates": [corners]}),
        ({"code": "WG-0102"}, {"type": "Polygon", "coordinates": square(120.7, 30.5)}),
    )
    (report,) = fresh_office.load(path).files
    assert report.accepted == {"grid": 2}
    assert report.notes == ["1 个网格的边界自相交，修复后收下：WG-0101。请在地图上核对它们的形状。"]
    ((polygon,),) = fresh_office.ask("select polygon from grid where grid_code = 'WG-0101'")
    shape = shapely.from_geojson(str(polygon))
    assert shape.is_valid
    assert shape.area == pytest.approx(2 * 0.02 * 0.01 / 2)


def test_polygons_are_grids_and_nothing_else(office: Office) -> None:
    path = geojson(
        office.desk / "边界.geojson",
        ({"code": "WG-0101"}, {"type": "Polygon", "coordinates": square(120, 30)}),
    )
    assert office.check(path, "hazard").file_reason == "unknown_table"


def test_one_grid_written_in_two_ways_is_one_grid(office: Office) -> None:
    text = (
        "社区,网格编码,网格名称\n长安社区,cd-1,一\n长安社区,ＣＤ－1,一\n长安社区,CD-2,二\n长安社区,CD-2,三\n"
    )
    report = office.check(office.file("网格.csv", text))
    assert (report.accepted, report.merged) == ({"grid": 1}, 1)
    assert [(each.row, each.value, each.reason) for each in report.rejected] == [
        (4, "CD-2", "duplicate_conflict"),
        (5, "CD-2", "duplicate_conflict"),
    ]


def test_two_columns_that_mean_one_grid_agree(office: Office) -> None:
    text = (
        "巡查日期,网格编号,网格号\n"
        "2026-11-01,WG-0101,wg－0101\n2026-11-02,-,WG-0102\n2026-11-03,第二网格,WG-0102\n"
    )
    report = office.check(office.file("巡查.csv", text))
    assert (report.file_reason, report.accepted, report.rejected) == (None, {"patrol_log": 3}, [])


@pytest.mark.parametrize(
    ("header", "cells", "heading", "value", "reason"),
    [
        ("所属网格", "WG-0909", "所属网格", "WG-0909", "unknown_grid"),
        ("网格编号", "WG-0909", "网格编号", "WG-0909", "unknown_grid"),
        ("网格编号,网格名称", ",第九网格", "网格名称", "第九网格", "unknown_grid"),
        ("网格编号,网格名称", "WG-0909,第一网格", "网格编号", "WG-0909", "unknown_grid"),
        ("社区,所属网格", "平安社区,WG-0101", "所属网格", "WG-0101", "grid_community_mismatch"),
        ("社区,所属网格", "火星社区,WG-0101", "社区", "火星社区", "unknown_community"),
        ("所属网格", "-", "所属网格", "-", "missing_required"),
        ("网格编号,网格名称", ",", "网格编号", "", "missing_required"),
    ],
)
def test_a_wrong_grid_is_told_under_the_heading_the_file_has(
    office: Office, header: str, cells: str, heading: str, value: str, reason: str
) -> None:
    path = office.file("巡查.csv", f"巡查日期,{header}\n2026-11-01,{cells}\n")
    (rejected,) = office.check(path).rejected
    assert (rejected.heading, rejected.value, rejected.reason) == (heading, value, reason)


def test_a_wrong_grid_s_sentence_shows_what_stands_there(office: Office) -> None:
    path = office.file("巡查.csv", "巡查日期,所属网格\n2026-11-01,WG-0909\n")
    (rejected,) = office.check(path).rejected
    assert (
        rejected.message == "第2行「所属网格」是「WG-0909」,在网格信息里找不到，请核对编码，或先装载网格信息"
    )
