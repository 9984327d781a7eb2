"""Steps, curves by group, standings, recurrence and soundness against plain Python and by hand."""

import math
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.warehouse import Snapshot
from queries import Scope, handling, hazards
from tests.builders import street_of
from tests.queries import case_twins as twins
from tests.queries import streets
from tests.queries.streets import AS_AT, Row

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SCOPES = [
    Scope(date(2026, 10, 12), date(2026, 11, 23), as_at=AS_AT),
    Scope(date(2026, 11, 2), date(2026, 11, 9), as_at=datetime(2026, 11, 8, 7, 30)),
]
WAYS = ("dispatched_at", "handled_at", "verified_at", "closed_at")


@dataclass(frozen=True)
class Told:
    """A snapshot and the rows it was built from."""

    street: Snapshot
    rows: list[Row]


@pytest.fixture(scope="module", params=[1, 2])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The invented cases, with places, kinds, sources and the steps between filing and closing."""
    dice = random.Random(request.param)
    rows = streets.cases(request.param, 400)
    for row in rows:
        row["place"] = dice.choice(["甲厂", "乙店", "丙楼", "丁宿舍", None])
        row["part"] = dice.choice(["楼道", "配电房", None])
        row["kind"] = dice.choice(["消防安全", "消防安全", "用电安全", "违规住人", None])
        row["source"] = dice.choice(["patrol", "snap", "hotline", "superior", "joint", None])
        row["closing_level"] = dice.choice(["grid", "grid", "community", None])
        filed = row.get("filed_at")
        first = min(
            (row[name] for name in ("handled_first_at", "handled_at", "closed_at") if row.get(name)),
            default=None,
        )
        if filed and dice.random() < 0.7:
            row["dispatched_at"] = filed + ((first - filed) / 2 if first else timedelta(hours=3))
        if row.get("closed_at") and row.get("handled_at") and dice.random() < 0.8:
            row["verified_at"] = row["handled_at"] + (row["closed_at"] - row["handled_at"]) / 2
    return Told(street_of(tmp_path_factory.mktemp("handling"), hazard=rows), rows)


def period_of(scope: Scope) -> twins.Period:
    assert scope.as_at
    since, until = (datetime.combine(day, datetime.min.time()) for day in (scope.since, scope.until))
    return twins.Period(since, until, scope.as_at)


def quantile(lifetimes: list[tuple[timedelta, bool]], share: float, unit: timedelta) -> float:
    """When the curve of the twin first comes down to a share; nan where it does not."""
    steps = twins.kaplan_meier((max(lasted, timedelta()), has_ended) for lasted, has_ended in lifetimes)
    return next((lasted / unit for lasted, left in steps if left <= share + 1e-9), math.nan)


def moments(case: twins.Case) -> dict[str, datetime | None]:
    """When a case reached each step, as far as it has."""
    return {
        "reported": case.row["reported_at"],
        "filed": case.filed,
        "dispatched": case.known(case.told("dispatched_at")),
        "handled": case.handled,
        "verified": case.known(case.told("verified_at")),
        "closed": case.closed,
    }


def stage_of(case: twins.Case) -> str:
    reached = moments(case)
    if case.is_closed:
        return "closed"
    if reached["verified"]:
        return "verified"
    if case.is_handled:
        return "handled"
    return "dispatched" if reached["dispatched"] else "filed" if reached["filed"] else "reported"


@pytest.mark.parametrize("kind", ["", "消防安全"])
@pytest.mark.parametrize("scope", SCOPES)
def test_the_steps_agree_with_their_twin(told: Told, scope: Scope, kind: str) -> None:
    period = period_of(scope)
    cases = [
        case
        for case in twins.seen(told.rows, period.as_at)
        if case.void is None and not case.is_self_handled and kind in ("", case.row["kind"])
    ]
    answer = handling.stages(told.street, scope, kind=kind)
    assert answer["stage"].tolist() == ["reported", "filed", "dispatched", "handled", "verified", "closed"]
    for row in answer.to_dict("records"):
        standing = [case for case in cases if stage_of(case) == row["stage"]]
        if row["stage"] == "closed":
            assert row["stage_stock"] == sum(period.holds(case.closed) for case in standing)
            continue
        assert row["stage_stock"] == len(standing)
        lifetimes = []
        for case in cases:
            reached = moments(case)
            later = list(reached)[list(reached).index(row["stage"]) + 1 :]
            ended = min((at for name in later if (at := reached[name])), default=None)
            is_written = {"reported": case.row["has_filing"], "handled": case.told("handled_at")}
            begun = reached[row["stage"]] if is_written.get(row["stage"], True) else None
            if begun and period.holds(begun) and (ended or stage_of(case) == row["stage"]):
                lifetimes.append(((ended or period.as_at) - begun, ended is not None))
        assert row["step_count"] == len(lifetimes)
        assert row["still_there_count"] == sum(not has_ended for _, has_ended in lifetimes)
        assert row["step_median_days"] == pytest.approx(quantile(lifetimes, 0.5, DAY), nan_ok=True, abs=1e-4)
        assert row["step_p90_days"] == pytest.approx(quantile(lifetimes, 0.1, DAY), nan_ok=True, abs=1e-4)


def test_the_steps_between_filing_and_closing_hold_the_open_stock(told: Told) -> None:
    steps = handling.stages(told.street, SCOPES[0]).set_index("stage")["stage_stock"]
    [stock] = hazards.case_measures(told.street, SCOPES[0])["open_stock"]
    assert steps[["filed", "dispatched", "handled", "verified"]].sum() == stock


def test_a_step_that_a_ledger_does_not_write_is_passed_over(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"reported_at": "2026-11-02 08:00", "filed_at": "2026-11-02 09:00", "closed_at": "2026-11-04 09:00"},
        {"reported_at": "2026-11-02 08:00", "filed_at": "2026-11-02 10:00"},
    ]
    scope = Scope(date(2026, 11, 2), date(2026, 11, 9), as_at=datetime(2026, 11, 8))
    found = handling.stages(street_of(tmp_path, hazard=rows), scope).set_index("stage")
    assert found["stage_stock"].to_dict() == {
        "reported": 0, "filed": 1, "dispatched": 0, "handled": 0, "verified": 0, "closed": 1,
    }  # fmt: skip
    filed = found.loc["filed"].to_dict()
    assert (filed["step_count"], filed["still_there_count"], filed["step_median_days"]) == (2, 1, 2.0)
    assert math.isnan(filed["step_p90_days"]), "one of two is still there"
    assert found.loc["handled", "step_count"] == 0, "when it was handled nobody wrote down"


@pytest.mark.parametrize(
    ("stage", "moments"),
    [
        ("reported", {"has_filing": False}),
        ("handled", {"handled_at": "2026-11-04", "closed_at": "2026-11-04", "closed_basis": "rectified"}),
    ],
)
def test_one_date_of_two_steps_tells_no_length(tmp_path: Path, stage: str, moments: Row) -> None:
    scope = Scope(date(2026, 11, 2), date(2026, 11, 9), as_at=datetime(2026, 11, 8))
    street = street_of(tmp_path, hazard=[{"reported_at": "2026-11-02 08:00", **moments}])
    assert handling.stages(street, scope).set_index("stage").loc[stage, "step_count"] == 0


@pytest.mark.parametrize("by", ["kind", "unit", "grid", "community"])
@pytest.mark.parametrize("scope", SCOPES)
def test_each_group_s_curve_agrees_with_its_twin(told: Told, scope: Scope, by: str) -> None:
    column = {"grid": "grid_code"}.get(by, by)
    period = period_of(scope)
    lives: dict[str | None, list[tuple[timedelta, bool]]] = defaultdict(list)
    for case in twins.seen(told.rows, period.as_at):
        if case.is_case and period.holds(case.filed) and not case.is_closed_undated and case.filed:
            lives[case.row.get(column)].append(((case.closed or period.as_at) - case.filed, case.is_closed))
    sizes = sorted((-len(lasted), name) for name, lasted in lives.items() if name and len(lasted) >= 10)
    alone = [name for _, name in sizes[:2]]
    expected = {name: lives[name] for name in alone}
    expected["其他"] = [life for name, lasted in lives.items() if name not in alone for life in lasted]
    found = handling.time_to_close_by(told.street, scope, by=by, curves=3, least=10)
    ends = {row["group_name"] or "其他": row for row in _first_rows(found)}
    assert set(ends) == {name for name, lasted in expected.items() if lasted}
    for name, row in ends.items():
        lasted = expected[name]
        assert (row["case_count"], row["still_open_count"]) == (
            len(lasted),
            sum(not end for _, end in lasted),
        )
        assert row["median_days"] == pytest.approx(quantile(lasted, 0.5, DAY), nan_ok=True, abs=1e-4)
        assert row["third_quartile_days"] == pytest.approx(quantile(lasted, 0.25, DAY), nan_ok=True, abs=1e-4)


def _first_rows(curves: pd.DataFrame) -> list[dict[Any, Any]]:
    firsts = curves.groupby("group_no", as_index=False).head(1)
    return firsts.assign(group_name=firsts["group_name"].fillna("")).to_dict("records")


def test_all_cases_in_one_group_are_the_street_s_curve(told: Told) -> None:
    alone = hazards.time_to_close(told.street, SCOPES[0])
    one = handling.time_to_close_by(told.street, SCOPES[0], curves=1)
    assert one["share_open"].tolist() == pytest.approx(alone["share_open"].tolist())


def wilson(k: int, n: int, z: float) -> tuple[float, float]:
    centre, reach = k / n + z * z / (2 * n), z * math.sqrt(k / n * (1 - k / n) / n + z * z / (4 * n * n))
    return (centre - reach) / (1 + z * z / n), (centre + reach) / (1 + z * z / n)


def expected_rate(rows: list[Row], name: str | None, by: str, period: twins.Period) -> float:
    """The mean, over a group's due cases, of the on-time rate that all cases of their kind have."""
    rates = []
    for kind in {row["kind"] for row in rows}:
        alike = [row for row in rows if row["kind"] == kind]
        every, own = (
            twins.counts(some, period) for some in (alike, [row for row in alike if row.get(by) == name])
        )
        rates += [every["handled_on_time"] / every["need_to_handle"]] * own["need_to_handle"]
    return sum(rates) / len(rates)


