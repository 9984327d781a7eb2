"""One measure in one grid once more, in slow plain Python, and the street it is asked of."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd

from data.warehouse import Snapshot
from queries import Scope
from tests.queries import streets
from tests.queries.case_twins import Case, Period, counts, seen
from tests.queries.streets import COMMUNITIES, START, Row

Told = tuple[float | None, float | None, bool]
WEEK_OF_GRACE = timedelta(days=7)


@dataclass(frozen=True)
class Ground:
    """A street of four grids with places, people and reports, and one grid no ledger but its own names."""

    street: Snapshot
    grids: list[Row]
    cases: list[Row]
    visits: list[Row]
    firms: list[Row]
    ratings: list[Row]
    reports: list[Row]


def tables(seed: int) -> dict[str, list[Row]]:
    """The rows of such a street, by ledger."""
    dice = random.Random(seed)
    cases = streets.cases(seed)
    # both communities still report hazards when those of the autumn have been watched for 90 days
    for grid in ("WG-0101", "WG-0201"):
        late = {"hazard_no": f"YH-{grid}", "grid_code": grid, "community": COMMUNITIES[grid]}
        cases.append(late | {"reported_at": datetime(2027, 2, 10, 9), "has_filing": True})
    for row in cases:
        row["place"] = dice.choice(["一号楼", "二号楼", None])
        row["part"] = dice.choice(["消火栓", "疏散通道", None])
        row["kind"] = dice.choice(["消防", "用电"])
    # the second grid falls silent, and nothing is ever reported from the last
    visits = [
        row for row in streets.visits(seed) if row["grid_code"] != "WG-0102" or row["patrolled_at"].month < 11
    ]
    reports = [
        {
            "grid_code": grid,
            "community": COMMUNITIES[grid],
            "reported_at": START + timedelta(minutes=dice.randrange(42 * 24 * 60)),
        }
        for grid in dice.choices(list(COMMUNITIES)[:3], k=60)
    ]
    firms = streets.firms(seed)
    grids = [
        {
            "grid_code": grid,
            "community": community,
            "population": dice.choice([50, 400, 900, None]),
            "area_m2": dice.choice([250_000.0, 600_000.0]),
            "floating_population": dice.choice([3, 20, 45]),
        }
        for grid, community in {**COMMUNITIES, "WG-0203": "二号社区"}.items()
    ]
    return {
        "grid": grids,
        "hazard": cases,
        "patrol_log": visits,
        "enterprise": firms,
        "rating": streets.ratings(seed, firms),
        "public_report": reports,
    }


def by_code(answer: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The rows by grid code, every missing cell None."""
    plain = answer.astype(object).where(answer.notna(), None)
    return {str(row["grid_code"]): row for row in plain.to_dict("records")}  # type: ignore[misc]


def told(ground: Ground, scope: Scope, measure: str, grid: Row) -> Told:
    """Numerator, denominator and whether the grid reports, as `grid_told` says."""
    assert scope.as_at is not None
    period = Period(datetime.combine(scope.since, time()), datetime.combine(scope.until, time()), scope.as_at)
    found: Told = MEASURES[measure](ground, period, grid)
    return found


def _heard(rows: list[Row], moment: str, period: Period, grid: Row) -> bool:
    """The grid stands in the ledger by then, and its community is at most a week behind the period."""
    past = [row for row in rows if row[moment] <= period.as_at]
    own = [row for row in past if row["grid_code"] == grid["grid_code"]]
    beside = [row[moment] for row in past if row["community"] == grid["community"]]
    return bool(own) and max(beside).date() >= (period.since - WEEK_OF_GRACE).date()


def _visits(ground: Ground, period: Period, grid: Row) -> list[Row]:
    own = [row for row in ground.visits if row["grid_code"] == grid["grid_code"]]
    return [row for row in own if row["patrolled_at"] <= period.as_at]


def _visit_count(ground: Ground, period: Period, grid: Row) -> Told:
    count = sum(period.holds(row["patrolled_at"]) for row in _visits(ground, period, grid))
    return count, None, _heard(ground.visits, "patrolled_at", period, grid)


def _minutes(ground: Ground, period: Period, grid: Row) -> Told:
    visits = _visits(ground, period, grid)
    stays = [row["stay_minutes"] for row in visits if period.holds(row["patrolled_at"])]
    noted = [stay for stay in stays if stay is not None]
    is_heard = _heard(ground.visits, "patrolled_at", period, grid)
    return sum(noted), None, is_heard and (not stays or bool(noted))


