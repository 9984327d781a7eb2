"""The worked examples of the handbook (4.4): points and colours of looks, and one enterprise's track."""

import numpy as np
import pytest

from data.colouring.evaluating import evaluate
from data.colouring.scoring import look
from data.rule_shelf import shipped
from data.rules import COLOURS
from tests.data.colouring.subjects import FOREVER, colours, day, history, subject

ENTERPRISE: tuple[tuple[dict[str, int], int, str], ...] = (
    ({}, 100, "green"),
    ({"open_general_hazards_in_time": 2, "missed_self_checks_90d": 1}, 94, "green"),
    ({"overdue_general_hazards": 1}, 92, "yellow"),
    (
        {
            "overdue_general_hazards": 2,
            "repeat_hazards_180d": 2,
            "no_safety_officer": 1,
            "no_drill_12m": 1,
            "unregistered_danger_sources": 1,
        },
        60,
        "yellow",
    ),
    ({"open_major_hazards": 1}, 100, "red"),
    ({"missed_meetings_90d": 9, "uncooperative_records_90d": 9}, 90, "green"),
)
SHOP: tuple[tuple[dict[str, int], int, str], ...] = (
    ({"fire_equipment_faults": 1, "waste_violations_30d": 1}, 91, "green"),
    ({"gas_protection_missing": 2, "electrical_hazards": 1, "frontage_violations_30d": 2}, 77, "yellow"),
    ({"illegal_residence": 1}, 100, "red"),
)


@pytest.mark.parametrize(
    ("scheme", "facts", "score", "colour"),
    [("enterprise", *each) for each in ENTERPRISE] + [("shop", *each) for each in SHOP],
)
def test_a_look_gives_the_points_and_the_colour_of_the_handbook(
    scheme: str, facts: dict[str, int], score: int, colour: str
) -> None:
    columns = {fact: np.array([count]) for fact, count in facts.items()}
    seen = look(shipped(scheme), columns, np.zeros(1, np.int64), 1)
    assert (int(seen.scores[0]), COLOURS[seen.candidates[0]]) == (score, colour)


def test_an_enterprise_goes_the_handbook_s_way_through_probation_and_doubled_dwell() -> None:
    told = subject(
        # yellow at first, put right before the next month
        ("overdue_general_hazards", "2026-12-01", "2026-12-20"),
        ("open_major_hazards", "2027-02-01", "2027-02-20"),
        ("open_major_hazards", "2027-04-10", "2027-04-25"),
    )
    worn = dict(colours(told, "2027-08-01"))
    assert worn["2026-12-01"] == "yellow"
    # the closing is an event: one good look in December, the second in January, once 30 days have passed
    assert worn["2026-12-20"] == "yellow"


def test_the_handbook_s_track_by_monthly_looks_and_vetoes() -> None:
    """Yellow by points, not by a hazard, so that no closing is looked at between the months."""
    told = subject(
        ("no_safety_officer", "2026-11-01", "2026-12-15"),
        ("no_safety_commitment", "2026-11-01", "2026-12-15"),
        ("no_drill_12m", "2026-11-01", "2026-12-15"),
        ("open_major_hazards", "2027-02-01", "2027-02-20"),
        ("open_major_hazards", "2027-04-10", "2027-04-20"),
    )
    assert colours(told, "2027-08-01") == [
        ("2026-12-01", "yellow"),
        ("2027-01-01", "yellow"),
        ("2027-02-01", "red"),
        ("2027-02-20", "red"),
        ("2027-03-01", "yellow"),
        ("2027-04-01", "yellow"),
        ("2027-04-10", "red"),
        ("2027-04-20", "red"),
        ("2027-05-01", "red"),
        ("2027-06-01", "yellow"),
        ("2027-07-01", "yellow"),
        ("2027-08-01", "green"),
    ]


def test_a_relapse_counts_only_within_probation() -> None:
    told = subject(
        ("open_major_hazards", "2026-12-01", "2026-12-10"),
        ("open_major_hazards", "2027-05-03", "2027-05-04"),
    )
    worn = dict(colours(told, "2027-07-01"))
    assert worn["2027-01-01"] == "yellow"
    assert worn["2027-03-01"] == "green"
    # 122 days after the step to yellow: no relapse, so two good looks and 14 days are enough
    assert (worn["2027-05-03"], worn["2027-06-01"]) == ("red", "yellow")


@pytest.mark.parametrize(("relapsed_on", "dwell"), [("2027-03-02", 28), ("2027-03-03", 14)])
def test_probation_lasts_through_its_sixtieth_day(relapsed_on: str, dwell: int) -> None:
    told = subject(
        ("open_major_hazards", "2026-12-01", "2026-12-10"),
        ("open_major_hazards", relapsed_on, FOREVER),
    )
    looked = evaluate(told, (shipped("enterprise"),), day(relapsed_on))
    assert ("2027-01-01", "yellow") in history(looked)
    assert (history(looked)[-1], int(looked.dwell[-1])) == ((relapsed_on, "red"), dwell)


def test_a_doubled_dwell_lasts_until_it_is_over() -> None:
    told = subject(
        ("open_major_hazards", "2026-12-01", "2026-12-10"),
        ("open_major_hazards", "2027-02-10", "2027-02-12"),
    )
    worn = dict(colours(told, "2027-04-01"))
    # the second good look comes after 19 days, when a dwell of 14 would be over, and not one of 28
    assert (worn["2027-02-10"], worn["2027-03-01"], worn["2027-04-01"]) == ("red", "red", "yellow")


def test_nobody_climbs_two_levels_at_once() -> None:
    told = subject(("open_major_hazards", "2026-12-01", "2026-12-02"))
    assert [colour for _, colour in colours(told, "2027-03-01")] == [
        "red",
        "red",
        "yellow",
        "yellow",
        "green",
    ]


def test_what_is_open_for_ever_stays_red() -> None:
    told = subject(("open_major_hazards", "2026-12-01", FOREVER))
    assert {colour for _, colour in colours(told, "2027-12-01")} == {"red"}