@pytest.mark.parametrize("by", ["unit", "community"])
def test_standings_agree_with_their_twin(told: Told, by: str) -> None:
    scope = SCOPES[0]
    street = twins.counts(told.rows, period_of(scope))
    rate = street["handled_on_time"] / street["need_to_handle"]
    answer = handling.standings(told.street, scope, by=by)
    assert answer["need_to_handle"].sum() == street["need_to_handle"] > 0
    for row in answer.to_dict("records"):
        name = None if pd.isna(row["group_name"]) else row["group_name"]
        own = twins.counts([each for each in told.rows if each.get(by) == name], period_of(scope))
        k, n = own["handled_on_time"], own["need_to_handle"]
        assert (row["handled_on_time"], row["need_to_handle"], row["overdue_stock"]) == (
            k,
            n,
            own["overdue_stock"],
        )
        low, high = wilson(k, n, 1.96)
        assert (row["on_time_handling_rate_low"], row["on_time_handling_rate_high"]) == pytest.approx(
            (low, high)
        )
        assert row["street_rate"] == pytest.approx(rate)
        assert row["expected_rate"] == pytest.approx(expected_rate(told.rows, name, by, period_of(scope)))
        assert row["is_rankable"] == (name is not None and n >= 30)
        if row["is_rankable"]:
            named, attention = wilson(k, n, 3.09)[1] < rate, high < rate
            better = low > rate
            expected = "named" if named else "attention" if attention else "better" if better else "usual"
            assert row["standing"] == expected


