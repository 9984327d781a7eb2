"""What a visit leaves behind: survival and rates against plain Python, planted and absent optima."""

import math
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.warehouse import Snapshot
from queries import Scope, rounds
from tests.builders import street_of
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT, Row

NOW = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
BINS = {"under_5": (0, 5), "from_5": (5, 10), "from_10": (10, 15), "from_15": (15, 10_000)}


def lifetimes(invented: Invented) -> dict[str, list[tuple[float, bool]]]:
    """How many days every visit of noted length was watched, and whether a hazard ended it."""
    reports = [
        row
        for row in invented.cases
        if row["reported_at"] <= AS_AT
        and "reopen_of" not in row
        and not row.get("voided_at", datetime.max) <= AS_AT
    ]
    lives: dict[str, list[tuple[float, bool]]] = {name: [] for name in BINS}
    for visit in invented.visits:
        if visit["patrolled_at"] > AS_AT or visit["stay_minutes"] is None:
            continue
        grid, came = visit["grid_code"], visit["patrolled_at"]
        left = came + timedelta(minutes=visit["stay_minutes"])
        later = [
            row["patrolled_at"]
            for row in invented.visits
            if row["grid_code"] == grid and came < row["patrolled_at"] <= AS_AT
        ]
        seen_until = min(later, default=AS_AT)
        if left >= seen_until:
            continue
        next_report = min(
            (row["reported_at"] for row in reports if row["grid_code"] == grid and row["reported_at"] > left),
            default=datetime.max,
        )
        [bin_name] = [name for name, (low, high) in BINS.items() if low <= visit["stay_minutes"] < high]
        lives[bin_name].append(
            ((min(seen_until, next_report) - left) / timedelta(days=1), next_report <= seen_until)
        )
    return lives


def test_rates_agree_with_their_twin(invented: Invented) -> None:
    answer = rounds.after_effect(invented.street, NOW).set_index("stay_bin")
    for name, lives in lifetimes(invented).items():
        if not lives:
            assert name not in answer.index
            continue
        row = answer.loc[name]
        ended, watched = sum(is_ended for _, is_ended in lives), sum(lasted for lasted, _ in lives)
        assert (row["visit_count"], row["followed_count"]) == (len(lives), ended)
        assert row["watched_visit_days"] == pytest.approx(watched, abs=1e-3)
        assert row["hazards_per_watched_day"] == pytest.approx(ended / watched, rel=1e-4)


def test_curves_agree_with_their_twin(invented: Invented) -> None:
    answer = rounds.after_effect_curve(invented.street, NOW)
    for name, lives in lifetimes(invented).items():
        own = answer[answer["stay_bin"] == name].set_index("after_visit_days")["share_without_hazard"]
        assert own.empty == (not lives)
        for day, share in zip(own.index.tolist(), own.tolist(), strict=True):
            left = 1.0
            for end in sorted({lasted for lasted, is_ended in lives if is_ended and lasted <= day}):
                at_risk = sum(lasted >= end for lasted, _ in lives)
                left *= 1 - sum(lasted == end and is_ended for lasted, is_ended in lives) / at_risk
            assert share == pytest.approx(left)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (10, 4.7954, 18.3904), (100, 81.3635, 121.6275)]
)
def test_the_interval_is_the_exact_poisson_one_but_for_a_hundredth(
    tmp_path: Path, count: int, low: float, high: float
) -> None:
    """`low` and `high` are the exact 95 % limits; each visit is watched a day, and then reported or not."""
    rows: list[Row] = []
    reports: list[Row] = []
    for nth in range(200):
        came = datetime(2026, 11, 20, 8) - timedelta(days=nth)
        rows.append({"patrolled_at": came, "stay_minutes": 20})
        if nth < count:
            reports.append({"reported_at": came + timedelta(hours=12), "source": "snap"})
    street = street_of(tmp_path, patrol_log=rows, hazard=reports)
    [row] = rounds.after_effect(street, NOW).to_dict("records")
    assert row["followed_count"] == count
    watched = row["watched_visit_days"]
    assert row["hazards_per_watched_day_low"] * watched == pytest.approx(low, rel=0.01)
    assert row["hazards_per_watched_day_high"] * watched == pytest.approx(high, rel=0.01)


def test_a_visit_by_hand(tmp_path: Path) -> None:
    """Left at 9:12, a resident reports at 21:12: half a day. What the patrol itself found does not end it."""
    street = street_of(
        tmp_path,
        patrol_log=[
            {"patrolled_at": "2026-11-20 09:00", "stay_minutes": 12},
            {"patrolled_at": "2026-11-21 09:00", "stay_minutes": None},
        ],
        hazard=[
            {"reported_at": "2026-11-20 10:00", "source": "patrol"},
            {"reported_at": "2026-11-20 21:12", "source": "snap"},
        ],
    )
    [row] = rounds.after_effect(street, NOW).to_dict("records")
    assert (row["stay_bin"], row["visit_count"], row["followed_count"]) == ("from_10", 1, 1)
    assert row["watched_visit_days"] == 0.5


def street_with_effect(folder: Path, seed: int, optimum: int | None) -> Snapshot:
    """Visits of 1 to 25 minutes every second day; after `optimum` minutes the next hazard comes latest."""
    dice = random.Random(seed)
    visits: list[Row] = []
    hazards: list[Row] = []
    for nth in range(3000):
        at = {"grid_code": f"WG-01{nth % 20:02}"}
        came = datetime(2026, 11, 20, 9) - timedelta(days=2 * (nth // 20))
        minutes = dice.randint(1, 25)
        visits.append(at | {"patrolled_at": came, "stay_minutes": minutes})
        pace = 0.5 if optimum is None else 0.15 + 0.1 * abs(minutes - optimum)
        wait = -math.log(1 - dice.random()) / pace
        if wait < 1.9:
            hazards.append(
                at
                | {
                    "reported_at": came + timedelta(minutes=minutes, days=wait),
                    "source": dice.choice(["snap", None]),
                }
            )
    return street_of(folder, patrol_log=visits, hazard=hazards)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_planted_best_stay_of_twelve_minutes_is_found(tmp_path: Path, seed: int) -> None:
    answer = rounds.after_effect(street_with_effect(tmp_path, seed, optimum=12), NOW)
    assert answer[answer["is_recommended"]]["stay_bin"].tolist() == ["from_10"]


@pytest.mark.parametrize("seed", [1, 2])
def test_where_the_stay_makes_no_difference_nothing_is_recommended(tmp_path: Path, seed: int) -> None:
    answer = rounds.after_effect(street_with_effect(tmp_path, seed, optimum=None), NOW)
    assert len(answer) == 4
    assert not answer["is_recommended"].any()


def test_one_bin_alone_is_better_than_no_other(tmp_path: Path) -> None:
    street = street_of(tmp_path, patrol_log=[{"patrolled_at": "2026-11-20 09:00", "stay_minutes": 12}])
    assert not rounds.after_effect(street, NOW)["is_recommended"].any()
