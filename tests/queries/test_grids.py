"""One measure in every grid: against plain Python, the topics' own totals, and what unreported means."""

from dataclasses import replace
from datetime import date, datetime
from math import sqrt
from pathlib import Path

import pytest

from data.glossary import measures
from data.trouble import Trouble
from data.warehouse import Store
from queries import Scope, grids, handling, hazards, patrols, reports, three_colour
from tests.builders import load, snapshot_of, street_of
from tests.queries.grid_twins import MEASURES, Ground, by_code, told
from tests.queries.streets import AS_AT, Row

WEEK = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
SCOPES = [
    WEEK,
    Scope(date(2026, 10, 19), date(2026, 11, 19), as_at=datetime(2026, 11, 17, 12)),
    Scope(date(2027, 1, 18), date(2027, 2, 22), as_at=datetime(2027, 2, 21, 23, 59)),
    # a period that was over long before the moment looked at
    Scope(date(2026, 10, 12), date(2026, 10, 26), as_at=AS_AT),
]
PER = {"filed_per_1000_residents": 1000, "filed_per_100_firms": 100}
SMALLEST = {
    "on_time_handling_rate": 5,
    "recurrence_rate": 5,
    "filed_per_1000_residents": 100,
    "filed_per_100_firms": 5,
}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("scope", SCOPES)
def test_every_measure_agrees_with_its_twin(ground: Ground, measure: str, scope: Scope) -> None:
    found = by_code(grids.by_grid(ground.street, scope, measure))
    assert list(found) == sorted(row["grid_code"] for row in ground.grids)
    for grid in ground.grids:
        row, (numerator, denominator, is_reported) = (
            found[grid["grid_code"]],
            told(ground, scope, measure, grid),
        )
        assert row["is_reported"] == is_reported, row
        if not is_reported:
            assert (row["value"], row["numerator"], row["denominator"]) == (None, None, None)
            continue
        assert (row["numerator"], row["denominator"]) == pytest.approx((numerator, denominator)), row
        is_share = measure in SMALLEST or measure in PER or measure == "filed_per_km2"
        if is_share:
            expected = PER.get(measure, 1) * (numerator or 0) / denominator if denominator else None
        else:
            expected = numerator
        assert row["value"] == pytest.approx(expected), row
        assert row["is_small"] == (
            is_share and denominator is not None and denominator < SMALLEST.get(measure, 0)
        )


def test_every_measure_is_in_the_glossary_and_has_its_twin() -> None:
    assert set(grids.MEASURES) <= {measure.name for measure in measures()}
    assert set(grids.MEASURES) - set(MEASURES) == {"floating_people"}


@pytest.mark.parametrize("scope", SCOPES[:2])
def test_the_grids_add_up_to_the_topics_own_totals(ground: Ground, scope: Scope) -> None:
    cases = hazards.case_measures(ground.street, scope).iloc[0]
    visits = patrols.coverage(ground.street, scope).iloc[0]
    told_of = reports.figures(ground.street, scope).set_index("figure")["value"]
    for measure, numerator, denominator in (
        ("visit_count", visits["visit_count"], 0),
        ("report_count", told_of["report_count"], 0),
        ("filed", cases["filed"], 0),
        ("open_stock", cases["open_stock"], 0),
        ("overdue_stock", cases["overdue_stock"], 0),
        ("on_time_handling_rate", cases["handled_on_time"], cases["need_to_handle"]),
    ):
        found = grids.by_grid(ground.street, scope, measure)
        assert (found["numerator"].sum(), found["denominator"].sum()) == (numerator, denominator), measure


@pytest.mark.parametrize("scope", SCOPES)
def test_recurrence_and_reds_add_up_to_their_own_questions(ground: Ground, scope: Scope) -> None:
    sound = handling.soundness(ground.street, scope).fillna({"numerator": 0, "denominator": 0})
    own = sound[sound["figure"] == "recurrence_rate"].iloc[0]
    found = grids.by_grid(ground.street, scope, "recurrence_rate")
    parts = [found["numerator"].sum(), found["denominator"].sum()]
    assert parts == [own["numerator"], own["denominator"]]
    colours = three_colour.colour_counts(ground.street, scope).set_index("scheme")["red_count"]
    for measure, scheme in (("red_enterprises", "enterprise"), ("red_shops", "shop")):
        assert grids.by_grid(ground.street, scope, measure)["value"].sum() == colours[scheme]


