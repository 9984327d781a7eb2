"""Every figure about hazards against plain Python, on invented streets, at several moments."""

import math
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, hazards
from tests.builders import street_of
from tests.queries import case_twins as twins
from tests.queries.conftest import Invented
from tests.queries.streets import AS_AT

PERIODS = [
    (date(2026, 11, 16), date(2026, 11, 23), AS_AT),
    (date(2026, 11, 9), date(2026, 11, 16), datetime(2026, 11, 12, 7, 30)),
    (date(2026, 10, 12), date(2026, 11, 23), AS_AT),
    (date(2026, 11, 2), date(2026, 11, 3), datetime(2026, 11, 30)),
]
PLACES: list[dict[str, Any]] = [{}, {"communities": ("一号社区",)}, {"grids": ("WG-0101", "WG-0202")}]
FLOWS = ("opening_stock", "newly_filed", "reopened", "closed", "voided", "closing_stock")


def chosen(invented: Invented, place: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        row
        for row in invented.cases
        if row["community"] in place.get("communities", (row["community"],))
        and row["grid_code"] in place.get("grids", (row["grid_code"],))
    ]


def period_of(since: date, until: date, as_at: datetime) -> twins.Period:
    midnight = datetime.min.time()
    return twins.Period(datetime.combine(since, midnight), datetime.combine(until, midnight), as_at)


@pytest.mark.parametrize("place", PLACES, ids=["street", "community", "grids"])
@pytest.mark.parametrize(("since", "until", "as_at"), PERIODS)
def test_case_measures_agree_with_their_twin(
    invented: Invented, since: date, until: date, as_at: datetime, place: dict[str, Any]
) -> None:
    scope = Scope(since, until, as_at=as_at, **place)
    expected = twins.counts(chosen(invented, place), period_of(since, until, as_at))
    found = hazards.case_measures(invented.street, scope).iloc[0].to_dict()
    flows = hazards.balance(invented.street, scope).iloc[0].to_dict()
    assert {name: {**flows, **found}[name] for name in expected} == expected
    assert expected["open_stock"] > 0, "the invented street should put the measure to work"


@pytest.mark.parametrize(("since", "until", "as_at"), PERIODS)
def test_what_came_in_less_what_went_out_is_what_is_left(
    invented: Invented, since: date, until: date, as_at: datetime
) -> None:
    scope = Scope(since, until, as_at=as_at)
    opening, new, again, closed, voided, closing = hazards.balance(invented.street, scope)[list(FLOWS)].iloc[
        0
    ]
    assert opening + new + again - closed - voided == closing


def test_the_balance_of_a_running_week_ends_in_the_open_stock(invented: Invented) -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    [closing] = hazards.balance(invented.street, scope)["closing_stock"]
    [stock] = hazards.case_measures(invented.street, scope)["open_stock"]
    assert closing == stock


def test_grids_and_weeks_add_up_to_the_street(invented: Invented) -> None:
    scope = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT)
    street = hazards.case_measures(invented.street, scope).iloc[0]
    grids = hazards.case_measures_by_grid(invented.street, scope)
    weeks = hazards.case_measures_by_week(invented.street, scope)
    counted = [name for name in street.index if not name.endswith(("_rate", "_rate_first"))]
    assert grids[counted].sum().to_dict() == street[counted].to_dict()
    due = ["need_to_handle", "handled_on_time", "closed_on_time", "overdue_unhandled", "reworked"]
    assert weeks[due].sum().to_dict() == street[due].to_dict()


def test_the_cases_behind_a_count_are_as_many_as_it_says(invented: Invented) -> None:
    scope = Scope(date(2026, 11, 9), date(2026, 11, 23), as_at=AS_AT)
    counts = hazards.case_measures(invented.street, scope).iloc[0]
    for name in ("need_to_handle", "closed_on_time", "filed", "voided", "open_stock", "self_handled"):
        assert len(hazards.cases(invented.street, scope, count=name)) == counts[name], name


def test_nothing_that_happens_later_is_told(invented: Invented) -> None:
    moment = datetime(2026, 11, 5, 12)
    scope = Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=moment)
    rows = hazards.cases(invented.street, scope, count="reported")
    for name in ("reported_at", "filed_at", "handled_first_at", "handled_at", "closed_at", "voided_at"):
        assert (rows[name].dropna() <= moment).all(), name


