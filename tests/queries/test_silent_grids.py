"""沉默网格: the pace of repeated reports on invented incidents, against the truth they were drawn from."""

import math
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, reports
from tests.builders import street_of
from tests.queries import report_twins as twins

AS_AT = datetime(2026, 11, 22, 18)
SCOPE = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
ESTIMATES = ("repeats_per", "reports_per", "detection", "unseen")
PACES = (0.05, 0.1, 0.2, 0.4)


def grids(count: int) -> list[dict[str, Any]]:
    return [
        {"grid_code": f"WG-{n:04}", "grid_name": f"第{n}网格", "community": f"{n % 4}号社区"}
        for n in range(count)
    ]


def at(day: float) -> datetime:
    """The moment so many days before the one looked at."""
    return AS_AT - timedelta(seconds=round(day * 86_400))


def first(number: str, opened: float, handled: float | None, grid: str = "WG-0000") -> dict[str, Any]:
    """An incident first reported and handled so many days ago; None: still there."""
    row: dict[str, Any] = {
        "report_no": number,
        "reported_at": at(opened),
        "grid_code": grid,
        "is_valid": True,
    }
    row |= {"community": "0号社区", "handled_at": None if handled is None else at(handled)}
    return row


def again(number: str, days_ago: float, grid: str = "WG-0000") -> dict[str, Any]:
    return {
        "reported_at": at(days_ago),
        "duplicate_of": number,
        "is_valid": False,
        "grid_code": grid,
        "community": "0号社区",
    }


def told(folder: Path, rows: list[dict[str, Any]], count: int = 2, **values: Any) -> pd.DataFrame:
    street = street_of(folder, grid=grids(count), public_report=rows)
    return reports.silent_grids(street, SCOPE, **values).set_index("grid_code")


def test_repeats_count_between_the_first_report_and_the_handling(tmp_path: Path) -> None:
    rows = [
        first("A", 60, 30),
        again("A", 50),
        again("A", 40),
        # after it was handled nobody can see it any more
        again("A", 20),
        first("B", 10, None),
        again("B", 5),
        # before the 90 days looked at
        first("C", 120, 80),
        again("C", 100),
        again("C", 85),
    ]
    row = told(tmp_path, rows).loc["WG-0000"]
    assert (row["incident_count"], row["repeat_count"], row["exposed_days"]) == (2, 4, 50)
    assert row["repeats_per_day"] == 0.08
    assert row["reports_per_day"] == pytest.approx(0.08), "the only grid is the street"
    assert row["detection_days"] == pytest.approx(math.log(2) / 0.08)


def test_what_was_no_incident_or_has_no_end_is_not_watched(tmp_path: Path) -> None:
    rows = [
        first("A", 60, 30),
        first("B", 60, None) | {"is_valid": False},
        again("B", 50),
        first("C", 60, None) | {"status": "已办结"},
        again("C", 50),
        # its first report is not in the ledger
        again("Z", 50),
        {**first("D", 50, None), "status": "重复上报"},
        again("A", 45),
    ]
    row = told(tmp_path, rows).loc["WG-0000"]
    assert (row["incident_count"], row["repeat_count"], row["exposed_days"]) == (1, 1, 30)


def test_a_grid_without_reports_is_unknown_and_a_little_watched_one_too_few(tmp_path: Path) -> None:
    rows = [first("A", 60, 30), again("A", 40), first("B", 19, None, "WG-0001"), again("B", 5, "WG-0001")]
    grid = told(tmp_path, rows, 3)
    assert grid["voice"].to_dict() == {"WG-0002": "unknown", "WG-0000": "usual", "WG-0001": "too_few"}
    estimates = [name for name in map(str, grid) if name.startswith(ESTIMATES)]
    assert len(estimates) == 10
    assert grid.drop("WG-0000")[estimates].isna().to_numpy().all()
    assert grid.loc["WG-0001", "exposed_days"] == 19
    assert told(tmp_path / "again", rows, 3, least_days=19).loc["WG-0001", "voice"] == "usual"


def test_an_old_incident_that_nobody_repeats_does_not_make_a_grid_speak(tmp_path: Path) -> None:
    rows = [first("A", 60, 30), again("A", 40), first("B", 300, None, "WG-0001")]
    assert told(tmp_path, rows).loc["WG-0001", "voice"] == "unknown"


def test_ledgers_that_tell_no_repeats_say_so(tmp_path: Path) -> None:
    assert told(tmp_path, [first("A", 60, 30)])["voice"].tolist() == ["unknown", "not_told"]


