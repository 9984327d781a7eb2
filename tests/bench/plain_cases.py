"""The case questions answered in plain pandas: every case's state first, then the counts."""

import pandas as pd

from queries import Scope
from tests.bench.frames import Frames

RATES = {
    "on_time_handling_rate": ("handled_on_time", "need_to_handle"),
    "on_time_handling_rate_first": ("handled_on_time_first", "need_to_handle"),
    "handling_rate": ("handled_of_due", "need_to_handle"),
    "overdue_unhandled_rate": ("overdue_unhandled", "need_to_handle"),
    "closing_rate": ("closed_of_due", "need_to_handle"),
    "on_time_closing_rate": ("closed_on_time", "need_to_handle"),
    "rework_rate": ("reworked", "need_to_handle"),
    "extension_rate": ("extended", "due_by_first_limit"),
    "filing_rate": ("filed_of_reported", "reported_to_file"),
    "void_rate": ("voided_of_entered", "entered"),
}
DUE = ("need_to_handle", "handled_on_time", "handled_on_time_first", "handled_of_due", "overdue_unhandled")
WEEKLY = (*DUE, "closed_of_due", "closed_on_time", "reworked")


def case_measures(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.case_measures."""
    counts = _counted(_lived(frames, scope), scope, _now(frames, scope))
    return _rates(counts.sum().to_frame().T)


def case_measures_by_grid(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.case_measures_by_grid, without its intervals."""
    lived = _lived(frames, scope)
    counts = _counted(lived, scope, _now(frames, scope))
    tally = counts.groupby([lived["community"], lived["grid_code"]]).sum().reset_index()
    places = _within(frames["grid"], scope)[["community", "grid_code", "grid_name"]]
    answer = places.merge(tally, how="outer", on=["community", "grid_code"])
    answer[counts.columns] = answer[counts.columns].fillna(0)
    return _rates(answer).sort_values(["community", "grid_code"])


def case_measures_by_week(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.case_measures_by_week."""
    lived = _lived(frames, scope)
    counts = _counted(lived, scope, _now(frames, scope))
    due = counts.loc[counts["need_to_handle"], list(WEEKLY)]
    limit = lived.loc[due.index, "due_eff_at"].dt.floor("D")
    tally = due.groupby(limit - pd.to_timedelta(limit.dt.day_of_week, unit="D")).sum()
    first = pd.Timestamp(scope.since) - pd.Timedelta(days=scope.since.weekday())
    weeks = pd.date_range(first, pd.Timestamp(scope.until) - pd.Timedelta(days=1), freq="7D", name="week_on")
    return _rates(tally.reindex(weeks, fill_value=0).reset_index())


def balance(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.balance."""
    counts = _counted(_lived(frames, scope), scope, _now(frames, scope)).sum()
    names = ["opening_stock", "newly_filed", "reopened", "closed", "voided", "closing_stock"]
    return counts[names].to_frame().T.assign(net_closing=counts["closed"] - counts["entered"])


def cases(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.cases, of need_to_handle."""
    lived = _lived(frames, scope)
    needed = _counted(lived, scope, _now(frames, scope))["need_to_handle"]
    return lived[needed].sort_values(["reported_at", "hazard_no"])


def major_open(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.major_open."""
    lived = _lived(frames, scope)
    lived = lived[lived["is_open"] & (lived["level"] == "major")]
    settled = pd.DataFrame({name: lived[name].notna() for name in ("measure", "fund", "due_eff_at")})
    settled["emergency_plan"] = lived["emergency_plan"].notna()
    settled["has_owner"] = lived["has_owner"].fillna(False)
    open_days = (_now(frames, scope) - lived["filed_at"]).dt.total_seconds() / 86400
    answer = lived.assign(settled_count=settled.sum(axis=1), open_days=open_days)
    return answer.sort_values(["filed_at", "hazard_no"])


def oldest_open(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.oldest_open, the first ten."""
    lived = _lived(frames, scope)
    return lived[lived["is_open"]].sort_values(["filed_at", "hazard_no"]).head(10)


def overdue_stock_by_age(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.overdue_stock_by_age."""
    lived = _lived(frames, scope)
    overdue = lived[lived["is_overdue"]]
    days = (_now(frames, scope) - overdue["due_eff_at"]).dt.total_seconds() / 86400
    ages = pd.cut(days, [0, 3, 7, 30, 1_000_000], labels=["1_3", "4_7", "8_30", "over_30"])
    tally = pd.DataFrame({"overdue_stock": ages, "is_major": overdue["level"] == "major"})
    counted = tally.groupby("overdue_stock", observed=False)["is_major"].agg(["size", "sum"])
    counted.columns = ["overdue_stock", "overdue_major"]
    return counted.rename_axis("overdue_age").reset_index()


def reopening(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.reopening."""
    month, everything = pd.Timedelta(days=30), _lived(frames, scope, is_everywhere=True)
    lived = _within(everything, scope)
    at = lived["closed_at"]
    followed = lived["is_case"] & lived["is_closed"] & _during(at, scope)
    followed &= at + month <= _now(frames, scope)
    closed = lived.loc[followed, ["hazard_no", "closed_at"]]
    again = closed.merge(everything[["reopen_of", "reported_at"]], left_on="hazard_no", right_on="reopen_of")
    waited = again["reported_at"] - again["closed_at"]
    back = again.loc[(waited >= pd.Timedelta(0)) & (waited <= month), "hazard_no"].nunique()
    rate = back / len(closed) if len(closed) else None
    names = ["closed_and_followed", "reopened_within_30_days", "reopen_rate"]
    return pd.DataFrame([[len(closed), back, rate]], columns=names)


def time_to_close(frames: Frames, scope: Scope) -> pd.DataFrame:
    """As queries.hazards.time_to_close: the curve's height on every day."""
    lived, now = _lived(frames, scope), _now(frames, scope)
    told = lived["is_case"] & _during(lived["filed_at"], scope)
    told &= ~(lived["is_closed"] & lived["closed_at"].isna())
    cohort = lived[told]
    end = cohort["closed_at"].where(cohort["is_closed"], now)
    lasted = (end - cohort["filed_at"]).dt.total_seconds() / 86400
    ends = cohort["is_closed"].groupby(lasted).agg(["size", "sum"]).sort_index()
    at_risk = ends["size"].iloc[::-1].cumsum().iloc[::-1]
    share = (1 - ends["sum"] / at_risk).cumprod()
    heights = share.groupby((-(-share.index.to_series() // 1)).astype("int64")).min()
    days = range(int(heights.index.max()) + 1 if len(heights) else 0)
    curve = heights.reindex(days).ffill().fillna(1.0)
    return curve.rename_axis("since_filing_days").rename("share_open").reset_index()


def _lived(frames: Frames, scope: Scope, is_everywhere: bool = False) -> pd.DataFrame:
    """Every hazard reported by now, with the state it was in: what hazard_at says, as far as it is asked."""
    now = _now(frames, scope)
    held = frames["hazard"]
    held = held[held["reported_at"] <= now]
    lived = (held if is_everywhere else _within(held, scope)).copy()
    unfiled = lived["filed_at"].isna() & ~lived["has_filing"].fillna(False).astype(bool)
    lived.loc[unfiled, "filed_at"] = lived["reported_at"]
    closed_at, handled_at, status = lived["closed_at"], lived["handled_at"], lived["status"]
    written_off = lived["is_written_off"].fillna(False).astype(bool)
    undated = closed_at.isna() & ((status == "closed") | written_off)
    handled_undated = handled_at.isna() & closed_at.isna() & status.isin(["handled", "closed"])
    lived["handled_first_at"] = lived["handled_first_at"].fillna(handled_at).fillna(closed_at)
    lived["handled_at"] = handled_at.fillna(closed_at)
    lived["due_eff_at"] = lived["extended_due_at"].fillna(lived["due_at"])
    for name in ("is_suspended", "is_self_handled"):
        lived[name] = lived[name].fillna(False).astype(bool)
    lived["rework_count"] = lived["rework_count"].fillna(0)
    lived["is_filed"] = lived["filed_at"] <= now
    lived["is_void"] = lived["voided_at"] <= now
    lived["is_handled"] = (lived["handled_at"] <= now) | handled_undated
    lived["is_closed"] = (closed_at <= now) | undated
    in_time = lived["handled_at"] <= lived["due_eff_at"]
    lived["is_handled_on_time"] = in_time & (lived["handled_at"] <= now)
    first_in_time = lived["handled_first_at"] <= lived["due_eff_at"]
    lived["is_first_handled_on_time"] = first_in_time & (lived["handled_first_at"] <= now)
    lived["is_case"] = lived["is_filed"] & ~lived["is_void"] & ~lived["is_self_handled"]
    lived["is_open"] = lived["is_case"] & ~lived["is_closed"]
    late = (lived["due_eff_at"] < now) & ~lived["is_handled_on_time"] & ~lived["is_suspended"]
    lived["is_overdue"] = lived["is_open"] & late
    return lived


def _counted(lived: pd.DataFrame, scope: Scope, now: pd.Timestamp) -> pd.DataFrame:
    """One column per count, as case_counted has them."""
    since, until = pd.Timestamp(scope.since), pd.Timestamp(scope.until)
    case, due, limit = lived["is_case"], lived["due_at"], lived["due_eff_at"]
    running = case & ~lived["is_suspended"]
    needed = running & (limit >= since) & (limit < min(until, now))
    reopened = lived["reopen_of"].notna()
    reported = _during(lived["reported_at"], scope) & ~reopened
    entered_at = lived["filed_at"].where(lived["is_filed"] & ~lived["is_self_handled"])
    closed_at = lived["closed_at"].fillna(lived["filed_at"]).where(lived["is_closed"])
    voided_at = lived["voided_at"].where(lived["is_void"])
    left_at = pd.concat([closed_at, voided_at], axis=1).min(axis=1)
    left_at = left_at.where(left_at >= entered_at, entered_at).where(left_at.notna() & entered_at.notna())
    by_closing = closed_at.notna() & (voided_at.isna() | (closed_at <= voided_at))
    entered, left = _during(entered_at, scope), _during(left_at, scope)
    counts = {
        "need_to_handle": needed,
        "handled_on_time": needed & lived["is_handled_on_time"],
        "handled_on_time_first": needed & lived["is_first_handled_on_time"],
        "handled_of_due": needed & lived["is_handled"],
        "overdue_unhandled": needed & ~lived["is_handled"],
        "closed_of_due": needed & lived["is_closed"],
        "closed_on_time": needed & lived["is_closed"] & (lived["closed_at"] <= limit),
        "reworked": needed & (lived["rework_count"] > 0),
        "rework_times": lived["rework_count"].where(needed, 0).astype("int64"),
        "not_yet_due": running & ~lived["is_handled"] & (limit >= now) & (limit < until),
        "due_by_first_limit": running & (due >= since) & (due < until),
        "extended": case & (lived["extended_due_at"] > due) & (due >= since) & (due < until),
        "suspended": case & lived["is_suspended"],
        "open_suspended": lived["is_open"] & lived["is_suspended"],
        "reported": reported,
        "reported_to_file": reported & ~lived["is_self_handled"],
        "filed_of_reported": reported & ~lived["is_self_handled"] & lived["is_filed"],
        "filed": case & _during(lived["filed_at"], scope),
        "self_handled": lived["is_self_handled"] & lived["is_filed"] & _during(lived["filed_at"], scope),
        "open_stock": lived["is_open"],
        "overdue_stock": lived["is_overdue"],
        "major_open": lived["is_open"] & (lived["level"] == "major"),
        "entered": entered,
        "voided_of_entered": entered & lived["is_void"],
        "closed": left & by_closing,
        "voided": left & ~by_closing,
        "newly_filed": entered & ~reopened,
        "reopened": entered & reopened,
        "opening_stock": (entered_at < since) & ~(left_at < since),
        "closing_stock": (entered_at < until) & ~(left_at < until),
    }
    return pd.DataFrame(counts)


def _rates(counts: pd.DataFrame) -> pd.DataFrame:
    told = {rate: pair for rate, pair in RATES.items() if pair[0] in counts and pair[1] in counts}
    return counts.assign(
        **{rate: counts[k] / counts[n].where(counts[n] > 0) for rate, (k, n) in told.items()}
    )


def _during(moments: pd.Series, scope: Scope) -> pd.Series:
    return (moments >= pd.Timestamp(scope.since)) & (moments < pd.Timestamp(scope.until))


def _within(rows: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    if scope.grids:
        rows = rows[rows["grid_code"].isin(scope.grids)]
    if scope.communities:
        rows = rows[rows["community"].isin(scope.communities)]
    return rows


def _now(frames: Frames, scope: Scope) -> pd.Timestamp:
    return pd.Timestamp(scope.as_at or frames.street.as_at)