@pytest.mark.parametrize("as_at", [AS_AT, datetime(2026, 11, 1)])
def test_overdue_stock_falls_into_its_four_ages(invented: Invented, as_at: datetime) -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=as_at)
    late = [
        case.as_at - case.due for case in twins.seen(invented.cases, as_at) if case.is_overdue and case.due
    ]
    days = [math.ceil(each / timedelta(days=1)) for each in late]
    ages = hazards.overdue_stock_by_age(invented.street, scope)
    assert ages["overdue_stock"].tolist() == [
        sum(1 <= day <= 3 for day in days),
        sum(4 <= day <= 7 for day in days),
        sum(8 <= day <= 30 for day in days),
        sum(day > 30 for day in days),
    ]
    assert ages["overdue_age"].tolist() == ["1_3", "4_7", "8_30", "over_30"]


def test_a_case_exactly_three_days_late_is_in_the_youngest_age(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"filed_at": "2026-11-10 09:00", "due_at": "2026-11-19 18:00"},
        {"filed_at": "2026-11-10 09:00", "due_at": "2026-11-19 17:59:59"},
        {"filed_at": "2026-11-10 09:00", "due_at": "2026-11-22 17:00"},
    ]
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))
    ages = hazards.overdue_stock_by_age(street_of(tmp_path, hazard=rows), scope)
    assert ages["overdue_stock"].tolist() == [2, 1, 0, 0]


def test_the_oldest_open_cases_come_first(invented: Invented) -> None:
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    waiting = [case for case in twins.seen(invented.cases, AS_AT) if case.is_open and case.filed]
    oldest = sorted((case.filed, case.row["hazard_no"]) for case in waiting if case.filed)[:5]
    found = hazards.oldest_open(invented.street, scope, rows=5)
    assert found["hazard_no"].tolist() == [number for _, number in oldest]
    assert found["open_days"].tolist() == pytest.approx(
        [(AS_AT - filed) / timedelta(days=1) for filed, _ in oldest]
    )


@pytest.mark.parametrize("place", PLACES, ids=["street", "community", "grids"])
@pytest.mark.parametrize(("since", "until", "as_at"), PERIODS)
def test_what_each_unit_owes_agrees_with_its_twin(
    invented: Invented, since: date, until: date, as_at: datetime, place: dict[str, Any]
) -> None:
    found = hazards.overdue_by_unit(invented.street, Scope(since, until, as_at=as_at, **place))
    by_unit = {None if pd.isna(row["unit"]) else row["unit"]: row for row in found.to_dict("records")}
    rows, period = chosen(invented, place), period_of(since, until, as_at)
    expected = {}
    for unit in {row.get("unit") for row in rows}:
        own = [row for row in rows if row.get("unit") == unit]
        told = twins.counts(own, period)
        late = [as_at - case.due for case in twins.seen(own, as_at) if case.is_overdue and case.due]
        if told["overdue_stock"] or told["need_to_handle"]:
            counts = [told[name] for name in ("overdue_stock", "handled_on_time", "need_to_handle")]
            expected[unit] = (*counts, max(late) / timedelta(days=1) if late else None)
    assert set(by_unit) == set(expected)
    for unit, (overdue, on_time, due, longest) in expected.items():
        row = by_unit[unit]
        assert (row["overdue_stock"], row["handled_on_time"], row["need_to_handle"]) == (
            overdue,
            on_time,
            due,
        )
        assert row["longest_overdue_days"] == pytest.approx(longest or math.nan, nan_ok=True)
    stocks = found["overdue_stock"].tolist()
    assert stocks == sorted(stocks, reverse=True), "who owes most comes first"


def test_a_major_hazard_is_listed_with_what_is_still_unsettled(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {
            "hazard_no": "M1",
            "level": "major",
            "filed_at": "2026-11-10 09:00",
            "measure": "断电",
            "has_owner": True,
        },
        {
            "hazard_no": "M2",
            "level": "major",
            "filed_at": "2026-11-10 09:00",
            "closed_at": "2026-11-11 09:00",
        },
        {"hazard_no": "G1", "level": "general", "filed_at": "2026-11-10 09:00"},
    ]
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    found = hazards.major_open(street_of(tmp_path, hazard=rows), scope)
    assert found["hazard_no"].tolist() == ["M1"]
    settled = found.iloc[0][["is_owner_settled", "is_measure_settled", "is_fund_settled", "is_limit_settled"]]
    assert settled.tolist() == [True, True, False, False]
    assert found["settled_count"].tolist() == [2]


def lifetime(filed: str, closed: str | None = None) -> dict[str, Any]:
    return {"filed_at": f"2026-11-{filed}", "closed_at": closed and f"2026-11-{closed}"}


def hand_street(tmp_path: Path) -> Snapshot:
    """Six cases: closed after 1, 2 and 4 days; still open after 1.5, 3 and 12 days."""
    return street_of(
        tmp_path,
        hazard=[
            lifetime("10 18:00", "11 18:00"),
            lifetime("10 18:00", "12 18:00"),
            lifetime("10 18:00", "14 18:00"),
            lifetime("21 06:00"),
            lifetime("19 18:00"),
            lifetime("10 18:00"),
        ],
    )