def test_what_was_not_known_yet_is_not_counted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    load(store, "2026-11-17 10:00", patrol_log=[{"patrolled_at": "2026-11-16 09:00"}])
    load(store, "2026-11-19 10:00", patrol_log=[{"patrolled_at": "2026-11-16 10:00"}])
    street = snapshot_of(store)
    assert grids.by_grid(street, WEEK)["value"].tolist() == [2]
    then = replace(WEEK, known_at=datetime(2026, 11, 18))
    assert grids.by_grid(street, then)["value"].tolist() == [1]
    assert grids.frames(street, then)["value"].tolist() == [1]


def test_what_stands_under_no_registered_grid_keeps_a_row(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        grid=[{"grid_code": "WG-0101"}],
        hazard=[{"grid_code": "WG-0101", "filed_at": "2026-11-17 09:00"}],
    )
    assert by_code(grids.by_grid(street, WEEK, "filed"))["WG-0101"]["value"] == 1
    row = {"grid_code": None, "community": None, "filed_at": "2026-11-17 09:00"}
    street = street_of(tmp_path / "gridless", grid=[{"grid_code": "WG-0101"}], hazard=[row])
    found = grids.by_grid(street, WEEK, "filed")
    assert found["numerator"].sum() == hazards.case_measures(street, WEEK)["filed"][0] == 1
    assert found["grid_name"].isna().sum() == 1


def test_a_true_zero_stays_and_an_unreported_grid_is_null(tmp_path: Path) -> None:
    """Of the first grid's community the ledger tells, of the third's it stopped telling in October."""
    grids_of = [
        {"grid_code": "A1", "community": "甲"},
        {"grid_code": "A2", "community": "甲"},
        {"grid_code": "A3", "community": "甲"},
        {"grid_code": "B1", "community": "乙"},
    ]
    visits: list[Row] = [
        {"grid_code": "A1", "community": "甲", "patrolled_at": "2026-11-17 09:00"},
        {"grid_code": "A2", "community": "甲", "patrolled_at": "2026-10-01 09:00"},
        {"grid_code": "B1", "community": "乙", "patrolled_at": "2026-10-01 09:00"},
    ]
    found = by_code(grids.by_grid(street_of(tmp_path, grid=grids_of, patrol_log=visits), WEEK))
    told_of = {code: (row["value"], row["is_reported"]) for code, row in found.items()}
    assert told_of == {"A1": (1, True), "A2": (0, True), "A3": (None, False), "B1": (None, False)}


def test_a_week_of_silence_is_not_yet_unreported(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[{"patrolled_at": "2026-11-09 09:00"}])
    assert grids.by_grid(street, WEEK)["value"].tolist() == [0]
    later = replace(WEEK, since=date(2026, 11, 17))
    assert grids.by_grid(street, later)["is_reported"].tolist() == [False]


def test_a_period_that_has_not_begun_is_unreported(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[{}], hazard=[{}], public_report=[{}])
    coming = Scope(date(2026, 11, 23), date(2026, 11, 30), as_at=AS_AT)
    for measure in ("visit_count", "filed", "on_time_handling_rate", "report_count"):
        assert grids.by_grid(street, coming, measure)["is_reported"].tolist() == [False], measure


def test_visits_whose_stay_nobody_noted_do_not_make_no_minutes(tmp_path: Path) -> None:
    visits: list[Row] = [
        {"grid_code": "A1", "stay_minutes": None},
        {"grid_code": "A2", "stay_minutes": 0},
        {"grid_code": "A2", "stay_minutes": 25},
    ]
    found = by_code(grids.by_grid(street_of(tmp_path, patrol_log=visits), WEEK, "patrol_minutes"))
    assert {code: row["value"] for code, row in found.items()} == {"A1": None, "A2": 25}


def due_cases(grid: str, on_time: int, late: int) -> list[Row]:
    row = {"grid_code": grid, "filed_at": "2026-11-16 09:00", "due_at": "2026-11-18 09:00"}
    return [row | {"handled_at": "2026-11-17 09:00"}] * on_time + [dict(row)] * late


