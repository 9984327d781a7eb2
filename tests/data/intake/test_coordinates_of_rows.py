"""Coordinates of rows: moved to WGS-84 where their system is named, dropped where they cannot be right."""

import json
import math
from pathlib import Path

import pytest

from data.coordinates import from_wgs84
from data.intake.take import Wishes
from tests.data.intake.office import Office, opened

UNDECLARED = "坐标没有声明坐标系，按 WGS-84 存放；若是别的坐标系，请在表头写明，如「经度（GCJ-02）」。"
WEST, SOUTH, EAST, NORTH = 120.600, 30.500, 120.640, 30.540
LON, LAT = 120.62, 30.52


@pytest.fixture
def street(tmp_path: Path, _today: None) -> Office:
    """An office whose grid WG-0101 has a polygon, about 4 km wide."""
    office = opened(tmp_path)
    ring = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]
    feature = {
        "type": "Feature",
        "properties": {"grid_code": "WG-0101"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    office.load(office.file("边界.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]})))
    return office


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return math.hypot((lon - other_lon) * 111_320 * math.cos(math.radians(lat)), (lat - other_lat) * 110_950)


@pytest.mark.parametrize(
    ("lon_heading", "lat_heading", "system"),
    [
        ("经度", "纬度", "WGS-84"),
        ("经度（WGS-84）", "纬度（WGS84）", "WGS-84"),
        ("经度（GCJ-02）", "纬度（GCJ-02）", "GCJ-02"),
        ("高德经度", "高德纬度", "GCJ-02"),
        ("经度(腾讯地图)", "纬度(腾讯地图)", "GCJ-02"),
        ("经度（火星坐标）", "纬度", "GCJ-02"),
        ("经度_GCJ02", "纬度_GCJ02", "GCJ-02"),
        ("火星坐标经度", "火星坐标纬度", "GCJ-02"),
        ("经度\n（百度）", "纬度\n（百度）", "BD-09"),
        ("BD09经度", "BD09纬度", "BD-09"),
        ("百度经度", "百度纬度", "BD-09"),
        ("lng_bd09", "lat_bd09", "BD-09"),
    ],
)
def test_a_named_system_is_converted(street: Office, lon_heading: str, lat_heading: str, system: str) -> None:
    (lon,), (lat,) = from_wgs84([LON], [LAT], system)
    path = street.file(
        "隐患.csv",
        f'编号,发现日期,网格,"{lon_heading}","{lat_heading}"\nA,2026-11-01,WG-0101,{lon:.6f},{lat:.6f}\n',
    )
    assert street.load(path).exit_status == 0
    ((found_lon, found_lat, crs),) = street.ask("select lon, lat, crs from hazard")
    assert metres_between(float(str(found_lon)), float(str(found_lat)), LON, LAT) < 15
    assert crs == (system if any(each in lon_heading for each in ("WGS", *"GBb百高腾火")) else "undeclared")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("坐标", f"{LON},{LAT}"),
        ("坐标", f"({LON}，{LAT})"),
        ("坐标", f"{LON} {LAT}"),
        ("坐标（WGS-84）", f"{LON};{LAT}"),
    ],
)
def test_a_pair_in_one_cell(street: Office, heading: str, cell: str) -> None:
    path = street.file("巡查.csv", f'巡查日期,网格,{heading}\n2026-11-01,WG-0101,"{cell}"\n')
    assert street.load(path).exit_status == 0
    assert street.ask("select lon, lat from patrol_log") == [(LON, LAT)]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (f"{LAT}", f"{LON}"),
        ("0", "0"),
        ("不详", "不详"),
        (f"{LON}", ""),
        ("", f"{LAT}"),
        ("190", "30.5"),
        ("121.5", "31.2"),
        (f"{EAST + 0.03}", f"{LAT}"),
        ("#N/A", "#N/A"),
        ("", ""),
    ],
)
def test_a_point_that_cannot_be_right_is_dropped_and_its_row_kept(street: Office, lon: str, lat: str) -> None:
    path = street.file("巡查.csv", f"巡查日期,网格,经度,纬度\n2026-11-01,WG-0101,{lon},{lat}\n")
    assert street.load(path).exit_status == 0
    assert street.ask("select lon, lat, crs from patrol_log") == [(None, None, None)]


def test_a_point_a_little_outside_is_kept(street: Office) -> None:
    path = street.file("巡查.csv", f"巡查日期,网格,经度,纬度\n2026-11-01,WG-0101,{EAST + 0.015},{LAT}\n")
    street.load(path)
    assert street.ask("select lon from patrol_log") == [(EAST + 0.015,)]


def test_without_polygons_nothing_is_outside(fresh_office: Office) -> None:
    text = "巡查日期,网格,经度,纬度\n2026-11-01,WG-0101,87.6,43.8\n2026-11-02,WG-0101,30.5,120.6\n"
    fresh_office.load(fresh_office.file("巡查.csv", text))
    assert fresh_office.ask("select lon, lat from patrol_log order by patrolled_at") == [
        (87.6, 43.8),
        (None, None),
    ]


