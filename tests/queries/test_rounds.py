"""Tomorrow's round: its order and every reason against plain Python, and nothing known later leaks in."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from queries import Scope, rounds
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, COMMUNITIES, Row, cases, firms, ratings, visits

SINCE, UNTIL = date(2026, 11, 16), date(2026, 11, 23)
NOW = Scope(SINCE, UNTIL, as_at=AS_AT)
DAY = timedelta(days=1)


def is_long(row: Row) -> bool:
    return row["stay_minutes"] is None or row["stay_minutes"] >= 5


def expected(invented: Invented, as_at: datetime) -> dict[str, dict[str, float]]:
    """The parts of every grid's order that hazards and visits make, one after the other."""
    tomorrow = as_at.date() + DAY
    begun = min(row["patrolled_at"].date() for row in invented.visits)
    watched_from = max(tomorrow - timedelta(days=91), begun)
    grids: dict[str, dict[str, float]] = {}
    for code in COMMUNITIES:
        days = sorted(
            {
                row["patrolled_at"].date()
                for row in invented.visits
                if row["grid_code"] == code and is_long(row) and row["patrolled_at"] <= as_at
            }
        )
        found = [
            row
            for row in invented.cases
            if row["grid_code"] == code
            and row["reported_at"] <= as_at
            and "reopen_of" not in row
            and not row.get("voided_at", datetime.max) <= as_at
            and watched_from <= row["reported_at"].date() <= days[-1]
        ]
        gaps = sorted((after - before).days for before, after in pairwise(days))
        half = len(gaps) // 2
        grids[code] = {
            "gap_days": (tomorrow - days[-1]).days,
            "usual_gap": gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) / 2,
            "hazards_lately": len(found),
            "watched_days": (days[-1] - watched_from).days + 1,
        }
    average = sum(grid["hazards_lately"] for grid in grids.values()) / sum(
        grid["watched_days"] for grid in grids.values()
    )
    for grid in grids.values():
        pace = (grid["hazards_lately"] + 28 * average) / (grid["watched_days"] + 28)
        grid |= {
            "hazards_per_day": pace,
            "unseen_hazards": pace * grid["gap_days"],
            "unseen_wait": pace * grid["gap_days"] ** 2 / 2,
        }
    return grids


@pytest.mark.parametrize("as_at", [AS_AT, datetime(2026, 11, 10, 12)])
def test_every_reason_agrees_with_its_twin(invented: Invented, as_at: datetime) -> None:
    answer = rounds.suggestion(invented.street, Scope(SINCE, UNTIL, as_at=as_at)).set_index("grid_code")
    for code, reasons in expected(invented, as_at).items():
        assert {name: answer.loc[code, name] for name in reasons} == pytest.approx(reasons)
    assert answer["weighted_wait"].tolist() == pytest.approx(
        (answer["unseen_wait"] * answer["colour_weight"]).tolist()
    )


def test_in_each_community_the_longest_wait_goes_first(invented: Invented) -> None:
    for _, own in rounds.suggestion(invented.street, NOW).groupby("community"):
        assert own["weighted_wait"].is_monotonic_decreasing
        assert own["round_no"].tolist() == [1, 2]


# Grid 1 was last seen ten days before tomorrow, grid 2 two days; three and one hazards were found.
TWO_VISITED: list[Row] = [
    {"grid_code": "WG-0101", "patrolled_at": "2026-11-01 09:00"},
    {"grid_code": "WG-0101", "patrolled_at": "2026-11-13 09:00"},
    {"grid_code": "WG-0102", "patrolled_at": "2026-11-01 10:00"},
    {"grid_code": "WG-0102", "patrolled_at": "2026-11-21 10:00"},
    # passing by is no visit
    {"grid_code": "WG-0101", "patrolled_at": "2026-11-22 10:00", "stay_minutes": 4},
]
THREE_AND_ONE: list[Row] = [
    {"grid_code": "WG-0101", "reported_at": "2026-11-01 09:10"},
    {"grid_code": "WG-0101", "reported_at": "2026-11-05 20:00"},
    {"grid_code": "WG-0101", "reported_at": "2026-11-13 09:10"},
    # nobody has been there since: it waits in the stock, not in the pace
    {"grid_code": "WG-0101", "reported_at": "2026-11-18 20:00", "filed_at": "2026-11-18 21:00"},
    {"grid_code": "WG-0102", "reported_at": "2026-11-21 10:10"},
]


def test_a_small_street_by_hand(tmp_path: Path) -> None:
    first, second = rounds.suggestion(
        street_of(tmp_path, patrol_log=TWO_VISITED, hazard=THREE_AND_ONE), NOW
    ).to_dict("records")
    # 4 hazards in 13 + 21 watched days: 28 days of the average add 3.294 to each grid
    assert first["grid_code"] == "WG-0101"
    assert (first["gap_days"], first["hazards_lately"], first["watched_days"]) == (10, 3, 13)
    assert first["hazards_per_day"] == pytest.approx(6.294118 / 41)
    assert first["unseen_wait"] == pytest.approx(7.675753)
    assert (first["usual_gap"], first["open_stock"], first["is_in_round"]) == (12, 1, True)
    assert second["unseen_hazards"] == pytest.approx(2 * 4.294118 / 49)
    assert (second["round_no"], second["usual_grid_count"], second["is_in_round"]) == (2, 1, False)