def test_the_unseen_are_those_that_the_keenest_grid_would_have_reported(tmp_path: Path) -> None:
    rows = [first(f"A{n}", 80, 40) for n in range(25)]
    rows += [again(f"A{n % 25}", 60 - n % 15) for n in range(100)]
    rows += [first(f"B{n}", 80, 40, "WG-0001") for n in range(25)]
    rows += [again(f"B{n}", 60, "WG-0001") for n in range(10)]
    grid = told(tmp_path, rows)
    keen, quiet = grid.loc["WG-0000"], grid.loc["WG-0001"]
    # 100 and 10 repeats in 1000 days, hardly drawn towards the street's 0.055
    assert keen["reports_per_day"] == pytest.approx(0.0994, abs=1e-3)
    assert quiet["reports_per_day"] == pytest.approx(0.0106, abs=1e-3)
    assert (keen["voice"], quiet["voice"]) == ("keen", "quiet")
    share = 1 - np.exp(-14 * grid["reports_per_day"].to_numpy(dtype=float))
    assert quiet["unseen_count"] == pytest.approx(25 * (share.max() / share.min() - 1))
    assert keen["unseen_count"] == 0
    assert quiet["unseen_count_low"] < quiet["unseen_count"] < quiet["unseen_count_high"]


def test_gamma_quantiles_are_close_to_the_true_ones(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=grids(1))
    # chi-square tables: gamma(shape) at 2.5 % and 97.5 % is half of chi-square with twice the shape
    known = ((2, 0.2422, 5.5716, 0.08), (5, 1.6235, 10.2416, 0.02), (20, 12.2165, 29.6709, 0.002))
    for shape, low, high, within in known:
        sql = f"select gamma_quantile({shape}, 1, -1.96), gamma_quantile({shape}, 1, 1.96)"
        [found] = street.cursor().execute(sql).fetchall()
        assert found == pytest.approx((low, high), rel=within)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_estimate_agrees_with_its_twin(tmp_path: Path, seed: int) -> None:
    rows = [row for row in twins.invented_reports(seed) if twins.channel_of(row) != "hotline"]
    numbers = {row["report_no"] for row in rows}
    rows = [row for row in rows if row.get("duplicate_of", row["report_no"]) in numbers]
    for row in rows:
        row["source"] = "snap"
    street = street_of(tmp_path, public_report=rows)
    expected = twins.silence(rows, AS_AT)
    found = reports.silent_grids(street, SCOPE).set_index("grid_code")
    assert len(expected) == 4
    for code, grid in expected.items():
        for name, value in grid.items():
            assert found.loc[code, name] == pytest.approx(value), (code, name)


def invented(seed: int, count: int = 60) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Incidents of a year in many grids, repeated at each grid's own pace until they are handled."""
    roll = np.random.default_rng(seed)
    paces = np.array(PACES)[np.arange(count) % len(PACES)]
    rows: list[dict[str, Any]] = []
    for grid, pace in enumerate(paces):
        code = f"WG-{grid:04}"
        for nth in range(roll.poisson(50)):
            opened, lasts = roll.uniform(0, 365), roll.gamma(2, 6)
            handled = opened - lasts if opened > lasts else None
            rows.append(first(f"{code}-{nth}", opened, handled, code))
            there = lasts if handled is not None else opened
            rows += [
                again(f"{code}-{nth}", opened - when, code)
                for when in roll.uniform(0, there, roll.poisson(pace * there))
            ]
    return rows, paces


def estimated(folder: Path, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    rows, paces = invented(seed)
    street: Snapshot = street_of(folder, grid=grids(len(paces)), public_report=rows)
    return reports.silent_grids(street, SCOPE, days=365).set_index("grid_code").sort_index(), paces


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Two streets, a year each, with the pace that was planted in every grid."""
    answers = [estimated(tmp_path_factory.mktemp("planted"), seed) for seed in (1, 2)]
    return pd.concat([found.assign(pace=paces) for found, paces in answers])


@pytest.mark.parametrize("pace", PACES)
def test_a_planted_pace_is_found_without_bias(planted: pd.DataFrame, pace: float) -> None:
    mine = planted[planted["pace"] == pace]
    assert mine["reports_per_day"].notna().all()
    assert abs(mine["repeat_count"].sum() / mine["exposed_days"].sum() / pace - 1) <= 0.1
    assert abs(np.average(mine["repeats_per_day"], weights=mine["exposed_days"]) / pace - 1) <= 0.1


def test_drawing_grids_together_leaves_their_mean_where_it_is(planted: pd.DataFrame) -> None:
    assert abs(planted["reports_per_day"].mean() / planted["pace"].mean() - 1) <= 0.05


def test_more_than_nine_of_ten_intervals_hold_the_planted_pace(planted: pd.DataFrame) -> None:
    low, high = planted["reports_per_day_low"], planted["reports_per_day_high"]
    assert ((low <= planted["pace"]) & (planted["pace"] <= high)).mean() >= 0.9


def test_the_grids_called_quiet_are_those_that_were_planted_quiet(planted: pd.DataFrame) -> None:
    quiet, keen = (planted[planted["voice"] == voice]["pace"] for voice in ("quiet", "keen"))
    assert len(quiet) > 0.4 * len(planted)
    assert quiet.max() < keen.min()