def test_places_have_their_interval_and_small_grids_have_none(tmp_path: Path) -> None:
    cases = due_cases("A1", 99, 1) + due_cases("A2", 38, 2) + due_cases("A3", 20, 20) + due_cases("A4", 4, 0)
    cases += due_cases("A5", 29, 0) + due_cases("A6", 38, 2)
    street = street_of(tmp_path, hazard=cases)
    found = by_code(grids.by_grid(street, WEEK, "on_time_handling_rate"))
    places = {code: (row["place_no"], row["place_low"], row["place_high"]) for code, row in found.items()}
    assert places == {
        "A1": (1, 1, 3),
        "A2": (2, 1, 3),
        "A6": (2, 1, 3),
        "A3": (4, 4, 4),
        "A4": (None, None, None),
        "A5": (None, None, None),
    }
    assert [code for code, row in found.items() if row["is_small"]] == ["A4"]
    # Wilson by hand, 99 of 100
    z, n, p = 1.96, 100, 0.99
    middle, half = (
        (p + z * z / 2 / n) / (1 + z * z / n),
        z * sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n),
    )
    assert (found["A1"]["value_low"], found["A1"]["value_high"]) == pytest.approx(
        (middle - half, middle + half)
    )
    # the whole street is ranked, whatever is shown of it
    [own] = grids.by_grid(street, replace(WEEK, grids=("A3",)), "on_time_handling_rate").to_dict("records")
    assert (own["place_no"], own["place_low"], own["place_high"]) == (4, 4, 4)


def test_a_density_has_poisson_s_interval_and_ranks_the_highest_first(tmp_path: Path) -> None:
    rows = [{"grid_code": code, "population": 2000} for code in ("A1", "A2", "A3")]
    filed = {"filed_at": "2026-11-17 09:00"}
    cases = [filed | {"grid_code": "A1"}] * 10 + [filed | {"grid_code": "A2"}] * 60
    found = by_code(
        grids.by_grid(street_of(tmp_path, grid=rows, hazard=cases), WEEK, "filed_per_1000_residents")
    )
    assert found["A1"]["value"] == 5
    # the exact interval of a count of 10 is 4.795 to 18.39
    assert (found["A1"]["value_low"], found["A1"]["value_high"]) == pytest.approx((2.40, 9.20), abs=0.01)
    assert [found[code]["place_no"] for code in ("A2", "A1", "A3")] == [1, 2, None]
    assert found["A3"]["is_reported"] is False


def test_few_people_are_hidden_and_not_to_be_worked_out(tmp_path: Path) -> None:
    rows = [
        {"grid_code": f"A{n}", "floating_population": people} for n, people in enumerate((3, 8, 40, None))
    ]
    street = street_of(tmp_path, grid=rows)
    found = by_code(grids.by_grid(street, WEEK, "floating_people"))
    assert [found[f"A{n}"]["value"] for n in range(4)] == [None, None, 40, None]
    assert [found[f"A{n}"]["is_small"] for n in range(4)] == [True, True, False, False]
    assert [found[f"A{n}"]["is_reported"] for n in range(4)] == [True, True, True, False]
    # not by asking for one grid alone either
    assert grids.by_grid(street, replace(WEEK, grids=("A1",)), "floating_people")["value"].isna().all()
    assert grids.card(street, WEEK, "A1")["floating_population"].isna().all()
    assert grids.trend(street, WEEK, "A1", "floating_people")["value"].isna().all()


def test_few_residents_are_no_denominator(tmp_path: Path) -> None:
    rows = [{"grid_code": code, "population": people} for code, people in (("A1", 4), ("A2", 5), ("A3", 0))]
    cases = [{"grid_code": f"A{n}", "filed_at": "2026-11-17 09:00"} for n in (1, 2, 3)]
    street = street_of(tmp_path, grid=rows, hazard=cases)
    found = by_code(grids.by_grid(street, WEEK, "filed_per_1000_residents"))
    assert [(found[code]["value"], found[code]["denominator"]) for code in ("A1", "A2", "A3")] == [
        (None, None),
        (200, 5),
        (None, 0),
    ]
    assert grids.card(street, WEEK, "A1")["population"].isna().all()


def test_an_unknown_measure_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="没有名为「beauty」的网格指标，可用的有：visit_count、"):
        grids.by_grid(street_of(tmp_path, grid=[{}]), WEEK, "beauty")