def test_a_unit_is_named_only_beyond_chance_and_equals_share_a_place(tmp_path: Path) -> None:
    def due(unit: str, count: int, late: int) -> list[Row]:
        handled = ["2026-11-12 09:00"] * late + ["2026-11-10 09:00"] * (count - late)
        life = {
            "reported_at": "2026-11-09 09:00",
            "filed_at": "2026-11-09 09:00",
            "due_at": "2026-11-11 09:00",
            "unit": unit,
        }
        return [{**life, "handled_at": at} for at in handled]

    rows = [*due("差", 40, 20), *due("甲", 40, 4), *due("乙", 40, 4), *due("好", 200, 4), *due("少", 29, 29)]
    scope = Scope(date(2026, 11, 9), date(2026, 11, 16), as_at=datetime(2026, 11, 15))
    found = handling.standings(street_of(tmp_path, hazard=rows), scope)
    places = {row["group_name"]: (row["worst_no"], row["standing"]) for row in found.to_dict("records")}
    assert {name: place for name, place in places.items() if name != "少"} == {
        "差": (1, "named"), "甲": (2, "usual"), "乙": (2, "usual"), "好": (4, "better"),
    }  # fmt: skip
    assert found["group_name"].tolist()[-1] == "少", "29 cases have no place, however bad"
    assert places["少"][1] == "too_few"


