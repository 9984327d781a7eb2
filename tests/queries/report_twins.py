"""What the public says once more, in slow plain Python: its reports invented, counted and timed."""

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.queries.case_twins import Period
from tests.queries.streets import COMMUNITIES, START

Row = dict[str, Any]
KINDS = ("消防安全", "通道堵塞", None)
ANSWERS = ("满意", "非常满意", "基本满意", "不满意", "未接通", "拒答", None, None)
CHANNELS = ("snap", "rider", "hotline", "suggestion")


def invented_reports(seed: int, count: int = 400) -> list[Row]:
    """Reports of six weeks: judged or not, repeated, dispatched, handled, answered, by three channels."""
    dice = random.Random(seed)
    rows: list[Row] = []
    for number in range(count):
        grid = dice.choice(list(COMMUNITIES))
        reported = START + timedelta(minutes=dice.randrange(42 * 24 * 60))
        source = dice.choice(["snap", "snap", "rider"])
        row: Row = {
            "report_no": f"SB-{number:04}",
            "reported_at": reported,
            "source": source,
            "channel": "12345热线" if dice.random() < 0.1 else dice.choice(["小程序", None]),
            "kind": dice.choice(KINDS),
            "grid_code": grid,
            "community": COMMUNITIES[grid],
            "is_valid": dice.choice([True, True, True, False, None]),
            "reporter_key": f"person-{dice.randrange(40)}",
        }
        earlier = [each for each in rows if each["reported_at"] < reported and "duplicate_of" not in each]
        if earlier and dice.random() < 0.2:
            row["duplicate_of"] = dice.choice(earlier)["report_no"]
            row["is_valid"] = False
        elif dice.random() < 0.1:
            row["status"] = "重复上报"
        _live(dice, row, reported)
        rows.append(row)
    return rows


def _live(dice: random.Random, row: Row, reported: datetime) -> None:
    moment = reported + _after(dice, 20)
    if dice.random() < 0.85:
        row["dispatched_at"] = moment
    if dice.random() < 0.8:
        moment += _after(dice, 60)
        row["handled_at"] = moment
        if dice.random() < 0.8:
            row["feedback_at"] = moment + _after(dice, 30)
    elif dice.random() < 0.2:
        row["status"] = "已办结"
    if row["source"] == "snap":
        row["satisfaction"] = dice.choice(ANSWERS)


def _after(dice: random.Random, hours: int) -> timedelta:
    return timedelta(minutes=round(dice.expovariate(1 / hours) * 60))


def invented_suggestions(seed: int, count: int = 120) -> list[Row]:
    """Suggestions of six weeks: replied to or not, with a class, a flag, both or neither."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        grid = dice.choice(list(COMMUNITIES))
        submitted = START + timedelta(minutes=dice.randrange(42 * 24 * 60))
        row: Row = {
            "suggestion_no": f"JY-{number:04}",
            "submitted_at": submitted,
            "grid_code": grid,
            "community": COMMUNITIES[grid],
        }
        if dice.random() < 0.7:
            row["replied_at"] = submitted + _after(dice, 150)
            row["due_at"] = submitted + timedelta(days=10)
        if dice.random() < 0.8:
            row["result_class"] = dice.choice(["A", "B", "C", "D", "other"])
        if dice.random() < 0.5:
            row["is_adopted"] = dice.random() < 0.6
        row["satisfaction"] = dice.choice(ANSWERS)
        rows.append(row)
    return rows


def channel_of(row: Mapping[str, Any]) -> str:
    return "hotline" if "12345" in (row.get("channel") or "") else str(row["source"])


def is_repeat(row: Mapping[str, Any]) -> bool:
    return row.get("duplicate_of") is not None or row.get("status") == "重复上报"


def is_to_handle(row: Mapping[str, Any]) -> bool:
    return row["is_valid"] is not False and not is_repeat(row)


def by_then(row: Mapping[str, Any], name: str, as_at: datetime) -> datetime | None:
    moment: datetime | None = row.get(name)
    return moment if moment is not None and moment <= as_at else None


def counts(rows: Iterable[Row], period: Period) -> dict[str, int]:
    """The counts of one channel's reports."""
    as_at = period.as_at
    known = [row for row in rows if row["reported_at"] <= as_at]
    new = [row for row in known if period.holds(row["reported_at"])]
    handled = [row for row in known if is_to_handle(row) and period.holds(by_then(row, "handled_at", as_at))]
    asked = _asked(known, ("feedback_at", "handled_at", "reported_at"), "feedback_at", period)
    return {
        "report_count": len(new),
        "first_report_count": sum(not is_repeat(row) for row in new),
        "judged_report_count": sum(row["is_valid"] is not None for row in new),
        "valid_report_count": sum(bool(row["is_valid"]) for row in new),
        "duplicate_report_count": sum(map(is_repeat, new)),
        "handled_report_count": len(handled),
        "to_answer_count": len(handled),
        "answered_count": sum(by_then(row, "feedback_at", as_at) is not None for row in handled),
        **asked,
    }