def _unvisited(ground: Ground, period: Period, grid: Row) -> Told:
    long = [
        row["patrolled_at"]
        for row in _visits(ground, period, grid)
        if row["stay_minutes"] is None or row["stay_minutes"] >= 5
    ]
    days = (period.as_at - max(long)) / timedelta(days=1) if long else None
    return days, None, _heard(ground.visits, "patrolled_at", period, grid)


def _cases(ground: Ground, grid: Row) -> list[Row]:
    return [row for row in ground.cases if row["grid_code"] == grid["grid_code"]]


def _counted(numerator: str, denominator: str = "") -> Any:
    def of(ground: Ground, period: Period, grid: Row) -> Told:
        counted = counts(_cases(ground, grid), period)
        is_heard = _heard(ground.cases, "reported_at", period, grid)
        return counted[numerator], counted[denominator] if denominator else None, is_heard

    return of


def _recurrence(ground: Ground, period: Period, grid: Row) -> Told:
    cases = [case for case in seen(_cases(ground, grid), period.as_at) if case.row["place"]]
    followed = [
        case
        for case in cases
        if case.is_case and case.closed and period.holds(case.closed + timedelta(days=90))
        if case.closed + timedelta(days=90) <= period.as_at
    ]
    recurred = sum(any(_comes_back(case, other) for other in cases) for case in followed)
    return recurred, len(followed), _heard(ground.cases, "reported_at", period, grid)


def _comes_back(case: Case, other: Case) -> bool:
    assert case.closed is not None
    is_alike = other is not case and all(
        case.row[name] == other.row[name] for name in ("place", "part", "kind")
    )
    is_after = other.filed is not None and case.closed < other.filed <= case.closed + timedelta(days=90)
    return is_alike and is_after and other.void is None


def _per(ground: Ground, period: Period, grid: Row, size: float | None) -> Told:
    filed, _, is_heard = MEASURES["filed"](ground, period, grid)
    return filed, size, is_heard


def _firms(ground: Ground, grid: Row, kind: str = "") -> list[Row]:
    own = [
        firm for firm in ground.firms if firm["grid_code"] == grid["grid_code"] and firm["state"] != "已注销"
    ]
    return [firm for firm in own if kind in ("", firm["subject_kind"])]


def _red(kind: str) -> Any:
    def of(ground: Ground, period: Period, grid: Row) -> Told:
        worn = [_colour(ground, firm, period.as_at.date()) for firm in _firms(ground, grid, kind)]
        rated = [colour for colour in worn if colour]
        return rated.count("red"), len(rated), bool(_firms(ground, grid)) and bool(rated or not worn)

    return of


def _colour(ground: Ground, firm: Row, day: date) -> str:
    own = [
        row
        for row in ground.ratings
        if row["enterprise_key"] == firm["record_key"] and row["rated_on"] <= day
    ]
    return str(max(own, key=lambda row: row["rated_on"])["colour"]) if own else ""


def _reports(ground: Ground, period: Period, grid: Row) -> Told:
    own = [row["reported_at"] for row in ground.reports if row["grid_code"] == grid["grid_code"]]
    count = sum(period.holds(moment) and moment <= period.as_at for moment in own)
    return count, None, _heard(ground.reports, "reported_at", period, grid)


MEASURES: dict[str, Any] = {
    "visit_count": _visit_count,
    "patrol_minutes": _minutes,
    "unvisited_days": _unvisited,
    "filed": _counted("filed"),
    "open_stock": _counted("open_stock"),
    "overdue_stock": _counted("overdue_stock"),
    "on_time_handling_rate": _counted("handled_on_time", "need_to_handle"),
    "recurrence_rate": _recurrence,
    "filed_per_1000_residents": lambda ground, period, grid: _per(ground, period, grid, grid["population"]),
    "filed_per_100_firms": lambda ground, period, grid: _per(
        ground, period, grid, len(_firms(ground, grid)) or None
    ),
    "filed_per_km2": lambda ground, period, grid: _per(ground, period, grid, grid["area_m2"] / 1e6),
    "report_count": _reports,
    "red_enterprises": _red("enterprise"),
    "red_shops": _red("shop"),
}