def followed(rows: list[Row], as_at: datetime, days: int) -> list[tuple[twins.Case, bool]]:
    """Every dated closing with a place, and whether it came back, one pair of cases at a time."""
    cases = [
        case for case in twins.seen(rows, as_at) if case.void is None and case.filed and case.row["place"]
    ]
    same = ["grid_code", "place", "kind", *(["part"] if days > 30 else [])]
    found = []
    for case in cases:
        if not case.is_case or case.closed is None:
            continue
        again = [
            other
            for other in cases
            if other is not case
            and other.filed
            and case.closed < other.filed <= case.closed + timedelta(days=days)
            and case.row["kind"]
            and all(other.row[name] == case.row[name] for name in same)
        ]
        found.append((case, bool(again)))
    return found


@pytest.mark.parametrize("days", [30, 14, 90])
def test_recurrence_agrees_with_its_twin(told: Told, days: int) -> None:
    scope = SCOPES[0]
    closings = followed(told.rows, AS_AT, days)
    answer = handling.recurrence(told.street, scope, days=days)
    assert (
        answer["closed_with_place"].sum()
        == sum(period_of(scope).holds(case.closed) for case, _ in closings)
        > 0
    )
    for row in answer.to_dict("records"):
        month = [
            (case, again)
            for case, again in closings
            if case.closed
            and (case.closed.year, case.closed.month) == (row["month_on"].year, row["month_on"].month)
            and period_of(scope).holds(case.closed)
        ]
        full = [again for case, again in month if case.closed and case.closed + timedelta(days=days) <= AS_AT]
        assert (row["closed_with_place"], row["followed"], row["recurred"]) == (
            len(month),
            len(full),
            sum(full),
        )
        assert row["is_still_watched"] == (len(full) < len(month))


def test_a_closing_is_judged_only_when_its_days_have_passed(tmp_path: Path) -> None:
    def hazard(number: str, filed: str, closed: str | None, part: str = "楼道") -> Row:
        return {
            "hazard_no": number, "place": "甲厂", "kind": "通道堵塞", "part": part,
            "reported_at": filed, "filed_at": filed, "closed_at": closed,
        }  # fmt: skip

    rows = [
        hazard("A", "2026-06-01 09:00", "2026-06-10 09:00"),
        hazard("B", "2026-09-08 09:00", "2026-09-09 09:00"),
        hazard("C", "2026-09-20 09:00", "2026-11-01 09:00", part="配电房"),
        hazard("D", "2026-11-20 09:00", None),
    ]
    scope = Scope(date(2026, 6, 1), date(2026, 11, 23), as_at=AS_AT)
    street = street_of(tmp_path, hazard=rows)
    months = handling.recurrence(street, scope).set_index("month_on")
    june, november = months.loc["2026-06-01"], months.loc["2026-11-01"]
    assert (june["followed"], june["recurred"], june["recurrence_rate"]) == (1, 1, 1.0), "B is A's 90th day"
    assert (november["closed_with_place"], november["followed"]) == (1, 0)
    assert november["is_still_watched"]
    assert pd.isna(november["recurrence_rate"])
    back = handling.recurred(street, scope)
    assert back[["hazard_no", "recurred_no"]].to_numpy().tolist() == [["B", "D"], ["A", "B"]]
    assert back["back_after_days"].tolist() == [72.0, 90.0]


def test_a_hazard_closed_on_its_own_day_did_not_come_back(tmp_path: Path) -> None:
    same: Row = {"place": "甲厂", "kind": "通道堵塞", "part": "楼道"}
    filed = {"reported_at": "2026-06-01 10:00", "filed_at": "2026-06-01 10:00"}
    street = street_of(tmp_path, hazard=[{**same, **filed, "closed_at": "2026-06-01"}])
    scope = Scope(date(2026, 6, 1), date(2026, 11, 23), as_at=AS_AT)
    assert handling.recurrence(street, scope)["recurred"].sum() == 0
    assert handling.recurred(street, scope).empty