def notes_on(street: Office, system: str, count: int = 40, east: float = WEST) -> list[str]:
    """The report's notes on points along the grid's side, written in a system that no heading names."""
    lons = [east + 0.0002 + each * 1e-5 for each in range(count)]
    lats = [SOUTH + 0.0002 + each * 1e-5 for each in range(count)]
    rows = zip(*from_wgs84(lons, lats, system), strict=True)
    lines = [f"2026-11-01 10:{n:02},WG-0101,{lon:.6f},{lat:.6f}" for n, (lon, lat) in enumerate(rows)]
    return street.check(street.file("巡查.csv", "\n".join(["巡查时间,网格,经度,纬度", *lines]))).notes


def test_points_of_no_named_system_are_judged_by_where_they_fall(street: Office) -> None:
    (note,) = notes_on(street, "WGS-84")
    assert "按 WGS-84 有 100%" in note and "最像 WGS-84，已按 WGS-84 存放" in note
    (note,) = notes_on(street, "GCJ-02", east=EAST - 0.001)
    assert "最像 GCJ-02" in note and "重新装载" in note and "按 BD-09 有 0%" in note
    assert notes_on(street, "WGS-84", count=29) == [UNDECLARED]


def test_points_that_fit_any_system_are_not_guessed_at(street: Office) -> None:
    lines = [f"2026-11-01 10:{n:02},WG-0101,{LON},{LAT}" for n in range(30)]
    (note,) = street.check(street.file("巡查.csv", "\n".join(["巡查时间,网格,经度,纬度", *lines]))).notes
    assert "分不出" in note


def test_the_command_line_may_name_the_system(street: Office) -> None:
    (lon,), (lat,) = from_wgs84([LON], [LAT], "BD-09")
    path = street.file("巡查.csv", f"巡查日期,网格,经度,纬度\n2026-11-01,WG-0101,{lon:.6f},{lat:.6f}\n")
    street.load(path, system="BD-09")
    ((found_lon, found_lat),) = street.ask("select lon, lat from patrol_log")
    assert metres_between(float(str(found_lon)), float(str(found_lat)), LON, LAT) < 15
    assert Wishes().system is None


@pytest.mark.parametrize(
    ("word", "system"), [("坐标（GCJ-02）", "GCJ-02"), ("高德坐标", "GCJ-02"), ("百度", "BD-09")]
)
@pytest.mark.parametrize("is_filled_down", [True, False])
def test_a_system_named_over_both_columns_counts(
    street: Office, word: str, system: str, is_filled_down: bool
) -> None:
    (lon,), (lat,) = from_wgs84([LON], [LAT], system)
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:E1"] if is_filled_down else ["D1:E1"]
    rows = [
        ["编号", "发现日期", "网格", word, None],
        [None, None, None, "经度", "纬度"],
        ["A", "2026-11-01", "WG-0101", lon, lat],
    ]
    report = street.load(street.workbook("隐患.xlsx", {"一": rows}, merges)).files[0]
    assert (report.accepted, report.notes) == ({"hazard": 1}, [])
    ((found_lon, found_lat, crs),) = street.ask("select lon, lat, crs from hazard")
    assert metres_between(float(str(found_lon)), float(str(found_lat)), LON, LAT) < 15
    assert crs == system


@pytest.mark.parametrize("title", ["高德坐标隐患台账", "说明：坐标取自高德"])
def test_a_title_names_no_system(street: Office, title: str) -> None:
    text = f"{title}\n编号,发现日期,网格,经度,纬度\nA,2026-11-01,WG-0101,{LON},{LAT}\n"
    assert street.check(street.file("隐患.csv", text)).notes == [UNDECLARED]


def test_points_of_no_named_system_are_told_of_without_polygons_too(office: Office) -> None:
    text = f"巡查日期,网格,经度,纬度\n2026-11-01,WG-0101,{LON},{LAT}\n"
    assert office.check(office.file("巡查.csv", text)).notes == [UNDECLARED]


def test_the_note_on_dropped_points_names_the_first_rows(street: Office) -> None:
    head = "巡查时间,网格,经度（WGS-84）,纬度（WGS-84）"
    bad = [f"2026-11-01 10:{n:02},WG-0101,{LAT},{LON}" for n in range(7)]
    good = f"2026-11-01 11:00,WG-0101,{LON},{LAT}"
    said = "已略去坐标，行保留："
    (note,) = street.check(street.file("巡查.csv", "\n".join([head, good, *bad]))).notes
    assert note.endswith(said + "第 3、4、5、6、7 行等，其余各行也是这样。")
    rows = [[*head.split(",")], good.split(","), bad[0].split(",")]
    (note,) = street.check(street.workbook("巡查.xlsx", {"十一月": rows})).notes
    assert note.endswith(said + "工作表「十一月」第 3 行。")
