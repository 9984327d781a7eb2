"""Shapes, the card of a grid, and the points outside every grid."""

from datetime import date
from pathlib import Path

import pytest

from queries import Scope, grids
from tests.builders import street_of
from tests.queries.grid_twins import Ground, by_code
from tests.queries.streets import AS_AT, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)


def test_the_area_is_the_ledger_s_or_the_polygon_s(tmp_path: Path) -> None:
    ring = [[120.0, 30.0], [120.01, 30.0], [120.01, 30.01], [120.0, 30.01], [120.0, 30.0]]
    hole = [[120.004, 30.004], [120.006, 30.004], [120.006, 30.006], [120.004, 30.006], [120.004, 30.004]]
    far = [[[x + 1, y] for x, y in ring]]
    rows: list[Row] = [
        {"grid_code": "A1", "area_m2": 500_000.0, "polygon": geojson("Polygon", [ring])},
        {"grid_code": "A2", "polygon": geojson("Polygon", [ring])},
        {"grid_code": "A3", "polygon": geojson("Polygon", [ring, hole])},
        {"grid_code": "A4", "polygon": geojson("MultiPolygon", [[ring], far])},
        {"grid_code": "A5"},
    ]
    found = by_code(grids.polygons(street_of(tmp_path, grid=rows), WEEK))
    # at 30 degrees 0.01 degrees are 964.86 m and 1108.53 m
    square = 964.86 * 1108.53
    areas = {code: row["area_m2"] for code, row in found.items()}
    assert areas.pop("A5") is None
    assert areas == pytest.approx(
        {"A1": 500_000, "A2": square, "A3": square * 0.96, "A4": square * 2}, rel=2e-4
    )
    assert (found["A2"]["lon"], found["A2"]["lat"]) == pytest.approx((120.005, 30.005))
    # the middle of the third lies in its hole: the point given does not
    assert not (120.004 < found["A3"]["lon"] < 120.006 and 30.004 < found["A3"]["lat"] < 30.006)
    assert found["A5"]["lon"] is None


def geojson(kind: str, coordinates: object) -> str:
    return f'{{"type": "{kind}", "coordinates": {coordinates}}}'


def test_a_card_tells_what_every_other_question_tells(ground: Ground) -> None:
    grid = next(row for row in ground.grids if row["grid_code"] == "WG-0201")
    [card] = grids.card(ground.street, WEEK, "WG-0201").to_dict("records")
    assert (card["community"], card["population"]) == ("二号社区", grid["population"])
    for measure in ("visit_count", "filed", "open_stock", "overdue_stock", "report_count", "red_shops"):
        assert card[measure] == by_code(grids.by_grid(ground.street, WEEK, measure))["WG-0201"]["value"], (
            measure
        )
    rate = by_code(grids.by_grid(ground.street, WEEK, "on_time_handling_rate"))["WG-0201"]
    assert (card["handled_on_time"], card["need_to_handle"]) == (rate["numerator"], rate["denominator"])
    assert card["on_time_handling_rate"] == pytest.approx(rate["value"])
    visits = [row for row in ground.visits if row["grid_code"] == "WG-0201" and row["patrolled_at"] <= AS_AT]
    long = [row["patrolled_at"] for row in visits if row["stay_minutes"] is None or row["stay_minutes"] >= 5]
    assert card["last_visit_at"] == max(long)
    firms = [row for row in ground.firms if row["grid_code"] == "WG-0201" and row["state"] != "已注销"]
    assert card["active_enterprises"] + card["active_shops"] == len(firms)


def test_a_card_of_no_grid_is_empty(ground: Ground) -> None:
    assert grids.card(ground.street, WEEK, "WG-9999").empty


def test_points_outside_every_grid_are_listed_farthest_first(tmp_path: Path) -> None:
    """The grid is 0.01 degrees wide: about 965 m, and a spot of 100 m may lie across its side."""
    ring = [[120.0, 30.0], [120.01, 30.0], [120.01, 30.01], [120.0, 30.01], [120.0, 30.0]]
    grid = {"grid_code": "A1", "polygon": geojson("Polygon", [ring])}
    inside = {"lon": 120.0098, "lat": 30.005, "grid_code": "A1", "crs": "WGS-84"}
    street = street_of(
        tmp_path,
        grid=[grid],
        hazard=[
            inside | {"hazard_no": "H1"},
            inside | {"hazard_no": "H2", "lon": 120.0101},
            inside | {"hazard_no": "H3", "lon": 120.02, "reported_at": "2026-11-01 09:00"},
            inside | {"hazard_no": "H4", "lon": None, "lat": None},
        ],
        patrol_log=[inside | {"patrol_no": "P1", "lon": 120.015}],
        public_report=[inside | {"report_no": "R1", "lat": 30.02}],
    )
    found = grids.outside(street, WEEK)
    assert found[["ledger", "record_no"]].values.tolist() == [
        ["public_report", "R1"],
        ["patrol_log", "P1"],
        ["hazard", "H2"],
    ]
    # 0.01 degrees north; 0.005 and 0.0001 degrees east of the side
    assert found["distance_m"].tolist() == pytest.approx([1112, 481.5, 9.63], rel=2e-3)


def test_without_polygons_nothing_is_outside(tmp_path: Path) -> None:
    street = street_of(tmp_path, hazard=[{"lon": 120.0, "lat": 30.0, "crs": "WGS-84"}])
    assert grids.outside(street, WEEK).empty