def test_what_stands_in_no_grid_may_come_back_too(tmp_path: Path) -> None:
    same: Row = {"grid_code": None, "place": "甲厂", "kind": "通道堵塞", "part": "楼道"}
    first = {"hazard_no": "A", "reported_at": "2026-06-01", "closed_at": "2026-06-02", "has_filing": False}
    second = {"hazard_no": "B", "reported_at": "2026-06-12", "has_filing": False}
    street = street_of(tmp_path, hazard=[same | first, same | second])
    found = handling.recurred(street, Scope(date(2026, 6, 1), date(2026, 11, 23), as_at=AS_AT))
    assert found[["hazard_no", "recurred_no"]].to_numpy().tolist() == [["A", "B"]]


def test_of_two_that_came_back_at_once_the_lower_number_is_named(tmp_path: Path) -> None:
    same: Row = {"place": "甲厂", "kind": "通道堵塞", "part": "楼道", "has_filing": False}
    rows = [same | {"hazard_no": number, "reported_at": "2026-06-12"} for number in ("D", "C", "B")]
    rows.append(same | {"hazard_no": "A", "reported_at": "2026-06-01", "closed_at": "2026-06-02"})
    found = handling.recurred(
        street_of(tmp_path, hazard=rows), Scope(date(2026, 6, 1), date(2026, 11, 23), as_at=AS_AT)
    )
    assert found[["hazard_no", "recurred_no"]].to_numpy().tolist() == [["A", "B"]]


@pytest.mark.parametrize("kind", ["", "用电安全"])
@pytest.mark.parametrize("scope", SCOPES)
def test_soundness_agrees_with_its_twin(told: Told, scope: Scope, kind: str) -> None:
    period = period_of(scope)
    rows = [row for row in told.rows if kind in ("", row["kind"])]
    cases = twins.seen(rows, period.as_at)
    filed = [case for case in cases if case.is_case and period.holds(case.filed)]
    active = [
        case.row["source"] in ("patrol", "snap")
        for case in filed
        if case.row["source"] not in ("joint", None)
    ]
    answers = []
    for case in filed:
        steps = [case.known(case.told(name)) for name in ("handled_first_at", *WAYS)]
        answered = min((step for step in [case.handled_first, *steps] if step), default=None)
        if case.filed and (answered or not case.is_handled):
            answers.append(((answered or period.as_at) - case.filed, answered is not None))
    levels = [
        case.row["closing_level"] == "grid"
        for case in cases
        if case.is_case and period.holds(case.closed) and case.row["closing_level"]
    ]
    awake = [case for case in cases if case.is_open]
    asleep = [
        case
        for case in awake
        if max(at for at in [*moments(case).values(), case.handled_first] if at) < period.as_at - 14 * DAY
    ]
    expected: dict[str, tuple[float, int, int]] = {
        "found_actively_rate": (sum(active) / len(active), sum(active), len(active)),
        "closed_in_grid_rate": (sum(levels) / len(levels), sum(levels), len(levels)),
        "sleeping_stock": (len(asleep), len(asleep), len(awake)),
        "first_response_hours": (quantile(answers, 0.5, HOUR), sum(end for _, end in answers), len(answers)),
        "first_response_p90_hours": (
            quantile(answers, 0.1, HOUR),
            sum(end for _, end in answers),
            len(answers),
        ),
    }
    for name, days in (("recurrence_rate", 90), ("recurrence_30_rate", 30)):
        full = [
            again
            for case, again in followed(rows, period.as_at, days)
            if case.closed
            and period.holds(case.closed + timedelta(days=days))
            and case.closed + timedelta(days=days) <= period.as_at
        ]
        expected[name] = (sum(full) / len(full) if full else math.nan, sum(full), len(full))
    found = handling.soundness(told.street, scope, kind=kind).set_index("figure")
    assert set(found.index) == set(expected)
    for name, (value, numerator, denominator) in expected.items():
        row = found.loc[name].to_dict()
        assert row["value"] == pytest.approx(value, nan_ok=True, abs=1e-3), name
        assert (row["numerator"], row["denominator"]) == (numerator, denominator), name


