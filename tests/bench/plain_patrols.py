"""The patrol questions answered in plain pandas."""

import pandas as pd

from queries import Scope
from tests.bench.frames import Frames


def coverage(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.patrols.coverage."""
    visits, grids = _visits(frames, scope), _within(frames["grid"], scope)
    reached = visits.loc[visits["stay_minutes"].fillna(5) >= 5, "grid_code"].unique()
    covered = int(grids["grid_code"].isin(reached).sum())
    finding = int((visits["finding_count"] > 0).sum())
    return pd.DataFrame(
        {
            "visit_count": [len(visits)],
            "finding_visits": [finding],
            "finding_count": [int(visits["finding_count"].sum())],
            "contact_count": [int(visits["contact_count"].sum())],
            "covered_grids": [covered],
            "grid_count": [len(grids)],
            "patrol_coverage_rate": [covered / len(grids) if len(grids) else None],
            "finding_rate": [finding / len(visits) if len(visits) else None],
        }
    )


def visits_by_day(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.patrols.visits_by_day."""
    visits = _visits(frames, scope)
    day = visits["patrolled_at"].dt.floor("D")
    counted = visits.groupby(day).agg(
        visit_count=("grid_code", "size"),
        finding_count=("finding_count", "sum"),
        contact_count=("contact_count", "sum"),
    )
    stayed = visits[visits["stay_minutes"].fillna(5) >= 5]
    counted["covered_grids"] = stayed.groupby(day)["grid_code"].nunique()
    days = frames["calendar_day"].loc[:, ["day", "is_workday"]]
    now = pd.Timestamp(scope.as_at or frames.street.as_at)
    begun = (days["day"] >= pd.Timestamp(scope.since)) & (days["day"] < pd.Timestamp(scope.until))
    days = days[begun & (days["day"] <= now)].rename(columns={"day": "patrolled_on"})
    answer = days.merge(counted, how="left", left_on="patrolled_on", right_index=True)
    counts = list(counted.columns)
    first = frames["patrol_log"]["patrolled_at"].min()
    # before the ledger begins nothing is known
    is_told = answer["patrolled_on"] >= first.floor("D")
    answer[counts] = answer[counts].fillna(0).where(is_told)
    return answer.sort_values("patrolled_on")


def visits_by_grid(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.patrols.visits_by_grid."""
    now = pd.Timestamp(scope.as_at or frames.street.as_at)
    ever = frames["patrol_log"]
    ever = ever[(ever["patrolled_at"] <= now) & (ever["stay_minutes"].fillna(5) >= 5)]
    visits = _visits(frames, scope)
    counted = visits.groupby("grid_code").agg(
        visit_count=("grid_code", "size"),
        finding_count=("finding_count", "sum"),
        contact_count=("contact_count", "sum"),
        stay_minutes=("stay_minutes", "sum"),
    )
    reached = visits.loc[visits["stay_minutes"].fillna(5) >= 5, "grid_code"].unique()
    last = ever.groupby("grid_code")["patrolled_at"].max().rename("last_visit_at")
    answer = _within(frames["grid"], scope)[["community", "grid_code", "grid_name"]]
    answer = answer.merge(counted, how="left", left_on="grid_code", right_index=True)
    answer = answer.merge(last, how="left", left_on="grid_code", right_index=True)
    counts = list(counted.columns)
    answer[counts] = answer[counts].fillna(0).astype("int64")
    answer["is_covered"] = answer["grid_code"].isin(reached)
    answer["unvisited_hours"] = (now - answer["last_visit_at"]).dt.total_seconds() / 3600
    return answer.sort_values(["community", "grid_code"])


def _visits(frames: Frames, scope: Scope) -> pd.DataFrame:
    visits = frames["patrol_log"]
    at, now = visits["patrolled_at"], pd.Timestamp(scope.as_at or frames.street.as_at)
    within = (at >= pd.Timestamp(scope.since)) & (at < pd.Timestamp(scope.until)) & (at <= now)
    return _within(visits[within], scope)


def _within(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    if scope.grids:
        rows = rows[rows["grid_code"].isin(scope.grids)]
    if scope.communities:
        rows = rows[rows["community"].isin(scope.communities)]
    return rows