def test_time_to_close_is_what_kaplan_and_meier_get_by_hand(tmp_path: Path) -> None:
    # 1 day: 6 watched, 5/6; 1.5: one lost; 2: 4 watched, 3/4; 3: one lost; 4: 2 watched, 1/2
    scope = Scope(date(2026, 11, 9), date(2026, 11, 23), as_at=AS_AT)
    curve = hazards.time_to_close(hand_street(tmp_path), scope)
    heights = dict(zip(curve["since_filing_days"], curve["share_open"], strict=True))
    assert heights[0] == 1
    assert heights[1] == pytest.approx(5 / 6)
    assert heights[2] == pytest.approx(5 / 8)
    assert heights[3] == pytest.approx(5 / 8)
    assert heights[4] == pytest.approx(5 / 16)
    assert heights[12] == pytest.approx(5 / 16)
    assert len(curve) == 13
    cohort = curve.iloc[0]
    assert (cohort["case_count"], cohort["closed_count"], cohort["still_open_count"]) == (6, 3, 3)
    assert cohort["median_days"] == 4
    assert math.isnan(cohort["third_quartile_days"]), "the curve has not come down to a quarter"


def test_a_mean_of_the_closed_would_have_flattered(tmp_path: Path) -> None:
    scope = Scope(date(2026, 11, 9), date(2026, 11, 23), as_at=AS_AT)
    curve = hazards.time_to_close(hand_street(tmp_path), scope)
    assert curve["median_days"].iloc[0] > 2, "two days is the median of the closed alone"


@pytest.mark.parametrize(("since", "until", "as_at"), PERIODS)
def test_time_to_close_agrees_with_its_twin(
    invented: Invented, since: date, until: date, as_at: datetime
) -> None:
    period = period_of(since, until, as_at)
    cohort = [
        case
        for case in twins.seen(invented.cases, as_at)
        if case.is_case and period.holds(case.filed) and not case.is_closed_undated
    ]
    steps = twins.kaplan_meier(
        ((case.closed or as_at) - case.filed, case.is_closed) for case in cohort if case.filed
    )
    curve = hazards.time_to_close(invented.street, Scope(since, until, as_at=as_at))
    for day, share in zip(curve["since_filing_days"], curve["share_open"], strict=True):
        lowest = [height for lasted, height in steps if lasted <= timedelta(days=int(day))]
        assert share == pytest.approx(lowest[-1] if lowest else 1.0)
    halves = [lasted / timedelta(days=1) for lasted, height in steps if height <= 0.5 + 1e-9]
    assert curve["median_days"].iloc[0] == pytest.approx(halves[0] if halves else math.nan, nan_ok=True)
    assert curve["case_count"].iloc[0] == len(cohort)


def test_a_case_counts_as_reopened_only_within_thirty_watched_days(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {
            "hazard_no": "A",
            "filed_at": "2026-10-01 09:00",
            "reported_at": "2026-10-01",
            "closed_at": "2026-10-05",
        },
        {
            "hazard_no": "B",
            "filed_at": "2026-10-01 09:00",
            "reported_at": "2026-10-01",
            "closed_at": "2026-10-06",
        },
        {
            "hazard_no": "C",
            "filed_at": "2026-10-01 09:00",
            "reported_at": "2026-10-01",
            "closed_at": "2026-11-10",
        },
        {"hazard_no": "A2", "reopen_of": "A", "reported_at": "2026-11-04", "filed_at": "2026-11-04"},
        {"hazard_no": "B2", "reopen_of": "B", "reported_at": "2026-11-06", "filed_at": "2026-11-06"},
        {"hazard_no": "C2", "reopen_of": "C", "reported_at": "2026-11-11", "filed_at": "2026-11-11"},
    ]
    scope = Scope(date(2026, 10, 1), date(2026, 11, 23), as_at=AS_AT)
    [found] = hazards.reopening(street_of(tmp_path, hazard=rows), scope).to_dict("records")
    assert found == {"closed_and_followed": 2, "reopened_within_30_days": 1, "reopen_rate": 0.5}


def test_an_empty_street_has_counts_of_zero_and_rates_of_nothing(tmp_path: Path) -> None:
    street = street_of(tmp_path, grid=[{}])
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23))
    found = hazards.case_measures(street, scope).iloc[0]
    for name, value in found.items():
        assert math.isnan(value) if str(name).endswith(("_rate", "_rate_first")) else value == 0, name
    assert hazards.time_to_close(street, scope).empty
    assert hazards.balance(street, scope).iloc[0].tolist() == [0] * 7