def test_no_visit_is_no_sign_of_safety(tmp_path: Path) -> None:
    """A grid never visited takes the street's average and the whole time since patrols began."""
    street = street_of(
        tmp_path,
        patrol_log=TWO_VISITED,
        hazard=THREE_AND_ONE,
        grid=[{"grid_code": "WG-0103", "grid_name": "第三网格"}],
    )
    first = rounds.suggestion(street, NOW).iloc[0]
    assert (first["grid_code"], first["gap_days"], first["watched_days"]) == ("WG-0103", 22, 0)
    assert first["hazards_per_day"] == pytest.approx(4 / 34)
    assert pd.isna(first["last_visit_at"])


def test_without_a_patrol_ledger_there_is_no_order_to_reason_about(tmp_path: Path) -> None:
    [grid] = rounds.suggestion(street_of(tmp_path, grid=[{}]), NOW).to_dict("records")
    assert pd.isna(grid["gap_days"])
    assert pd.isna(grid["weighted_wait"])
    assert not grid["is_in_round"]


def test_where_nothing_was_found_the_longest_gap_goes_first(tmp_path: Path) -> None:
    answer = rounds.suggestion(street_of(tmp_path, patrol_log=TWO_VISITED), NOW)
    assert answer["grid_code"].tolist() == ["WG-0101", "WG-0102"]
    assert answer["hazards_per_day"].isna().all()


def called_on(firm: str, day: str, minutes: int | None = None) -> Row:
    return {"place": firm, "patrolled_at": f"{day} 09:00", "stay_minutes": minutes}


def test_red_and_yellow_subjects_past_their_interval_weigh(tmp_path: Path) -> None:
    """On 11-23: red is owed a visit every 7 days, a yellow enterprise every 30."""
    names = ("红企准时", "红企到期", "黄企准时", "绿企久未去")
    colours = ("red", "red", "yellow", "green")
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": name, "enterprise_no": name, "name": name} for name in names],
        rating=[
            {"enterprise_key": name, "colour": colour} for name, colour in zip(names, colours, strict=True)
        ],
        patrol_log=[
            called_on("红企准时", "2026-11-16"),
            called_on("红企到期", "2026-11-15"),
            called_on("红企到期", "2026-11-20", minutes=3),
            called_on("黄企准时", "2026-10-24"),
        ],
    )
    [grid] = rounds.suggestion(street, NOW).to_dict("records")
    assert (grid["red_yellow_count"], grid["red_yellow_due"]) == (3, 1)
    assert grid["colour_weight"] == pytest.approx(1 + 1 / 3)


def test_visits_that_name_no_subject_say_nothing_of_colours(tmp_path: Path) -> None:
    street = street_of(
        tmp_path,
        enterprise=[{"record_key": "F1", "enterprise_no": "F1", "name": "红企"}],
        rating=[{"enterprise_key": "F1", "colour": "red"}],
        patrol_log=[{"patrolled_at": "2026-11-20 09:00"}],
    )
    [grid] = rounds.suggestion(street, NOW).to_dict("records")
    assert pd.isna(grid["red_yellow_due"])
    assert grid["colour_weight"] == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_due_by_colour_is_listed_name_by_name(tmp_path: Path, seed: int) -> None:
    own = named(seed)
    street = street_of(tmp_path, enterprise=own, rating=ratings(seed, own), patrol_log=calls(seed, own))
    answer = rounds.suggestion(street, NOW).set_index("grid_code")
    due = rounds.due_subjects(street, NOW).groupby("grid_code").size()
    assert due.to_dict() == {
        code: row["red_yellow_due"] for code, row in answer.iterrows() if row["red_yellow_due"]
    }


def named(seed: int) -> list[Row]:
    return [row | {"name": f"对象{row['record_key']}"} for row in firms(seed)]


def calls(seed: int, own: list[Row]) -> list[Row]:
    """The invented visits, each calling on a subject of its grid where there is one."""
    by_grid: dict[str, list[str]] = {}
    for row in own:
        by_grid.setdefault(row["grid_code"], []).append(row["name"])
    rows = []
    for number, row in enumerate(visits(seed)):
        names = by_grid.get(row["grid_code"], [])
        rows.append(row | {"place": names[number % len(names)] if names and number % 3 else None})
    return rows


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_that_happens_later_leaks_in(tmp_path: Path, seed: int) -> None:
    as_at = datetime(2026, 11, 8, 12)
    own = named(seed)
    rated, found, went = ratings(seed, own), cases(seed), calls(seed, own)
    until_then = street_of(
        tmp_path / "then",
        grid=grids(),
        enterprise=own,
        hazard=[row for row in found if row["reported_at"] <= as_at],
        patrol_log=[row for row in went if row["patrolled_at"] <= as_at],
        rating=[row for row in rated if row["rated_on"] <= as_at.date()],
    )
    everything = street_of(
        tmp_path / "all", grid=grids(), enterprise=own, hazard=found, patrol_log=went, rating=rated
    )
    scope = Scope(SINCE, UNTIL, as_at=as_at)
    pd.testing.assert_frame_equal(rounds.suggestion(until_then, scope), rounds.suggestion(everything, scope))


def grids() -> list[Row]:
    return [
        {"grid_code": code, "grid_name": code, "community": community}
        for code, community in COMMUNITIES.items()
    ]


def test_choosing_a_grid_keeps_its_place_in_the_community(invented: Invented) -> None:
    whole = rounds.suggestion(invented.street, NOW)
    second = whole[whole["round_no"] == 2]["grid_code"].tolist()
    chosen = rounds.suggestion(invented.street, Scope(SINCE, UNTIL, grids=tuple(second), as_at=AS_AT))
    assert chosen["round_no"].tolist() == [2] * len(second)


def test_nothing_in_the_answer_names_a_person(invented: Invented) -> None:
    columns = rounds.suggestion(invented.street, NOW).columns
    assert not [name for name in columns if "crew" in name or "person" in name or "worker" in name]