@pytest.mark.parametrize("kind", ["", "消防安全"])
def test_the_head_s_figures_are_the_case_measures(told: Told, kind: str) -> None:
    scope = Scope(date(2026, 11, 2), date(2026, 11, 9), as_at=datetime(2026, 11, 8, 7, 30))
    now, before = (
        hazards.case_measures(told.street, each, kind=kind).iloc[0] for each in (scope, scope.before())
    )
    found = hazards.figures(told.street, scope, kind=kind).set_index("figure")
    for name in found.index.drop("net_closing"):
        assert found.loc[name, "value"] == pytest.approx(now[name], nan_ok=True), name
        assert found.loc[name, "value_before"] == pytest.approx(before[name], nan_ok=True), name
    assert found.loc["net_closing", "value"] == now["closed"] - now["entered"]


@pytest.mark.parametrize("kind", ["消防安全", "用电安全"])
def test_a_kind_alone_is_the_street_without_the_others(told: Told, kind: str) -> None:
    scope = SCOPES[0]
    own = [row for row in told.rows if row["kind"] == kind]
    expected = twins.counts(own, period_of(scope))
    flows = hazards.balance(told.street, scope, kind=kind).iloc[0].to_dict()
    found = {**hazards.case_measures(told.street, scope, kind=kind).iloc[0].to_dict(), **flows}
    assert {name: found[name] for name in expected} == expected
    for count in ("need_to_handle", "overdue_stock"):
        assert len(hazards.cases(told.street, scope, count=count, kind=kind)) == expected[count]


def test_no_more_cases_are_told_than_asked_for(told: Told) -> None:
    assert len(hazards.cases(told.street, SCOPES[0], count="filed", rows=7)) == 7


def test_sources_and_kinds_add_up_to_what_was_filed(told: Told) -> None:
    [filed] = hazards.case_measures(told.street, SCOPES[0])["filed"]
    sources = hazards.by_source(told.street, SCOPES[0])
    assert sources["filed"].sum() == filed == hazards.by_kind(told.street, SCOPES[0])["filed"].sum()
    assert sources["filed_share_rate"].sum() == pytest.approx(1)


def test_a_fifth_of_the_grids_holds_what_it_holds(tmp_path: Path) -> None:
    counts = {"WG-0101": 6, "WG-0102": 2, "WG-0103": 1, "WG-0104": 1, "WG-0105": 0, "WG-0106": 0}
    rows = [
        {"grid_code": code, "filed_at": "2026-11-17 09:00"}
        for code, count in counts.items()
        for _ in range(count)
    ]
    street = street_of(tmp_path, grid=[{"grid_code": code} for code in counts], hazard=rows)
    [found] = hazards.concentration(
        street, Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    ).to_dict("records")
    assert list(found.values()) == [6, 2, 8, 10, 0.8]


def test_a_case_sleeps_after_fourteen_days_without_a_step(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"hazard_no": "old", "filed_at": "2026-11-01 09:00", "reported_at": "2026-11-01 09:00"},
        {
            "hazard_no": "moved",
            "filed_at": "2026-11-01 09:00",
            "reported_at": "2026-11-01",
            "handled_at": "2026-11-20",
        },
        {"hazard_no": "edge", "filed_at": "2026-11-08 18:00", "reported_at": "2026-11-08 18:00"},
    ]
    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    found = handling.sleeping(street_of(tmp_path, hazard=rows), scope)
    assert found["hazard_no"].tolist() == ["old"], "fourteen days to the second is not more than fourteen"
    assert found["asleep_days"].tolist() == [21.375]


def test_small_groups_share_a_curve_and_one_alone_keeps_its_name(tmp_path: Path) -> None:
    def filed(unit: str | None, count: int) -> list[Row]:
        return [{"unit": unit, "filed_at": "2026-11-17 09:00"}] * count

    scope = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=AS_AT)
    one = street_of(tmp_path / "one", hazard=[*filed("甲", 40), *filed("乙", 3)])
    more = street_of(
        tmp_path / "more", hazard=[*filed("甲", 40), *filed("乙", 3), *filed("丙", 2), *filed(None, 1)]
    )
    told = [
        [(row["group_name"], row["group_count"], row["case_count"]) for row in _first_rows(curves)]
        for curves in (handling.time_to_close_by(street, scope, by="unit") for street in (one, more))
    ]
    assert told == [[("甲", 1, 40), ("乙", 1, 3)], [("甲", 1, 40), ("", 2, 6)]]