def _asked(rows: Iterable[Row], moments: Sequence[str], replied: str, period: Period) -> dict[str, int]:
    to_call, called, satisfied = 0, 0, 0
    for row in rows:
        asked_at = next(row[name] for name in moments if row.get(name) is not None)
        if asked_at > period.as_at or not period.holds(asked_at):
            continue
        answer = row.get("satisfaction")
        to_call += row.get(replied) is not None or answer is not None
        called += answer in ("满意", "非常满意", "基本满意", "不满意")
        satisfied += answer in ("满意", "非常满意")
    return {"to_call_back_count": to_call, "called_back_count": called, "satisfied_count": satisfied}


def suggestion_counts(rows: Iterable[Row], period: Period) -> dict[str, int]:
    known = [row for row in rows if row["submitted_at"] <= period.as_at]
    settled = [
        row
        for row in known
        if (at := row.get("replied_at") or row["submitted_at"]) <= period.as_at and period.holds(at)
    ]
    decided = [
        row
        for row in settled
        if row.get("is_adopted") is not None or row.get("result_class") in ("A", "B", "C", "D")
    ]
    adopted = [row for row in decided if row.get("is_adopted", row.get("result_class") == "A")]
    return {
        "suggestion_count": sum(period.holds(row["submitted_at"]) for row in known),
        "decided_suggestion_count": len(decided),
        "adopted_count": len(adopted),
        **_asked(known, ("replied_at", "submitted_at"), "replied_at", period),
    }


def lives(rows: Iterable[Row], clock: str, period: Period) -> list[tuple[float, bool]]:
    """How many days each report that began to wait in the period has waited, and whether that is over."""
    began, ended = {
        "dispatch": ("reported_at", "dispatched_at"),
        "handling": ("dispatched_at", "handled_at"),
        "feedback": ("handled_at", "feedback_at"),
        "whole": ("reported_at", "feedback_at"),
    }[clock]
    found = []
    for row in rows:
        since, until = by_then(row, began, period.as_at), by_then(row, ended, period.as_at)
        if since is None or not period.holds(since) or not is_to_handle(row):
            continue
        is_undated = row.get("handled_at") is None and row.get("status") == "已办结"
        was_handled = by_then(row, "handled_at", period.as_at) is not None or is_undated
        if (clock == "dispatch" and until is None and was_handled) or (clock == "handling" and is_undated):
            continue
        seconds = ((until or period.as_at) - since).total_seconds()
        found.append((int(seconds) / 86_400, until is not None))
    return found


def waited_until(lives: Sequence[tuple[float, bool]], share: float) -> float | None:
    """The length at which the Kaplan-Meier curve first comes down to a share."""
    left = 1.0
    for length in sorted({length for length, _ in lives}):
        at_risk = sum(other >= length for other, _ in lives)
        left *= 1 - sum(other == length and over for other, over in lives) / at_risk
        if left <= share + 1e-9:
            return length
    return None


def silence(rows: Sequence[Row], as_at: datetime, days: int = 90) -> dict[str, dict[str, float]]:
    """Each grid's repeats, exposure and pace drawn towards the street's; grids under 20 days have no pace."""
    since = as_at - timedelta(days=days)
    known = [row for row in rows if row["reported_at"] <= as_at]
    grids = {code: {"repeat_count": 0.0, "exposed_days": 0.0, "report_count": 0.0} for code in COMMUNITIES}
    for row in known:
        grids[row["grid_code"]]["report_count"] += row["reported_at"] >= since
    for first in known:
        if is_repeat(first) or first["is_valid"] is False:
            continue
        if first.get("handled_at") is None and first.get("status") == "已办结":
            continue
        again = [row["reported_at"] for row in known if row.get("duplicate_of") == first["report_no"]]
        begins = max(first["reported_at"], since)
        ends = by_then(first, "handled_at", as_at) or as_at
        if ends > begins:
            grid = grids[first["grid_code"]]
            grid["exposed_days"] += int((ends - begins).total_seconds()) / 86_400
            grid["repeat_count"] += sum(begins <= moment <= ends for moment in again)
    told = [grid for grid in grids.values() if grid["report_count"] and grid["exposed_days"] >= 20]
    exposed = sum(grid["exposed_days"] for grid in told)
    pace = sum(grid["repeat_count"] for grid in told) / exposed
    apart = sum(
        grid["exposed_days"] * (grid["repeat_count"] / grid["exposed_days"] - pace) ** 2 for grid in told
    )
    weight = exposed - sum(grid["exposed_days"] ** 2 for grid in told) / exposed
    variance = max((apart - (len(told) - 1) * pace) / weight, (0.1 * pace) ** 2)
    for grid in told:
        shape = pace**2 / variance + grid["repeat_count"]
        scale = pace / variance + grid["exposed_days"]
        grid["reports_per_day"] = shape / scale
        for name, z in (("reports_per_day_low", -1.96), ("reports_per_day_high", 1.96)):
            grid[name] = shape / scale * max(0, 1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3
    return grids
